/**
 * A discount on the payment: the amount before it, how much it takes off, by which code, and a button that removes it. It is
 * shown below the amount of the entry screen, and belongs to the chunk of the later screens.
 * @element pay-discount
 * @fires {AnnounceEvent} announce - The amount due has changed.
 * @fires {ActionEvent} action - The customer removes the discount.
 */
import { html, LitElement, nothing } from 'lit';
import { fill } from '../messages/format.ts';
import { AnnounceEvent, define } from '../parts/elements.ts';
import { icon, warning } from '../parts/page.ts';
import { cross, discountRows } from '../parts/rows.ts';
import { adoptStyles } from './adopt-styles.ts';
import type { MethodFormProps } from './method-form.ts';
import { ActionEvent } from './method-form.ts';

export class Discount extends LitElement {
  static override properties = { context: { attribute: false } };

  context!: Omit<MethodFormProps, 'action'>;
  /** Payment id and discount at the last render. */
  #rendered: { id: string; discount: number } | null = null;
  /** Shown when the discount could not be redeemed, so that more is due than the customer saw. '' otherwise. */
  #lostText = '';

  /** Rendered into the tree around it, for its styles and CSS parts. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode());
  }

  protected override willUpdate(): void {
    const { view, language, draft, problem } = this.context;
    const { id, discount } = view;
    const before = this.#rendered?.id === id ? this.#rendered : null;
    this.#rendered = { id, discount };
    const texts = language.whole?.sms;
    if (!before || before.discount === discount || !texts) return;
    const text = fill(discount ? texts.discountOn : texts.discountOff, { amount: language.money(view.due, view.currency) });
    this.#lostText = problem && !discount ? text : '';
    // The code is on the payment now. The field is for the code that pays the rest.
    if (discount > before.discount) draft.code = '';
    void this.updateComplete.then(() => this.dispatchEvent(new AnnounceEvent(text)));
  }

  protected override render() {
    const { view, language, busy, disabled } = this.context;
    const { whole } = language;
    this.hidden = !whole || !(view.discount || this.#lostText);
    if (!whole) return nothing;
    if (!view.discount) return warning(this.#lostText);
    const [[, before], [name, off]] = discountRows(view, language, whole);
    return html`<p part="details" class="discount">
      <span><span class="unseen">${whole.amount} </span><s>${before}</s></span>
      <span class="taken"><span class="off">${name} <b>${off}</b></span>
      ${
        view.discountCode?.removable
          ? html`<button class="drop" type="button" aria-label=${whole.sms.discountRemove} ?disabled=${disabled} aria-disabled=${busy} @click=${this.#remove}>
              ${icon(cross)}
            </button>`
          : nothing
      }</span>
    </p>`;
  }

  readonly #remove = () => {
    const busyText = this.context.language.whole?.sms.discountRemoving;
    this.dispatchEvent(new ActionEvent('discount', (client, key, signal) => client.remove('discount', key, signal), busyText));
  };
}

define('pay-discount', Discount);
