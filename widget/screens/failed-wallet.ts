/** Which row of the list of methods could not be used: the wallet that the customer chose last takes no transfer now. */
import type { DeskProblem } from '#contract';
import type { Language } from '../messages/language.ts';
import type { Draft } from '../methods/method-form.ts';
import type { MethodRow } from '../parts/form.ts';

interface LastChoice {
  problem: DeskProblem | null;
  draft: Draft;
  language: Language;
}

/**
 * The rows, with what is wrong under the name of that wallet. The row stays a button: a minute later the wallet may take a transfer
 * again, and asking for one costs nothing. What to do is said below the list.
 */
export function tellFault(rows: readonly MethodRow[], { problem, draft, language: { whole } }: LastChoice): readonly MethodRow[] {
  const note = problem?.field === 'walletType' && whole?.transfer.notNow;
  if (!note) return rows;
  return rows.map((row) => (row.wallet === draft.wallet ? { ...row, note } : row));
}
