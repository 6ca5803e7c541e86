/**
 * The words for a problem: always ours, by its code; never a text of an upstream. Without a payment yet, of its opening. `room`: what a room
 * has words of its own for.
 */
import type { PaymentView } from '#contract';
import type { DeskProblem } from '../session/bff-client.ts';
import { fill } from './fill.ts';
import type { Language } from './language.ts';

export function problemText(
  problem: DeskProblem,
  { texts, whole, money, moment }: Language,
  view: PaymentView | null,
  room?: Partial<Record<DeskProblem['code'], string>>,
): string {
  // Before anything could be typed only a dead link is more than a fault that passes.
  if (!view && !/^(un|not)/.test(problem.code)) return texts.unreachable;
  const at = problem.at && whole ? moment(problem.at) : '';
  if (at && whole && problem.code === 'code_expired') return fill(whole.codeExpiredOn, { at });
  if (at && whole && problem.code === 'code_not_yet_valid') return fill(whole.codeValidFrom, { at });
  const { transfer, card, sms } = whole ?? {};
  // Where a wallet is paid from, a code is not what failed.
  const own = room ?? (view && /^(transfer|choose_wallet)$/.test(view.nextAction.kind) ? transfer?.problems : null);
  // A newer BFF may know more codes than these words.
  const [text = texts.problems.internal] = [own, texts.problems, transfer?.problems, card?.problems, sms?.problems].flatMap(
    (words) => words?.[problem.code] ?? [],
  );
  return fill(text, view ? { amount: money(view.due, view.currency) } : {});
}
