/**
 * The element inside a card frame. It opens the payment and sends what is typed, as any `<pay-desk>` does, but renders only the
 * card form: the `<pay-desk>` of the page around shows everything else.
 * @element pay-card-element
 * @fires updated - It has been rendered again.
 */
import { css, html, type PropertyValues } from 'lit';
import type { DeskProblem } from '#contract';
import { PayDesk } from '../../index.ts';
import type { MethodForm } from '../../methods/method-form.ts';
import { define, elementRef } from '../../parts/elements.ts';
import type { ScreenInput } from '../../screens/screen.ts';

export class CardFrameElement extends PayDesk {
  static override styles = [
    ...PayDesk.styles,
    css`
      .root {
        min-block-size: 0;
      }
    `,
  ];

  override methods = 'card';
  override apiBase = location.origin;
  /** The merchant whose pages may show this frame. A payment of another merchant is not shown to them. */
  merchant = '';
  /** The customer knows that an earlier transfer may still be found: the page around has asked. */
  acknowledged = false;

  /** Null while there is nothing to enter, or the form's code has not arrived. */
  get cardForm(): MethodForm | null {
    return this.form;
  }

  protected override draw(drawing: ScreenInput): unknown {
    const { screen, view, loadProblem, offered, formRef } = drawing;
    this.#acknowledge(drawing);
    const foreign: DeskProblem | null = view && view.merchantId !== this.merchant ? { code: 'not_found', reference: '' } : null;
    const problem = foreign ?? loadProblem;
    if (problem && screen !== 'loading') {
      return super.draw({ ...drawing, screen: 'load_error', view: null, loadProblem: problem, offered: [] });
    }
    const action = offered.find(({ method }) => method === 'card')?.action;
    if (screen !== 'enter' || !view || !action) return skeleton;
    return html`<pay-card-form
      ${elementRef(formRef)}
      class="method-form"
      .context=${{ ...drawing, view, action }}
    ></pay-card-form>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.dispatchEvent(new Event('updated'));
  }

  /** Each payment has a new draft. What this changes is shown by the next render. */
  #acknowledge({ draft }: ScreenInput): void {
    if (!this.acknowledged || draft.acknowledged) return;
    draft.acknowledged = true;
    queueMicrotask(() => this.requestUpdate());
  }
}

/** Shown while the payment loads, and when there is nothing to enter any more: the page around says what happens. */
const skeleton = html`<div class="panel"><span class="input bone"></span><span class="submit bone"></span></div>`;

define('pay-card-element', CardFrameElement);

declare global {
  interface HTMLElementTagNameMap {
    'pay-card-element': CardFrameElement;
  }
}
