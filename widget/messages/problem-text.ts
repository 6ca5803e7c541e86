/** The text for a problem, by its code. It is always our own text, never one of a payment service. */
import type { DeskProblem, PaymentView } from '#contract';
import { fill } from './format.ts';
import type { Language } from './language.ts';

/**
 * @param view Null while the payment is not open; then the text is about opening it.
 * @param formTexts The form's own texts, which are preferred.
 */
export function problemText(
  problem: DeskProblem,
  { texts, whole, money, moment }: Language,
  view: PaymentView | null,
  formTexts?: Partial<Record<DeskProblem['code'], string>>,
): string {
  // While the payment is not open, only a dead link is different from an error that passes.
  if (!view && !/^(un|not)/.test(problem.code)) return texts.unreachable;
  const at = problem.at && whole ? moment(problem.at) : '';
  if (at && whole && problem.code === 'code_expired') return fill(whole.codeExpiredOn, { at });
  if (at && whole && problem.code === 'code_not_yet_valid') return fill(whole.codeValidFrom, { at });
  const { transfer, card, sms } = whole ?? {};
  // In the wallet form a problem is about the transfer and not about a pay code.
  const preferred = formTexts ?? (view && /^(transfer|choose_wallet)$/.test(view.nextAction.kind) ? transfer?.problems : null);
  // A newer BFF may have codes without a text here.
  const [text = texts.problems.internal] = [preferred, texts.problems, transfer?.problems, card?.problems, sms?.problems].flatMap(
    (group) => group?.[problem.code] ?? [],
  );
  return fill(text, view ? { amount: money(view.due, view.currency) } : {});
}
