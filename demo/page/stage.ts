/**
 * Shows the checkout on a phone, a desktop, or both. Both show one payment as two tabs: the first is driven, the second follows.
 */

import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PaymentView } from '#contract';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import type { CheckoutOnShow } from './checkout-on-show.ts';
import { devices } from './device.ts';
import { drawReceipt } from './payme-operator.ts';
import type { Preview } from './preview.ts';
import { fillCode } from './preview.ts';
import { isInPage } from './qa-api.ts';
import { firstSettings, type Settings } from './qa-events.ts';
import './preview.ts';
import { QaPanel } from './panels/qa-panel.ts';

/** @element qa-stage */
@customElement('qa-stage')
export class Stage extends QaPanel implements CheckoutOnShow {
  @property({ attribute: false }) settings: Settings = firstSettings;
  /** Address of the checkout page; empty while there is no payment. */
  @property({ attribute: false }) address = '';

  /** The checkout that is driven; null where it is another origin's, or not loaded yet. */
  get checkout(): PayDesk | null {
    return this.#previews[0]?.checkout ?? null;
  }

  get view(): PaymentView | null {
    return this.checkout?.view ?? null;
  }

  get clientSecret(): string {
    return this.checkout?.clientSecret ?? '';
  }

  get #previews(): Preview[] {
    return [...this.querySelectorAll<Preview>('qa-preview')];
  }

  fill(code: string): boolean {
    const page = this.#previews[0]?.page;
    return page ? fillCode(page, code) : false;
  }

  /** Types a code as soon as there is a field for it. */
  fillSoon(code: string): Promise<void> {
    return this.#until(() => this.fill(code));
  }

  async submit(): Promise<void> {
    await this.checkout?.submit().catch(() => undefined);
  }

  async toWallets(walletType: string): Promise<void> {
    const { checkout } = this;
    if (!checkout) return;
    Object.assign(checkout, { method: 'wallet', walletType });
    await this.#until(() => !!checkout.shadowRoot?.querySelector('pay-wallet-form form'));
  }

  async addPicture(): Promise<void> {
    const input = this.checkout?.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
    const action = this.view?.nextAction;
    if (!input || action?.kind !== 'transfer') return;
    const transfer = new DataTransfer();
    transfer.items.add(await drawReceipt(action));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
  }

  async leaveTransfer(): Promise<void> {
    this.checkout?.shadowRoot?.querySelector<HTMLButtonElement>('pay-wallet-form .secondary[type=button]')?.click();
    await this.#until(() => this.view?.nextAction.kind !== 'transfer');
  }

  async submitCard(): Promise<void> {
    const cardForm = () => this.checkout?.shadowRoot?.querySelector<HTMLElement & { complete: boolean }>('pay-card-frame');
    await this.#until(() => cardForm()?.complete === true);
    await this.submit();
  }

  /** Changes language and theme in place, keeping what was typed. @returns False where the page must be loaded again. */
  restyle({ lang, theme }: Settings): boolean {
    const checkouts = this.#previews.map(({ checkout }) => checkout);
    for (const checkout of checkouts) {
      if (!checkout) return false;
      checkout.ownerDocument.documentElement.dataset.theme = theme;
      checkout.setAttribute('theme', theme);
      if (lang) checkout.setAttribute('locale', lang);
      else checkout.removeAttribute('locale');
    }
    return checkouts.length > 0;
  }

  /** Makes every checkout read the payment. */
  async refresh(): Promise<void> {
    await Promise.all(this.#previews.map(({ checkout }) => checkout?.refresh()));
  }

  /** Resolves when every checkout has drawn the payment or failed to open it; in a plugin window, when its page is loaded. */
  ready(): Promise<void> {
    const isReady = (preview: Preview) => (isInPage(this.settings.embed) ? preview.isReady : preview.isLoaded);
    return this.#until(() => {
      const previews = this.#previews;
      return previews.length > 0 && previews.every((preview) => preview.address === this.address && isReady(preview));
    });
  }

  /** Resolves when the condition holds, or after half a minute: a busy machine may need several seconds for a page. */
  async #until(condition: () => boolean): Promise<void> {
    const end = performance.now() + 30_000;
    do await new Promise((resolve) => setTimeout(resolve, 20));
    while (!condition() && performance.now() < end);
  }

  protected override render() {
    const { width } = this.settings;
    if (!this.address) return html`<p class="muted empty">No payment yet.</p>`;
    return html`${width === 'wide' ? null : this.#preview('phone', `${devices[this.settings.device].words} px`)}${width === 'phone' ? null : this.#preview('wide', '1024 px')}`;
  }

  #preview(size: Preview['size'], words: string) {
    const { device, conditions } = this.settings;
    return html`<section class="stage" data-size=${size} aria-label=${size === 'phone' ? 'On a phone' : 'On a desktop'}>
      <p class="bar muted small"><span>${words}</span>
        <a href=${this.address} target="_blank" rel="noopener">Open in a tab</a></p>
      <qa-preview size=${size} .size=${size} .device=${device} .conditions=${conditions}
        .address=${this.address}></qa-preview>
    </section>`;
  }
}
