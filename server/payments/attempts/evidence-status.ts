/**
 * What the money makes of a payment. Its sum decides, and not the attempt that is shown or in flight: enough money has paid, money
 * that only a person can assign waits for a person, and less than is due is underpaid. Money is the evidence of payment services,
 * and where there is none, what a person has decided.
 */
import type { DecisionRecord, RefundRecord } from '../model/operator-records.ts';
import { amountToSucceed, confirmedAmountDue, type PaymentEvent, transition } from '../model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

export type EvidenceEvent = Extract<PaymentEvent, 'paid_enough' | 'paid_partially' | 'paid_unassigned'>;

type Due = Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode' | 'currency' | 'acceptedAmount'>;

/** Everything that is known of a payment's money. */
export interface Money {
  evidence: readonly EvidenceRecord[];
  /** The effective ones: evidence has not superseded them, and nobody has reopened them. */
  decisions: readonly DecisionRecord[];
  refunds: readonly RefundRecord[];
}

/** Most payments were never decided about by a person, and cost one query. */
export async function readMoney({ id, decidedBy }: Pick<PaymentRecord, 'id' | 'decidedBy'>, tx: Queries): Promise<Money> {
  const evidence = await tx.evidence(id);
  if (decidedBy === null) return { evidence, decisions: [], refunds: [] };
  const decisions = (await tx.decisions(id)).filter(({ supersededAt }) => supersededAt === null);
  return { evidence, decisions, refunds: await tx.refunds(id) };
}

const sum = (rows: readonly { amount: number }[]): number => rows.reduce((total, { amount }) => total + amount, 0);

/** The money that pays the payment, in minor units of its currency: counted evidence, and what a person decided to be paid. */
export const payingSum = ({ currency }: Pick<PaymentRecord, 'currency'>, { evidence, decisions }: Money): number =>
  sum(evidence.filter((row) => row.counted && row.currency === currency)) + sum(decisions.filter(isPaid));

const isPaid = ({ outcome }: DecisionRecord): boolean => outcome === 'paid';

/** What people have decided about the money of other attempts, in minor units: many small decisions are as much as one large one. */
export const decidedElsewhere = ({ decisions }: Pick<Money, 'decisions'>, attemptId: string): number =>
  sum(decisions.filter((one) => one.attemptId !== attemptId && (isPaid(one) || one.outcome === 'returned')));

/** What was returned for good, in minor units. */
export const refundedSum = ({ refunds }: Pick<Money, 'refunds'>): number =>
  sum(refunds.filter(({ status }) => status === 'done'));

/** What pays the payment and was not returned. Its status is judged by this. */
export const keptSum = (payment: Pick<PaymentRecord, 'currency'>, money: Money): number =>
  payingSum(payment, money) - refundedSum(money);

/** What the payment's record says of its money. Money that a person decided to be returned was paid once, and is refunded. */
export function recordedSums(payment: PaymentRecord, money: Money): Pick<PaymentRecord, 'amountPaid' | 'amountRefunded'> {
  const returned = sum(money.decisions.filter(({ outcome }) => outcome === 'returned'));
  return {
    amountPaid: payingSum(payment, money) + returned,
    amountRefunded: refundedSum(money) + returned,
  };
}

/** Money that nobody has assigned yet: it is in no sum, and no person has decided what becomes of it. */
export const isUnassigned = ({ counted, disposition }: EvidenceRecord): boolean => !counted && disposition === null;

/** How much money that is not counted may be, in minor units of the payment: what is due, if nobody knows or it is of another currency. */
export const amountOfUncounted = (
  { amount, currency }: Pick<EvidenceRecord, 'amount' | 'currency'>,
  payment: Due & Pick<PaymentRecord, 'currency'>,
): number => (amount > 0 && currency === payment.currency ? amount : confirmedAmountDue(payment));

/** A person has said what becomes of this money, and may take it back here: what was moved is decided where it pays. */
export const isDisposed = ({ disposition }: EvidenceRecord): boolean => disposition !== null && disposition !== 'moved';

/** Null without money. Looks at the rows and not only at their sum, because a 100 % discount creates evidence with the amount 0. */
export function evidenceEvent(payment: Due, money: Money): EvidenceEvent | null {
  const counted = money.evidence.some((row) => row.counted) || money.decisions.some(isPaid);
  if (counted && keptSum(payment, money) >= amountToSucceed(payment)) return 'paid_enough';
  if (money.evidence.some(isUnassigned)) return 'paid_unassigned';
  return counted ? 'paid_partially' : null;
}

/** In these statuses nothing is awaited that could still decide, so a payment with money in it must not be in one of them. */
const undecided: ReadonlySet<PaymentRecord['status']> = new Set(['open', 'awaiting_customer', 'canceled', 'expired']);

/** The event that would have to move the payment out of its status; null if the status agrees with the money. */
export function missedEvent(payment: Due & Pick<PaymentRecord, 'status'>, money: Money): EvidenceEvent | null {
  const event = evidenceEvent(payment, money);
  if (undecided.has(payment.status)) return event;
  const waits = payment.status === 'processing' || payment.status === 'underpaid';
  return waits && event === 'paid_enough' ? event : null;
}

/** The changes to a payment that no longer waits for an attempt, from its money; null without money. */
export async function statusByEvidence(
  payment: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<(Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>) | null> {
  const money = await readMoney(payment, tx);
  const event = evidenceEvent(payment, money);
  return event && movedByEvidence(payment, event, money, now);
}

/** The changes to a payment by this event. The payment shows the attempt that paid it last. */
export function movedByEvidence(
  payment: PaymentRecord,
  event: EvidenceEvent,
  { evidence }: Money,
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
  (await tx.evidence(id)).some(isUnassigned);
