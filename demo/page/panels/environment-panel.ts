/** What the payment lives in: three clocks, PayCodes' ledger, and mishaps for the next calls of each service. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mishaps } from '../faults.ts';
import type { LineMode, Upstream } from '../qa-api.ts';
import type { ClockOf } from '../qa-client.ts';
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

/** Says plainly what is not as it would be in life, for as long as it is so, and puts it right. */
const lines: Record<Exclude<LineMode, 'clear'>, string> = {
  slow: 'The network is slow',
  cut: 'The network is cut',
  stranger: 'The client secret is spoiled on its way',
  long: 'Simulated: long texts',
  live: 'Simulated: a live payment',
};

const clocks = [
  ['bff', 'The BFF’s'],
  ['paycodes', 'PayCodes’'],
  ['payme', 'Payme’s'],
] as const;

/**
 * @element qa-world-notice
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-world-notice')
export class WorldNotice extends QaPanel {
  @property({ attribute: false }) world: World = inOrder;

  protected override render() {
    const { aheadMs, line } = this.world;
    const off = [
      ...clocks.map(([of, words]) => aheadMs[of] && `${words} clock is ${span(aheadMs[of])}`),
      line !== 'clear' && lines[line],
    ].filter(Boolean);
    return html`<div class="notice" role="status">${
      off.length
        ? html`<p>${off.join(' · ')}</p>
            <button class="chip" @click=${() => this.ask({ do: 'set-right' })}>Back to normal</button>`
        : null
    }</div>`;
  }
}

const units: [ms: number, words: string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

/** In the largest unit that is whole, or nearly. */
function span(ms: number): string {
  const [size, unit] = units.find(([size]) => Math.abs(ms) >= size) ?? [1_000, 'second'];
  const count = Math.round(Math.abs(ms) / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ${ms > 0 ? 'ahead' : 'behind'}`;
}

/** What is not as it would be in life: clocks that were moved, a line that was spoiled. */
export interface World {
  /** Milliseconds; 0 where nobody has moved it. */
  aheadMs: Record<ClockOf, number>;
  line: LineMode;
}

export const inOrder: World = { aheadMs: { bff: 0, paycodes: 0, payme: 0 }, line: 'clear' };

/** A clock that nobody moved is still asked a moment before or after ours. */
export const moved = (aheadMs: number): number => (Math.abs(aheadMs) < 2_000 ? 0 : Math.round(aheadMs / 1_000) * 1_000);
