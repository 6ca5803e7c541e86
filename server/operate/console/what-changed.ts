/** What is different about a payment since the operator looked at it, in sentences. */
import type { Payment } from '#contract';
import { count, money } from './format.ts';
import { attemptStatuses, methods, statuses } from './words.ts';

export function whatChanged(before: Payment, now: Payment): string[] {
  const { currency } = now;
  const changes: string[] = [];
  const differs = (words: string, from: string, to: string) => {
    if (from !== to) changes.push(`${words}: ${from} → ${to}`);
  };
  differs('Status', statuses[before.status].words, statuses[now.status].words);
  differs('Due', money(before.due, currency), money(now.due, currency));
  differs('Paid', money(before.amountPaid, currency), money(now.amountPaid, currency));
  differs('Returned', money(before.amountRefunded, currency), money(now.amountRefunded, currency));
  for (const { id, method, status } of now.attempts) {
    const old = before.attempts.find((attempt) => attempt.id === id);
    if (!old) changes.push(`A new attempt by ${methods[method].toLowerCase()}: ${attemptStatuses[status]}`);
    else differs(`Attempt by ${methods[method].toLowerCase()}`, attemptStatuses[old.status], attemptStatuses[status]);
  }
  const more = (what: string, many: string, from: readonly unknown[], to: readonly unknown[]) => {
    if (to.length > from.length) changes.push(`${count(to.length - from.length, `new ${what}`, `new ${many}`)}`);
  };
  more('piece of evidence', 'pieces of evidence', before.evidence, now.evidence);
  more('decision', 'decisions', before.decisions, now.decisions);
  more('refund', 'refunds', before.refunds, now.refunds);
  return changes.length > 0 ? changes : ['Nothing that this page shows; it was touched in between.'];
}
