/** What `submit()` resolves with, also for a refusal. A hint for the page: what counts is the webhook. */
import type { PaymentView } from '#contract';
import type { DeskProblem } from './desk-problem.ts';

export interface SubmitResult {
  /** False when nothing left the browser: the input was incomplete, or a listener prevented it. */
  sent: boolean;
  /** Why it did not pay, if it did not. */
  problem: DeskProblem | null;
  /** The payment after it; its status is `processing` while the outcome is being found out. */
  view: PaymentView;
}
