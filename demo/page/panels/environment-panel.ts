/** The environment of a payment: three clocks, and faults for the next calls of each service. */

import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { namedFaults } from '../faults.ts';
import type { LineMode } from '../qa-api.ts';
import type { ClockOf, Upstream } from '../simulator-api.ts';
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
 * @element qa-environment-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-environment-panel')
export class EnvironmentPanel extends QaPanel {
  @property({ attribute: false }) environment: Environment = unchanged;
  /** How many codes the simulator has redeemed. */
  @property({ attribute: false }) uses = 0;
  /** Ids of the faults that were ordered since the last reset. */
  @property({ attribute: false }) ordered: readonly string[] = [];

  protected override render() {
    return html`<section class="panel" aria-labelledby="environment-title">
      <h2 id="environment-title">Faults and clocks</h2>
      ${this.#clock('BFF’s clock', 'bff', jumps)} ${this.#clock('PayCodes’ clock', 'paycodes', [...jumps, ['+1 year', 366 * 24 * hour]])}
      ${this.#clock('Payme’s clock', 'payme', jumps)}
      <h3 id="faults-title">PayCodes, for the next payment</h3>
      <p class="muted small">Codes used: <b>${this.uses}</b>. A reset makes all codes unused, and removes faults that have not happened yet.</p>
      ${this.#faults('paycodes', 'faults-title', 'Reset PayCodes')}
      <h3 id="wallet-faults-title">Paykassma, for the next transfer</h3>
      <p class="muted small">Settings of postbacks apply until a reset, which also removes all transfers.</p>
      ${this.#faults('paykassma', 'wallet-faults-title', 'Reset Paykassma')}
      <h3 id="card-faults-title">Payme, for the next payment by card</h3>
      <p class="muted small">A reset removes cards and receipts, and restores how Payme behaves by default.</p>
      ${this.#faults('payme', 'card-faults-title', 'Reset Payme')}
    </section>`;
  }

  #faults(of: Upstream, title: string, reset: string) {
    return html`<div class="chips" role="group" aria-labelledby=${title}>
      ${namedFaults
        .filter((fault) => fault.of === of)
        .map(
          ({ id, words }) => html`<button class="chip" aria-current=${this.ordered.includes(id) ? 'true' : 'false'}
            @click=${() => this.request({ do: 'order-fault', id })}>${words}</button>`,
        )}
      <button class="chip" @click=${() => this.request({ do: 'reset', of })}>${reset}</button>
    </div>`;
  }

  #clock(words: string, of: ClockOf, by: [string, number][]) {
    const shown = new Date(Date.now() + this.environment.aheadMs[of]).toISOString().replace('T', ' ').slice(0, 16);
    return html`<h3 id=${`clock-${of}`}>${words} <span class="time">${shown} UTC</span></h3>
      <div class="chips" role="group" aria-labelledby=${`clock-${of}`}>
        ${by.map(([jump, ms]) => html`<button class="chip" @click=${() => this.request({ do: 'move-clock', of, ms })}>${jump}</button>`)}
        <button class="chip" @click=${() => this.request({ do: 'move-clock', of, ms: 0 })}>Back to now</button>
      </div>`;
  }
}

/** What the notice shows for a line that is not clear. */
const lines: Record<Exclude<LineMode, 'clear'>, string> = {
  slow: 'The network is slow',
  cut: 'The network is cut',
  'unknown-secret': 'The client secret is replaced by an unknown one',
  long: 'Simulated: long texts',
  live: 'Simulated: a live payment',
};

const clocks = [
  ['bff', 'The BFF’s'],
  ['paycodes', 'PayCodes’'],
  ['payme', 'Payme’s'],
] as const;

/**
 * Shows which clocks and which line differ from real life, with a button that resets them.
 * @element qa-environment-notice
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-environment-notice')
export class EnvironmentNotice extends QaPanel {
  @property({ attribute: false }) environment: Environment = unchanged;

  protected override render() {
    const { aheadMs, line } = this.environment;
    const off = [
      ...clocks.map(([of, words]) => aheadMs[of] && `${words} clock is ${span(aheadMs[of])}`),
      line !== 'clear' && lines[line],
    ].filter(Boolean);
    return html`<div class="notice" role="status">${
      off.length
        ? html`<p>${off.join(' · ')}</p>
            <button class="chip" @click=${() => this.request({ do: 'reset-environment' })}>Back to normal</button>`
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

/** In the largest unit of which there is at least one. */
function span(ms: number): string {
  const [size, unit] = units.find(([size]) => Math.abs(ms) >= size) ?? [1_000, 'second'];
  const count = Math.round(Math.abs(ms) / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ${ms > 0 ? 'ahead' : 'behind'}`;
}

/** How clocks and line differ from real life. */
export interface Environment {
  /** How far each clock is ahead, milliseconds; 0 where nobody has moved it. */
  aheadMs: Record<ClockOf, number>;
  line: LineMode;
}

export const unchanged: Environment = { aheadMs: { bff: 0, paycodes: 0, payme: 0 }, line: 'clear' };
