/**
 * The chunk of everything that the first screen does without: the screens after the first click, the elements only they need, and
 * the messages between tabs. It is fetched while the customer types, so that the first screen does not wait for the last.
 */
export { adoptStyles } from '../methods/adopt-styles.ts';
export { codeProblemTexts } from '../methods/pay-code/code-options.ts';
export { TabSync } from '../session/tab-sync.ts';
export { tellFault } from './failed-wallet.ts';
export { loadErrorScreen, renderLater, stoppedScreen } from './result-screens.ts';

import '../parts/copy-row.ts';
import '../parts/countdown.ts';
import './language-switch.ts';
import '../methods/discount.ts';
