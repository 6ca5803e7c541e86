/** A sign of the desk: 24 × 24, drawn in the colour of the text around it, silent to screen readers. The shapes are in `icons/`. */
import { html, type TemplateResult } from 'lit';

export const icon = (shape: TemplateResult<2>) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;
