/**
 * The screens after the first click, and what only they need. A chunk of their own, fetched while the customer types: the first screen
 * should not wait for the last.
 */
export { checkingScreen } from './checking-screen.ts';
export { endedScreen } from './ended-screen.ts';
export { laterStyles } from './later.styles.ts';
export { paidScreen } from './paid-screen.ts';

import '../parts/copy-row.ts';
