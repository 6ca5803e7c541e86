/**
 * What the money that has come makes of a payment: the sum of it decides, and neither the attempt that is shown nor the one in flight.
 * Enough has paid; money that a person must place waits for a person; less than is due is underpaid.
 */
import { confirmedAmountDue, type PaymentEvent, transition } from '../model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

export type EvidenceEvent = Extract<PaymentEvent, 'paid_enough' | 'paid_short' | 'paid_doubtful'>;

type Due = Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode' | 'currency'>;

/** Of all that was counted, in minor units of the payment's currency. */
export const countedSum = ({ currency }: Pick<PaymentRecord, 'currency'>, evidence: readonly EvidenceRecord[]): number =>
  evidence.reduce((sum, row) => (row.counted && row.currency === currency ? sum + row.amount : sum), 0);

/** Null where nothing has come. By evidence, and not by its sum alone: a discount that takes everything off has paid with nothing. */
export function evidenceEvent(payment: Due, evidence: readonly EvidenceRecord[]): EvidenceEvent | null {
  const counted = evidence.some((row) => row.counted);
  if (counted && countedSum(payment, evidence) >= confirmedAmountDue(payment)) return 'paid_enough';
  if (evidence.some((row) => !row.counted)) return 'paid_doubtful';
  return counted ? 'paid_short' : null;
}

/** In these nothing is waited for that could still decide, so a payment with money in it must not be in one of them. */
const undecided: ReadonlySet<PaymentRecord['status']> = new Set(['open', 'awaiting_customer', 'canceled', 'expired']);

/** The event that a status has missed; null where it may stand beside this money. */
export function missedEvent(
  payment: Due & Pick<PaymentRecord, 'status'>,
  evidence: readonly EvidenceRecord[],
): EvidenceEvent | null {
  const event = evidenceEvent(payment, evidence);
  if (undecided.has(payment.status)) return event;
  const waits = payment.status === 'processing' || payment.status === 'underpaid';
  return waits && event === 'paid_enough' ? event : null;
}

/** The payment that no attempt is waited for any more, where money has come; null where none has. */
export async function statusByEvidence(
  payment: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<(Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>) | null> {
  const evidence = await tx.evidence(payment.id);
  const event = evidenceEvent(payment, evidence);
  return event && movedByEvidence(payment, event, evidence, now);
}

/** It is remembered by what paid it. */
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

/** Money has come that a person must place: the customer must not be asked for more before. */
export const hasUnassignedEvidence = async ({ id }: Pick<PaymentRecord, 'id'>, tx: Queries): Promise<boolean> =>
  (await tx.evidence(id)).some(({ counted }) => !counted);
