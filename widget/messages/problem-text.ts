/** The words for a problem: always ours, by its code; never a text of an upstream. */
import type { PaymentView } from '#contract';
import type { DeskProblem } from '../desk-problem.ts';
import { fill } from './fill.ts';
import type { Language } from './language.ts';

export function problemText(problem: DeskProblem, { texts, money, moment }: Language, view: PaymentView | null): string {
  const at = problem.at ? moment(problem.at) : '';
  if (at && problem.code === 'code_expired') return fill(texts.codeExpiredOn, { at });
  if (at && problem.code === 'code_not_yet_valid') return fill(texts.codeValidFrom, { at });
  return fill(texts.problems[problem.code], view ? { amount: money(view.due, view.currency) } : {});
}
