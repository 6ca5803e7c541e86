/**
 * Puts back what a restored database has lost, from what somebody else remembers: the attempt that made a charge, or a whole
 * payment. What became of the money is then settled as for any other attempt.
 */
import type { NextAction, PaymentMethod } from '#contract';
import { newAttemptInFlight } from './attempts/attempt.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { newId } from './model/ids.ts';
import type { IntentCall } from './model/ports.ts';
import type { IntentRecord, PaymentRecord } from './model/records.ts';
import type { Queries, Store } from './model/store.ts';

/** An attempt that the upstream knows and the database does not. */
export interface LostAttempt {
  /** As the upstream has it. */
  id: string;
  method: PaymentMethod;
  /** The calls that it is proven to have made. */
  calls: readonly IntentCall[];
  lastCharacters: string | null;
  /** What the customer was shown, and what they submitted, where that is known. */
  action?: NextAction | null;
  submittedReference?: string | null;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** Inserts the attempt into its payment, whatever the payment's status is. Does nothing if it is there already. */
export function recoverAttempt(deps: UnitOfWork, paymentId: string, lost: LostAttempt): Promise<void> {
  return updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    if (await tx.attempt(lost.id)) return { result: undefined };
    await insertLost(tx, payment.id, lost, now);
    return { result: undefined, audit: { type: 'attempt.recovered', data: { attemptId: lost.id, method: lost.method } } };
  });
}

/** What is known of a payment that is not in the database any more. `id`: null if nobody knows it. */
export type LostPayment = Pick<PaymentRecord, 'merchantId' | 'orderId' | 'label' | 'amount' | 'currency' | 'test'> & {
  id: string | null;
  /** The newest version that somebody has seen; by default none. */
  versionSeen?: number;
};

/** Versions and numbers of webhooks that were given away before are below what is known of them and this. */
const lift = 1_000_000;

/**
 * Inserts a payment with this attempt in flight. Its customer, address and description are unknown, so it must end before a
 * person. Null if the order has a payment that is not over.
 * @returns The payment's id.
 */
export async function recoverPayment(
  store: Store,
  now: number,
  { id, versionSeen = 0, ...lost }: LostPayment,
  attempt: LostAttempt,
): Promise<string | null> {
  const payment: PaymentRecord = {
    ...lost,
    id: id ?? newId('pay'),
    description: null,
    status: 'processing',
    version: versionSeen + lift,
    // A payment has at most one webhook for each version.
    sequence: versionSeen + lift,
    discount: 0,
    discountCode: null,
    amountPaid: 0,
    acceptedAmount: null,
    approvalId: null,
    decidedBy: null,
    amountRefunded: 0,
    paidLate: false,
    fromLink: false,
    orderAlreadyPaidBy: null,
    methods: [attempt.method],
    walletType: null,
    locale: null,
    phone: null,
    items: null,
    returnUrls: {},
    metadata: {},
    problem: null,
    fiscalReceipts: null,
    attemptId: attempt.id,
    createdAt: attempt.startedAt,
    updatedAt: now,
    expiresAt: now,
    paidAt: null,
  };
  return store.transaction(async (tx) => {
    if (!(await tx.insertPayment(payment))) return null;
    await insertLost(tx, payment.id, attempt, now);
    const data = { orderId: payment.orderId, amount: payment.amount, currency: payment.currency, version: payment.version };
    const { id: paymentId, merchantId } = payment;
    const recovered = { id: newId('aud'), paymentId, merchantId, type: 'payment.recovered', data, at: now };
    await tx.insertAudit(recovered, { isFirst: true });
    return paymentId;
  });
}

/** Inserts the attempt as one in flight, with its calls. */
export async function insertLost(tx: Queries, paymentId: string, lost: LostAttempt, now: number): Promise<void> {
  const { id, method, lastCharacters, action = null, submittedReference = null, startedAt } = lost;
  const attempt = newAttemptInFlight({ paymentId, method, earlier: [] }, { lastCharacters, action, submittedReference }, now);
  await tx.insertAttempt({ ...attempt, id, startedAt });
  await insertCalls(tx, paymentId, lost, startedAt);
}

/** Inserts the calls of the attempt, as a later word of what it has made. */
export async function insertCalls(tx: Queries, paymentId: string, lost: LostAttempt, createdAt: number): Promise<void> {
  for (const call of lost.calls) {
    const intent: IntentRecord = {
      ...call,
      id: newId('int'),
      attemptId: lost.id,
      paymentId,
      status: 'unknown',
      createdAt,
      endedAt: null,
    };
    await tx.insertIntent(intent);
  }
}
