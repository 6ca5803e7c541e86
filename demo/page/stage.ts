/** The checkout on a phone, on a desktop, or on both: then it is one payment in two tabs, one drives and the other mirrors. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PayDesk } from '../../widget/pay-desk.ts';
import { fillCode } from './fill-code.ts';
import type { Preview } from './preview.ts';
import './preview.ts';
import { QaPanel } from './qa-panel.ts';
import { firstSettings, type Settings } from './settings.ts';

/** @element qa-stage */
@customElement('qa-stage')
export class Stage extends QaPanel {
  @property({ attribute: false }) settings: Settings = firstSettings;
  /** Address of the checkout page; empty while there is no payment. */
  @property({ attribute: false }) address = '';

  /** The checkout that is driven; null where it is another origin's, or not there yet. */
  get desk(): PayDesk | null {
    return this.#previews[0]?.desk ?? null;
  }

  get #previews(): Preview[] {
    return [...this.querySelectorAll<Preview>('qa-preview')];
  }

  /** Types a code into the checkout. @returns False where there is nothing to type into. */
  fill(code: string): boolean {
    const page = this.#previews[0]?.page;
    return page ? fillCode(page, code) : false;
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

  /** Each checkout reads its payment again. */
  async refresh(): Promise<void> {
    await Promise.all(this.#previews.map(({ desk }) => desk?.refresh()));
  }

  /** Settles when every payment is drawn or cannot be opened. */
  ready(): Promise<void> {
    return this.until(() => {
      const previews = this.#previews;
      return previews.length > 0 && previews.every((preview) => preview.address === this.address && preview.isReady);
    });
  }

  /** Settles when it is so; after eight seconds it is looked at as it is. */
  async until(isSo: () => boolean): Promise<void> {
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
