/**
 * The screens after the first click, what only they need, and the word of other tabs. A chunk of their own, fetched while the customer types: the first screen
 * should not wait for the last.
 */
export { TabSync } from '../session/tab-sync.ts';
export { laterStyles } from './later.styles.ts';
export { loadErrorScreen, renderLater } from './result-screens.ts';

import '../methods/pay-code/code-options.ts';
import '../parts/copy-row.ts';
import '../parts/countdown.ts';
import '../methods/discount.ts';
