/** Writes down that an upstream took money, and what that makes of the payment. Money is taken in every status. */
import { endAttempt } from './end-attempt.ts';
import { endLive } from './end-live.ts';
import { type Facts, hasPaid, isLate } from './facts.ts';
import { can, type PaymentEvent, transition } from './machine.ts';
import type { Money } from './outcome.ts';
import { provenDue } from './proven-due.ts';
import type { EvidenceRecord } from './records.ts';
import type { Decision } from './step.ts';

/** `doubt`: only a person can tell what it pays. Then nothing is written down yet; `money` is what is to be kept. */
export async function takeMoney(money: Money, facts: Facts): Promise<Decision<void> | { doubt: string; money?: Money }> {
  const { payment, attempt, tx, now } = facts;
  if (money.currency !== payment.currency) return { doubt: 'paid in another currency', money };
  const claims = await tx.claimsOfAttempt(attempt.id);
  if (claims.some(({ contested }) => contested)) return { doubt: 'another payment claims the same', money };
  const fresh = await tx.insertEvidence(evidenceOf(money, facts, true));
  const all = await tx.evidence(payment.id);
  const known = all.find(({ upstream, upstreamId }) => upstream === money.upstream && upstreamId === money.upstreamId);
  if (!known) return { doubt: 'this money paid another payment' };
  // Told again; also where a person decides about it: another word for the same money settles nothing.
  if (!fresh && (hasPaid(attempt) || !known.counted)) return { result: undefined };
  if (!hasPaid(attempt)) await endAttempt(tx, attempt, 'paid', now);
  await endLive(payment, tx, now);
  const amountPaid = sumOf(all, payment.currency);
  const status = transition(payment.status, moneyEvent(facts, all, amountPaid));
  return {
    result: undefined,
    patch: {
      status,
      amountPaid,
      problem: null,
      // It is remembered by what paid it, though the customer had gone on to something else.
      ...(payment.status !== 'processing' && payment.status !== 'succeeded' && { attemptId: attempt.id }),
      late: isLate(payment),
      paidAt: payment.paidAt ?? (status === 'succeeded' ? now : null),
    },
    audit: { type: 'evidence.taken', data: { attemptId: attempt.id, ...money } },
  };
}

/** Keeps money that pays nothing until a person has decided; false where it is known already. */
export const keepMoney = (money: Money, facts: Facts): Promise<boolean> =>
  facts.tx.insertEvidence(evidenceOf(money, facts, false));

const evidenceOf = (money: Money, { payment, attempt, now }: Facts, counted: boolean): EvidenceRecord => ({
  ...money,
  paymentId: payment.id,
  attemptId: attempt.id,
  method: attempt.method,
  takenAt: now,
  counted,
});

const sumOf = (all: EvidenceRecord[], currency: string): number =>
  all.reduce((sum, row) => (row.counted && row.currency === currency ? sum + row.amount : sum), 0);

/** Money of one attempt while another is in flight waits for that one; too little beside money in doubt, for a person. */
function moneyEvent({ payment, attempt }: Facts, all: EvidenceRecord[], amountPaid: number): PaymentEvent {
  if (payment.status === 'processing' && payment.attemptId !== attempt.id) return 'paid_while_busy';
  if (amountPaid >= provenDue(payment)) return 'paid_enough';
  const inDoubt = all.some(({ counted }) => !counted) && can(payment.status, 'paid_doubtful');
  return inDoubt ? 'paid_doubtful' : 'paid_short';
}
