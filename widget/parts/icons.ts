/** Icons of 24 × 24, in the colour of the text around them, hidden from screen readers. */
import { html, svg, type TemplateResult } from 'lit';

export const icon = (shape: TemplateResult<2>) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

/** An exclamation mark, for errors. */
export const alert = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`;

/** A padlock, for reassurance. */
export const lock = svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`;
