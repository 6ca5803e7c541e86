/** Draws the timeline of a payment: an axis with all lanes to see where the time went, and each moment on a line of its own. */

import { html, nothing, svg } from 'lit';
import { lanes, type Moment, sinceBegun } from '../timeline.ts';

/** Of the axis, in its own units. */
const width = 1_000;
const laneHeight = 8;

export function timelineList(moments: readonly Moment[]) {
  return html`${moments.length ? axis(moments) : nothing}
    <ol class="timeline" tabindex="0" aria-label="Timeline of this payment">
      ${moments.map(
        ({
          entry,
          lane,
          at,
          took,
          pause,
        }) => html`${pause ? html`<li class="pause muted">${(pause / 1_000).toFixed(1)} s later</li>` : nothing}
        <li data-kind=${entry.kind} data-lane=${lane} ?data-bad=${!entry.ok}>
          <time>${sinceBegun(at)}</time><span class="dot"></span><span class="what">${entry.text}</span>
          <span class="outcome">${entry.outcome}${took ? html` <small>${took} ms</small>` : nothing}</span>
        </li>`,
      )}
    </ol>`;
}

function axis(moments: readonly Moment[]) {
  const end = Math.max(...moments.map(({ at, took }) => at + took), 1);
  const place = (ms: number) => Math.round((ms / end) * (width - 6));
  // Attributes of SVG, because the policy of the page forbids styles in attributes.
  return html`<div class="axis" aria-hidden="true">
    <svg viewBox="0 0 ${width} ${lanes.length * laneHeight}" preserveAspectRatio="none">
      ${moments.map(
        ({ entry, lane, at, took }) =>
          svg`<rect data-kind=${entry.kind} x=${place(at)} y=${lanes.indexOf(lane) * laneHeight + 1} height=${laneHeight - 2}
            width=${Math.max(6, place(took))} rx="1"></rect>`,
      )}
    </svg>
    <p class="muted"><span>0 s</span><span>${(end / 2_000).toFixed(1)} s</span><span>${(end / 1_000).toFixed(1)} s</span></p>
  </div>`;
}
