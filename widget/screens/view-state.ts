/** What is on the screen now, from the payment, the words at hand and what was painted before. Draws nothing, asks for nothing. */
import type { DeskPicture } from '../desk-picture.ts';
import type { FirstMessages } from '../messages/messages.ts';
import type { PaymentController } from '../session/payment-controller.ts';
import { screenOf } from './screen-of.ts';

export interface AtHand {
  /** Null until the first words are there. */
  texts: FirstMessages | null;
  /** The later screens are fetched, or will not come. */
  settled: boolean;
  /** At least one method is left to choose from. */
  payable: boolean;
}

export function pictureOf(
  payment: PaymentController,
  { texts, settled, payable }: AtHand,
  before: DeskPicture | null,
): DeskPicture {
  const { view, problem, loadProblem, busy, acting } = payment;
  const next = texts ? screenOf(view, loadProblem, payable) : 'loading';
  // What comes first should come whole; what follows something may be plain words for a moment.
  const screen = next === 'enter' || settled || (before && before.screen !== 'loading') ? next : 'loading';
  return { screen, view, problem, loadProblem, busy, acting, notice: texts ? noticeOf(payment, texts) : '' };
}

function noticeOf({ offline, slow, elsewhere, problem }: PaymentController, texts: FirstMessages): string {
  if (offline && problem?.code !== 'network') return texts.offline;
  return elsewhere ? texts.otherTab : slow ? texts.slow : '';
}
