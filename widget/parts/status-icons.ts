/** The icons of the status screens. They are apart from `icons.ts` because the first screen does not download them. */
import { svg } from 'lit';

/** A check mark that draws itself, for paid. */
export const check = svg`<path class="tick" pathLength="1" d="m5.5 12.5 4.3 4.3 8.7-9.3"/>`;

/** A clock, for waiting and for expired. */
export const clock = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`;
