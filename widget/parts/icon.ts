/** The few signs of the desk: 24 × 24, drawn in the colour of the text around them, silent to screen readers. */
import { html, type SVGTemplateResult, svg } from 'lit';

export type IconName = 'alert' | 'lock' | 'check' | 'clock';

const shapes: Record<IconName, SVGTemplateResult> = {
  alert: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  check: svg`<path class="tick" pathLength="1" d="m5.5 12.5 4.3 4.3 8.7-9.3"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`,
};

export const icon = (name: IconName) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`;
