/**
 * Puts the differences of a comparison into the operator's queue. What a flag is about does not depend on the comparison that found
 * it: the same difference is queued once, and stays closed once a person has closed it.
 */
import { newId } from '../payments/model/ids.ts';
import type { DifferenceRecord, ReconciliationRecord } from '../payments/model/reconciliation-records.ts';
import type { Queries } from '../payments/model/store.ts';
import type { Difference } from './compare-statement.ts';

/** With more differences than this something larger is wrong, e.g. the wrong account, and one flag says so. */
const mostFlags = 200;

/** @param before The differences that an earlier comparison of the same day had found. */
export async function queueDifferences(
  tx: Queries,
  reconciliation: ReconciliationRecord,
  found: readonly Difference[],
  before: readonly DifferenceRecord[],
): Promise<void> {
  const { merchantId, source, day, endedAt } = reconciliation;
  const raisedAt = endedAt ?? reconciliation.startedAt;
  const subjectOf = ({ kind, upstreamId }: Pick<Difference, 'kind' | 'upstreamId'>) =>
    `${kind} ${source} ${merchantId} ${upstreamId}`;
  const raise = (
    own: Pick<DifferenceRecord, 'paymentId' | 'reason'> & { subject: string; amount: number | null; currency: string | null },
  ) =>
    tx.raiseFlag({
      ...own,
      id: newId('flg'),
      merchantId,
      kind: 'reconciliation',
      raisedAt,
      closedAt: null,
      closedBy: null,
      note: null,
    });

  for (const difference of found.slice(0, mostFlags)) {
    // The sweep for reversals has told of it already.
    if (difference.kind === 'known_here' && (await tx.flagOf('reversed', difference.upstreamId))) continue;
    await raise({
      subject: subjectOf(difference),
      paymentId: difference.paymentId,
      reason: `${day}: ${difference.reason}`,
      amount: difference.theirAmount ?? difference.ourAmount,
      currency: difference.theirCurrency ?? difference.ourCurrency,
    });
  }
  const left = found.length - mostFlags;
  const more = `more ${source} ${merchantId} ${day}`;
  if (left > 0) {
    const reason = `${day}: there are ${left} more differences. Check whether it is the right account.`;
    await raise({ subject: more, paymentId: null, reason, amount: null, currency: null });
  }

  const still = new Set([...found.map(subjectOf), ...(left > 0 ? [more] : [])]);
  for (const subject of [...before.map(subjectOf), more]) {
    const flag = still.has(subject) ? null : await tx.flagOf('reconciliation', subject);
    if (flag?.closedAt === null)
      await tx.closeFlag({ ...flag, closedAt: raisedAt, note: 'A later comparison does not find it.' });
  }
}
