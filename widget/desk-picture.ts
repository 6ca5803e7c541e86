/** All that decides what is on the screen, at one moment. */
import type { PaymentView } from '#contract';
import type { DeskProblem } from './desk-problem.ts';
import type { ScreenName } from './session/screen-name.ts';

export interface DeskPicture {
  screen: ScreenName;
  view: PaymentView | null;
  /** Why the last try did not pay. */
  problem: DeskProblem | null;
  /** Why there is no view. */
  loadProblem: DeskProblem | null;
  /** A click is on its way. */
  busy: boolean;
  /** What it is, or the last one was, in words; '' for a try to pay. */
  acting: string;
  /** One line about the circumstances; '' for none. */
  notice: string;
}
