/**
 * What a discount code took off: from what, how much, by which code, and the button that takes it off again. Under the amount of every screen
 * on which something is still to be paid. It comes with the later screens.
 * @element pay-discount
 * @fires {AnnounceEvent} announce - What is due has changed.
 * @fires {ActionEvent} action - The discount is to be taken off.
 */
import { html, LitElement, nothing } from 'lit';
import { fill } from '../messages/fill.ts';
import { AnnounceEvent } from '../parts/announce-event.ts';
import { define } from '../parts/define.ts';
import { details } from '../parts/page.ts';
import { discountRows } from '../parts/rows.ts';
import { ActionEvent } from './action-event.ts';
import type { MethodFormProps } from './method-form.ts';

export class Discount extends LitElement {
  static override properties = { context: { attribute: false } };

  context!: Omit<MethodFormProps, 'action'>;
  /** Of which payment, and how much, as drawn last. */
  #before: { id: string; discount: number } | null = null;
  /** It could not be used, and what is due is more than the customer saw. */
  #lost = '';

  /** Drawn in the tree of the desk, for its styles and parts. */
  protected override createRenderRoot() {
    return this;
  }

  protected override willUpdate(): void {
    const { view, language, draft, problem } = this.context;
    const { id, discount } = view;
    const before = this.#before?.id === id ? this.#before : null;
    this.#before = { id, discount };
    const texts = language.whole?.sms;
    if (!before || before.discount === discount || !texts) return;
    const words = fill(discount ? texts.discountOn : texts.discountOff, { amount: language.money(view.due, view.currency) });
    this.#lost = problem && !discount ? words : '';
    // It is on the payment now: the field waits for what pays the rest.
    if (discount > before.discount) draft.code = '';
    void this.updateComplete.then(() => this.dispatchEvent(new AnnounceEvent(words)));
  }

  protected override render() {
    const { view, language, busy, disabled } = this.context;
    const { whole } = language;
    this.hidden = !whole || !(view.discount || this.#lost);
    if (!whole) return nothing;
    if (!view.discount) return html`<p class="warning">${this.#lost}</p>`;
    return html`${details('details', discountRows(view, language, whole))}
    ${
      view.discountCode?.removable
        ? html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${this.#remove}>
            ${whole.sms.discountRemove}
          </button>`
        : nothing
    }`;
  }

  readonly #remove = () => {
    const words = this.context.language.whole?.sms.discountRemoving;
    this.dispatchEvent(new ActionEvent('discount', (client, key, signal) => client.remove('discount', key, signal), words));
  };
}

define('pay-discount', Discount);
