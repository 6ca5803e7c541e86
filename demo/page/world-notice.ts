/** Says plainly what is not as it would be in life, for as long as it is so, and puts it right. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { QaPanel } from './panels/qa-panel.ts';
import type { LineMode } from './qa-api.ts';
import { inOrder, type World } from './world.ts';

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
