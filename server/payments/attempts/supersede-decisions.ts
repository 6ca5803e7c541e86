/**
 * A person's decision holds only until a payment service says something about the same attempt or the same claim. Then the
 * evidence counts, whatever its amount is, and the decision stays in the history.
 */
import type { EvidenceInput } from '../model/ports.ts';
import type { AttemptRecord, ClaimRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { raiseFlag } from './flags.ts';

/**
 * Marks what this new evidence supersedes, and raises a flag where the person had decided something else.
 * @returns Whether the evidence contradicts a decision.
 */
export async function supersedeDecisions(
  payment: PaymentRecord,
  attempt: AttemptRecord | null,
  money: EvidenceInput,
  claims: readonly ClaimRecord[],
  tx: Queries,
  now: number,
): Promise<boolean> {
  if (payment.decidedBy === null) return false;
  const named = [{ account: money.upstream, key: money.upstreamId }, ...claims];
  let contradicts = false;
  for (const decision of await tx.decisions(payment.id)) {
    const { outcome, supersededAt } = decision;
    if (supersededAt !== null || outcome === 'accepted') continue;
    const sameThing = named.some(({ account, key }) => account === decision.account && key === decision.key);
    if (!sameThing && (attempt === null || decision.attemptId !== attempt.id)) continue;
    await tx.updateDecision({ ...decision, supersededBy: money.upstreamId, supersededAt: now });
    if (outcome === 'paid' && decision.amount === money.amount) continue;
    contradicts = true;
    const said = outcome === 'not_paid' ? 'not paid' : outcome;
    const reason = `A person decided that it was ${said}, and then the payment service reported money.`;
    await raiseFlag(tx, payment, 'decision_contradicted', { subject: decision.id, reason, amount: money.amount }, now);
  }
  return contradicts;
}
