/**
 * The desk inside a card frame: opens the payment and sends what is typed, as any desk does, but draws the room of cards alone. The desk
 * of the page around shows the rest.
 * @element pay-card-element
 * @fires updated - It has been drawn anew.
 */
import { css, html } from 'lit';
import { PayDesk } from '../../index.ts';
import type { MethodForm } from '../../methods/method-form.ts';
import { define } from '../../parts/define.ts';
import type { ScreenInput } from '../../screens/screen.ts';
import type { DeskProblem } from '../../session/bff-client.ts';

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
  /** Whose pages may frame this: a payment of another merchant is not for them. */
  merchant = '';
  /** The customer knows that a transfer may still be found: the page around has asked. */
  acknowledged = false;

  /** The form, while there is something to enter. */
  get room(): MethodForm | null {
    return this.renderRoot.querySelector<MethodForm>('.room');
  }

  protected override draw(drawing: ScreenInput): unknown {
    const { screen, view, loadProblem, offered } = drawing;
    this.#acknowledge(drawing);
    const foreign: DeskProblem | null = view && view.merchantId !== this.merchant ? { code: 'not_found', ref: '' } : null;
    const fault = foreign ?? loadProblem;
    if (fault && screen !== 'loading') {
      return super.draw({ ...drawing, screen: 'load_error', view: null, loadProblem: fault, offered: [] });
    }
    const action = offered.find(({ method }) => method === 'card')?.action;
    if (screen !== 'enter' || !view || !action) return bones;
    return html`<pay-card-form class="room" .context=${{ ...drawing, view, action }}></pay-card-form>`;
  }

  protected override updated(): void {
    super.updated();
    this.dispatchEvent(new Event('updated'));
  }

  /** The draft is new with each payment. What it changes is drawn next time. */
  #acknowledge({ draft }: ScreenInput): void {
    if (!this.acknowledged || draft.acknowledged) return;
    draft.acknowledged = true;
    queueMicrotask(() => this.requestUpdate());
  }
}

/** On its way, or nothing to enter any more: the page around says what it is. */
const bones = html`<div class="panel"><span class="input bone"></span><span class="submit bone"></span></div>`;

define('pay-card-element', CardFrameElement);

declare global {
  interface HTMLElementTagNameMap {
    'pay-card-element': CardFrameElement;
  }
}
