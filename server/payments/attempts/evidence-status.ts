/**
 * What the evidence makes of a payment. The sum of all evidence decides, and not the attempt that is shown or in flight:
 * enough money has paid, money that only a person can assign waits for a person, and less than is due is underpaid.
 */
import { confirmedAmountDue, type PaymentEvent, transition } from '../model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

export type EvidenceEvent = Extract<PaymentEvent, 'paid_enough' | 'paid_partially' | 'paid_unassigned'>;

type Due = Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode' | 'currency'>;

/** The sum of the counted evidence, in minor units of the payment's currency. */
export const countedSum = ({ currency }: Pick<PaymentRecord, 'currency'>, evidence: readonly EvidenceRecord[]): number =>
  evidence.reduce((sum, row) => (row.counted && row.currency === currency ? sum + row.amount : sum), 0);

/**
 * Null without evidence. Looks at the rows and not only at their sum, because a 100 % discount creates evidence with the
 * amount 0.
 */
export function evidenceEvent(payment: Due, evidence: readonly EvidenceRecord[]): EvidenceEvent | null {
  const counted = evidence.some((row) => row.counted);
  if (counted && countedSum(payment, evidence) >= confirmedAmountDue(payment)) return 'paid_enough';
  if (evidence.some((row) => !row.counted)) return 'paid_unassigned';
  return counted ? 'paid_partially' : null;
}

/** In these statuses nothing is awaited that could still decide, so a payment with money in it must not be in one of them. */
const undecided: ReadonlySet<PaymentRecord['status']> = new Set(['open', 'awaiting_customer', 'canceled', 'expired']);

/** The event that would have to move the payment out of its status; null if the status agrees with the evidence. */
export function missedEvent(
  payment: Due & Pick<PaymentRecord, 'status'>,
  evidence: readonly EvidenceRecord[],
): EvidenceEvent | null {
  const event = evidenceEvent(payment, evidence);
  if (undecided.has(payment.status)) return event;
  const waits = payment.status === 'processing' || payment.status === 'underpaid';
  return waits && event === 'paid_enough' ? event : null;
}

/** The changes to a payment that no longer waits for an attempt, from its evidence; null without evidence. */
export async function statusByEvidence(
  payment: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<(Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>) | null> {
  const evidence = await tx.evidence(payment.id);
  const event = evidenceEvent(payment, evidence);
  return event && movedByEvidence(payment, event, evidence, now);
}

/** The changes to a payment by this event. The payment shows the attempt that paid it last. */
export function movedByEvidence(
  payment: PaymentRecord,
  event: EvidenceEvent,
  evidence: readonly EvidenceRecord[],
  now: number,
): Partial<PaymentRecord> & Pick<PaymentRecord, 'status'> {
  const paying = evidence.filter(({ counted }) => counted).at(-1);
  const status = transition(payment.status, event);
  return {
    status,
    problem: null,
    attemptId: paying?.attemptId ?? payment.attemptId,
    paidAt: payment.paidAt ?? (status === 'succeeded' ? now : null),
  };
}

/** Whether a person still has to assign money of this payment. The customer must not be asked for more before that. */
export const hasUnassignedEvidence = async ({ id }: Pick<PaymentRecord, 'id'>, tx: Queries): Promise<boolean> =>
  (await tx.evidence(id)).some(({ counted }) => !counted);
