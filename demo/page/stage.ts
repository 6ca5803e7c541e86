/** The checkout on a phone, on a desktop, or on both: then it is one payment in two tabs, one drives and the other mirrors. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PaymentView } from '#contract';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import type { CheckoutOnShow } from './checkout-on-show.ts';
import { drawReceipt } from './pretend-payme.ts';
import type { Preview } from './preview.ts';
import { fillCode } from './preview.ts';
import './preview.ts';
import { QaPanel } from './panels/qa-panel.ts';
import { firstSettings, type Settings } from './scenario-address.ts';

/** @element qa-stage */
@customElement('qa-stage')
export class Stage extends QaPanel implements CheckoutOnShow {
  @property({ attribute: false }) settings: Settings = firstSettings;
  /** Address of the checkout page; empty while there is no payment. */
  @property({ attribute: false }) address = '';

  /** The checkout that is driven; null where it is another origin's, or not there yet. */
  get desk(): PayDesk | null {
    return this.#previews[0]?.desk ?? null;
  }

  get view(): PaymentView | null {
    return this.desk?.view ?? null;
  }

  get clientSecret(): string {
    return this.desk?.clientSecret ?? '';
  }

  get #previews(): Preview[] {
    return [...this.querySelectorAll<Preview>('qa-preview')];
  }

  fill(code: string): boolean {
    const page = this.#previews[0]?.page;
    return page ? fillCode(page, code) : false;
  }

  async submit(): Promise<void> {
    await this.desk?.submit().catch(() => undefined);
  }

  async toWallets(walletType: string): Promise<void> {
    const { desk } = this;
    if (!desk) return;
    Object.assign(desk, { method: 'wallet', walletType });
    await this.#until(() => !!desk.shadowRoot?.querySelector('wallet-form form'));
  }

  async addPicture(): Promise<void> {
    const input = this.desk?.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
    const action = this.view?.nextAction;
    if (!input || action?.kind !== 'transfer') return;
    const carried = new DataTransfer();
    carried.items.add(await drawReceipt(action));
    input.files = carried.files;
    input.dispatchEvent(new Event('change'));
  }

  async leaveTransfer(): Promise<void> {
    this.desk?.shadowRoot?.querySelector<HTMLButtonElement>('wallet-form .secondary[type=button]')?.click();
    await this.#until(() => this.view?.nextAction.kind !== 'transfer');
  }

  async submitCard(): Promise<void> {
    const room = () => this.desk?.shadowRoot?.querySelector<HTMLElement & { complete: boolean }>('card-frame');
    await this.#until(() => room()?.complete === true);
    await this.submit();
  }

  /** Language and theme change in place, typed input kept. @returns False where the page has to be loaded anew. */
  restyle({ lang, theme }: Settings): boolean {
    const desks = this.#previews.map(({ desk }) => desk);
    for (const desk of desks) {
      if (!desk) return false;
      desk.ownerDocument.documentElement.dataset.theme = theme;
      desk.setAttribute('theme', theme);
      if (lang) desk.setAttribute('locale', lang);
      else desk.removeAttribute('locale');
    }
    return desks.length > 0;
  }

  /** Each of the checkouts. */
  async refresh(): Promise<void> {
    await Promise.all(this.#previews.map(({ desk }) => desk?.refresh()));
  }

  /** Every one of the checkouts. */
  ready(): Promise<void> {
    return this.#until(() => {
      const previews = this.#previews;
      return previews.length > 0 && previews.every((preview) => preview.address === this.address && preview.isReady);
    });
  }

  /** Settles when it is so; after eight seconds it is looked at as it is. */
  async #until(isSo: () => boolean): Promise<void> {
    const end = performance.now() + 8_000;
    do await new Promise((resolve) => setTimeout(resolve, 20));
    while (!isSo() && performance.now() < end);
  }

  protected override render() {
    const { width } = this.settings;
    if (!this.address) return html`<p class="muted empty">No payment yet.</p>`;
    return html`${width === 'wide' ? null : this.#preview('phone', '390 px')}${width === 'phone' ? null : this.#preview('wide', '1024 px')}`;
  }

  #preview(size: Preview['size'], words: string) {
    return html`<section class="stage" data-size=${size} aria-label=${size === 'phone' ? 'On a phone' : 'On a desktop'}>
      <p class="bar muted small"><span>${words}</span>
        <a href=${this.address} target="_blank" rel="noopener">Open in a tab</a></p>
      <qa-preview size=${size} .size=${size} .address=${this.address}></qa-preview>
    </section>`;
  }
}
