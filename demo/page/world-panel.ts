/** What the payment lives in: two clocks, PayCodes' ledger, and mishaps for the next calls of either service. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mishaps, type Upstream } from './mishaps.ts';
import { QaPanel } from './qa-panel.ts';
import { inOrder, type World } from './world.ts';

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
    const { bffAheadMs, simulatorAheadMs } = this.world;
    return html`<section class="panel" aria-labelledby="world-title">
      <h2 id="world-title">Clocks and mishaps</h2>
      ${this.#clock('BFF’s clock', 'move-bff', bffAheadMs, jumps)}
      ${this.#clock('PayCodes’ clock', 'move-simulator', simulatorAheadMs, [...jumps, ['+1 year', 366 * 24 * hour]])}
      <h3 id="mishaps-title">PayCodes, for the next payment</h3>
      <p class="muted small">Codes used: <b>${this.uses}</b>. A reset makes them new, and takes back what has not been met.</p>
      ${this.#mishaps('paycodes', 'mishaps-title', 'Reset PayCodes')}
      <h3 id="wallet-mishaps-title">Paykassma, for the next transfer</h3>
      <p class="muted small">What is said of postbacks holds until a reset, which also forgets all transfers.</p>
      ${this.#mishaps('paykassma', 'wallet-mishaps-title', 'Reset Paykassma')}
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

  #clock(words: string, move: 'move-bff' | 'move-simulator', aheadMs: number, by: [string, number][]) {
    const says = new Date(Date.now() + aheadMs).toISOString().replace('T', ' ').slice(0, 16);
    return html`<h3 id=${move}>${words} <span class="time">${says} UTC</span></h3>
      <div class="chips" role="group" aria-labelledby=${move}>
        ${by.map(([jump, ms]) => html`<button class="chip" @click=${() => this.ask({ do: move, ms })}>${jump}</button>`)}
        <button class="chip" @click=${() => this.ask({ do: move, ms: 0 })}>Back to now</button>
      </div>`;
  }
}
