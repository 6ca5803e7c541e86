/** A tick that is drawn as one looks: paid. */
import { svg } from 'lit';

export const check = svg`<path class="tick" pathLength="1" d="m5.5 12.5 4.3 4.3 8.7-9.3"/>`;

/** A clock: it takes time, or the time is over. */
export const clock = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`;
