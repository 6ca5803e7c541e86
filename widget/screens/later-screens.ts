/**
 * The screens after the first click, and what only they need. A chunk of their own, fetched while the customer types: the first screen
 * should not wait for the last.
 */
export { drawLater } from './draw-later.ts';
export { laterStyles } from './later.styles.ts';

import '../parts/copy-row.ts';
import '../parts/countdown.ts';
