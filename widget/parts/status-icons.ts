/** A tick that is drawn as one looks: paid. */
import { svg } from 'lit';

export const check = svg`<path class="tick" pathLength="1" d="m5.5 12.5 4.3 4.3 8.7-9.3"/>`;
