/** The few signs of the desk: 24 × 24, drawn in the colour of the text around them, silent to screen readers. */
import { html, type SVGTemplateResult, svg } from 'lit';

export type IconName = 'alert' | 'lock' | 'check' | 'clock' | 'back' | 'cross' | 'pay_code' | 'wallet' | 'card';

const shapes: Record<IconName, SVGTemplateResult> = {
  alert: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  check: svg`<path class="tick" pathLength="1" d="m5.5 12.5 4.3 4.3 8.7-9.3"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`,
  back: svg`<path d="M4.5 9.5h9.8a5.2 5.2 0 0 1 0 10.4H9M8.3 5.5l-4 4 4 4"/>`,
  cross: svg`<path d="m7 7 10 10M17 7 7 17"/>`,
  pay_code: svg`<rect x="3" y="6" width="18" height="12" rx="2.5"/><path d="M7 10.5v3M10.3 10.5v3M13.7 10.5v3M17 10.5v3"/>`,
  wallet: svg`<path d="M4 8.5V17a2.5 2.5 0 0 0 2.5 2.5h11A2.5 2.5 0 0 0 20 17v-6a2.5 2.5 0 0 0-2.5-2.5H5.8a1.9 1.9 0 0 1 0-3.8H17"/><path d="M16 14v.1"/>`,
  card: svg`<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="M3 10h18M6.5 14.8h3"/>`,
};

export const icon = (name: IconName) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
