/** A clock: it takes time, or the time is over. */
import { svg } from 'lit';

export const clock = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`;
