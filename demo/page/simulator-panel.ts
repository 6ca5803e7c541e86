/** The simulator's switches: its ledger anew, its clock, mishaps for the next calls. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Fault } from './qa-client.ts';
import { QaPanel } from './qa-panel.ts';

const hour = 3_600_000;
const jumps: [words: string, ms: number][] = [
  ['+1 hour', hour],
  ['+1 day', 24 * hour],
  ['+1 year', 366 * 24 * hour],
];

const next = (count: number, fault: Omit<Fault, 'nth'>): Fault[] =>
  Array.from({ length: count }, (_, index) => ({ ...fault, nth: index + 1 }));

/** What goes wrong in the field, by what one then sees. A read is tried three times, so it takes three to make it fail. */
const mishaps: [words: string, faults: Fault[]][] = [
  ['Code used, answer lost', next(1, { op: 'use_code', when: 'after', kind: 'reset' })],
  [
    'Answer lost, unknown for half a minute',
    [
      ...next(1, { op: 'use_code', when: 'after', kind: 'reset' }),
      // The first read is the look-up; the next nine are three checks of what became of it.
      ...next(10, { op: 'get_code', when: 'before', kind: 'reset' }).slice(1),
    ],
  ],
  ['Cut before the code is used', next(1, { op: 'use_code', when: 'before', kind: 'reset' })],
  ['Code used, answer is HTML', next(1, { op: 'use_code', when: 'after', kind: 'html' })],
  ['Use takes 9 seconds', next(1, { op: 'use_code', when: 'before', kind: 'slow', ms: 9_000 })],
  ['Look-up answers 500', next(3, { op: 'get_code', when: 'before', kind: 'http500' })],
  ['Next 10 calls cut', next(10, { op: '*', when: 'before', kind: 'reset' })],
];

/**
 * @element qa-simulator-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-simulator-panel')
export class SimulatorPanel extends QaPanel {
  /** The simulator's clock, ISO 8601. */
  @property({ attribute: false }) now = '';
  /** How many codes it has really used. */
  @property({ attribute: false }) uses = 0;

  protected override render() {
    return html`<section class="panel" aria-labelledby="simulator-title">
      <h2 id="simulator-title">PayCodes simulator</h2>
      <p class="muted small">Its clock says ${this.now.replace('T', ' ').slice(0, 19)} UTC; codes used: <b>${this.uses}</b></p>
      <div class="chips">
        <button class="chip" @click=${() => this.ask({ do: 'reset' })}>Reset</button>
        ${jumps.map(([words, ms]) => html`<button class="chip" @click=${() => this.ask({ do: 'advance', ms })}>${words}</button>`)}
      </div>
      <h3>For the next payment</h3>
      <p class="muted small">What has not been met yet is taken back by a reset.</p>
      <div class="chips">
        ${mishaps.map(([words, faults]) => html`<button class="chip" @click=${() => this.ask({ do: 'faults', faults })}>${words}</button>`)}
      </div>
    </section>`;
  }
}
