/** What the payment lives in: three clocks, PayCodes' ledger, and mishaps for the next calls of each service. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mishaps } from '../faults.ts';
import type { Upstream } from '../mishap.ts';
import type { ClockOf } from '../qa-client.ts';
import { inOrder, type World } from '../world.ts';
import { QaPanel } from './qa-panel.ts';

const minute = 60_000;
const hour = 60 * minute;
const jumps: [words: string, ms: number][] = [
  ['+1 min', minute],
  ['+15 min', 15 * minute],
  ['+1 hour', hour],
  ['+1 day', 24 * hour],
];

/**
 * @element qa-world-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-world-panel')
export class WorldPanel extends QaPanel {
  @property({ attribute: false }) world: World = inOrder;
  /** How many codes the simulator has really used. */
  @property({ attribute: false }) uses = 0;
  /** Ids of the mishaps ordered since the last reset. */
  @property({ attribute: false }) ordered: readonly string[] = [];

  protected override render() {
    return html`<section class="panel" aria-labelledby="world-title">
      <h2 id="world-title">Clocks and mishaps</h2>
      ${this.#clock('BFF’s clock', 'bff', jumps)} ${this.#clock('PayCodes’ clock', 'paycodes', [...jumps, ['+1 year', 366 * 24 * hour]])}
      ${this.#clock('Payme’s clock', 'payme', jumps)}
      <h3 id="mishaps-title">PayCodes, for the next payment</h3>
      <p class="muted small">Codes used: <b>${this.uses}</b>. A reset makes them new, and takes back what has not been met.</p>
      ${this.#mishaps('paycodes', 'mishaps-title', 'Reset PayCodes')}
      <h3 id="wallet-mishaps-title">Paykassma, for the next transfer</h3>
      <p class="muted small">What is said of postbacks holds until a reset, which also forgets all transfers.</p>
      ${this.#mishaps('paykassma', 'wallet-mishaps-title', 'Reset Paykassma')}
      <h3 id="card-mishaps-title">Payme, for the next payment by card</h3>
      <p class="muted small">A reset forgets cards and receipts, and how Payme was told to behave.</p>
      ${this.#mishaps('payme', 'card-mishaps-title', 'Reset Payme')}
    </section>`;
  }

  #mishaps(of: Upstream, title: string, reset: string) {
    return html`<div class="chips" role="group" aria-labelledby=${title}>
      ${mishaps
        .filter((mishap) => mishap.of === of)
        .map(
          ({ id, words }) => html`<button class="chip" aria-current=${this.ordered.includes(id) ? 'true' : 'false'}
            @click=${() => this.ask({ do: 'mishap', id })}>${words}</button>`,
        )}
      <button class="chip" @click=${() => this.ask({ do: 'reset', of })}>${reset}</button>
    </div>`;
  }

  #clock(words: string, of: ClockOf, by: [string, number][]) {
    const says = new Date(Date.now() + this.world.aheadMs[of]).toISOString().replace('T', ' ').slice(0, 16);
    return html`<h3 id=${`clock-${of}`}>${words} <span class="time">${says} UTC</span></h3>
      <div class="chips" role="group" aria-labelledby=${`clock-${of}`}>
        ${by.map(([jump, ms]) => html`<button class="chip" @click=${() => this.ask({ do: 'move-clock', of, ms })}>${jump}</button>`)}
        <button class="chip" @click=${() => this.ask({ do: 'move-clock', of, ms: 0 })}>Back to now</button>
      </div>`;
  }
}
