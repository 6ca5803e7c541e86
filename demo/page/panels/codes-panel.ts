/** The seeded codes: a click types one into the checkout. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { marketOf } from '../money.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-codes-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-codes-panel')
export class CodesPanel extends QaPanel {
  /** ISO 4217, of the payment. */
  @property({ attribute: false }) currency = '';
  /** Codes that the simulator has redeemed: they are declined as used until a reset. */
  @property({ attribute: false }) used: ReadonlySet<string> = new Set();

  protected override render() {
    const { good, tricky, discounts } = marketOf(this.currency);
    const next = this.#next(good);
    if (!next) return nothing;
    return html`<section class="panel" aria-labelledby="codes-title">
      <h2 id="codes-title">Pay codes</h2>
      <p class="muted small">A click types it; then press Pay.</p>
      <div class="codes">
        ${this.#chip(next, 'paid')} ${tricky.map(({ code, brings }) => this.#chip(code, brings))}
      </div>
      <h3 id="discounts-title">Discounts</h3>
      <p class="muted small">Redeemed just before the rest is paid, by another method or by a code that is worth the rest.</p>
      <div class="codes" role="group" aria-labelledby="discounts-title">
        ${discounts.map(({ codes, brings }) => this.#chip(this.#next(codes) ?? '', brings))}
      </div>
    </section>`;
  }

  /** The first code that is not used, or the first where all are. */
  #next(codes: readonly string[]): string | undefined {
    return codes.find((code) => !this.used.has(code)) ?? codes[0];
  }

  #chip(code: string, brings: string) {
    return html`<button class="code" ?data-used=${this.used.has(code)} @click=${() => this.request({ do: 'fill', code })}>
      <b>${code}</b><span>${this.used.has(code) ? 'used: reset PayCodes' : brings}</span>
    </button>`;
  }
}
