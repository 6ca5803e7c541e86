/**
 * One step in the life of a payment: state, outbox row and audit event in one transaction, by compare-and-set on the version
 * (the law, 6). Every change of a payment goes through here. Which webhook a change deserves is decided here too, from what
 * the payment was and what it has become, so no use case can forget one; and so is what was paid: it is the sum of the evidence, and a status
 * that does not fit this sum is never written.
 */
import type { Webhook, WebhookType } from '#contract';
import { newId } from '../model/ids.ts';
import { merchantPayment } from '../model/merchant-view.ts';
import { isLate } from '../model/payment-state.ts';
import type { Clock } from '../model/ports.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { Queries, Store } from '../model/store.ts';
import { dropReservedDiscount, endOpenAttempts } from './attempt.ts';
import { countedSum, missedEvent, movedByEvidence } from './evidence-status.ts';

export interface UnitOfWork {
  store: Store;
  clock: Clock;
  /** What is written down is what a payment service has said: see `Store.transaction`. */
  answer?: boolean;
  /** Told after the commit: who follows this payment, and the webhook sender, look again. */
  changed(paymentId: string): void;
  /** Told after the commit: a use case had overlooked money. That is our own bug; the payment was written as its money wants it. */
  corrected(paymentId: string): void;
}

/** What a step writes. Each change has its audit event, or the trail of a payment would have holes. */
export interface PaymentChange {
  audit: { type: string; data?: Record<string, unknown> };
  /** New values. None: only the trace is left, e.g. of a call that is about to be made. */
  patch?: Partial<PaymentRecord>;
  /** A webhook that the change of status alone does not call for. */
  webhook?: WebhookType;
}

/** What a step answers, and what it writes of the payment. A patch or a webhook without an audit event is no decision, and does not compile. */
export type PaymentUpdate<T> = { result: T } & (PaymentChange | { [Name in keyof PaymentChange]?: never });

const tries = 20;

/** Runs `decide` on the newest state until it commits. `decide` may run more than once; it throws to refuse. */
export async function updatePayment<T>(
  parts: UnitOfWork,
  paymentId: string,
  decide: (payment: PaymentRecord, tx: Queries, now: number) => Promise<PaymentUpdate<T>>,
): Promise<T> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const done = await parts.store
      .transaction(async (tx) => {
        // Held, not only read: what is decided of the attempts below must not be overtaken between the reading and the commit.
        const before = await tx.lockPayment(paymentId);
        if (!before) throw new Error('a step needs a payment that exists');
        const now = parts.clock.now();
        const decision = await decide(before, tx, now);
        const written = decision.audit ? await write(tx, before, decision, now) : null;
        return { result: decision.result, written };
      }, parts)
      .catch((cause: unknown) => {
        if (cause instanceof Overtaken) return null;
        throw cause;
      });
    if (done) {
      if (done.written) parts.changed(paymentId);
      if (done.written === 'corrected') parts.corrected(paymentId);
      return done.result;
    }
  }
  throw new Error('a payment changed faster than it could be followed');
}

async function write(tx: Queries, before: PaymentRecord, change: PaymentChange, now: number): Promise<'written' | 'corrected'> {
  const wanted = { ...before, ...change.patch };
  const { after, corrected } = await withMoney(tx, before, wanted, now);
  Object.assign(after, { version: before.version + 1, updatedAt: now });
  // What had paid its order before is the one that did, whatever surplus comes for it after another has paid too.
  const news = after.amountPaid > before.amountPaid || after.status === 'succeeded';
  if (news && before.status !== 'succeeded' && before.status !== 'refunding')
    after.orderAlreadyPaidBy ??= await orderPaidBy(tx, after);
  const told = [...new Set([webhookOf(before, after), change.webhook])].filter((type) => type !== undefined);
  after.sequence += told.length;
  if (!(await tx.updatePayment(after))) throw new Overtaken();
  await audit(tx, before, after, change, corrected);
  for (const [place, type] of told.entries()) {
    const sequence = before.sequence + place + 1;
    const body = await webhookBody(tx, after, type, sequence, now);
    await tx.insertOutbox({
      id: newId('evt'),
      merchantId: after.merchantId,
      paymentId: after.id,
      sequence,
      type,
      body,
      status: 'pending',
      tries: 0,
      nextTryAt: now,
      leaseUntil: 0,
      createdAt: now,
      deliveredAt: null,
    });
  }
  return corrected ? 'corrected' : 'written';
}

/**
 * What was paid is the sum of the evidence. Where a use case has led a payment away from its money, say to `expired` with all of it in, the
 * money's status is written instead: to refuse the step would lose what it learnt, and that may be known to nobody else.
 */
async function withMoney(
  tx: Queries,
  before: PaymentRecord,
  wanted: PaymentRecord,
  now: number,
): Promise<{ after: PaymentRecord; corrected: boolean }> {
  const evidence = await tx.evidence(before.id);
  const paid = { ...wanted, amountPaid: countedSum(wanted, evidence) };
  const missed = missedEvent(paid, evidence);
  if (!missed) return { after: paid, corrected: false };
  await endOpenAttempts(paid, tx, now);
  const undone = await dropReservedDiscount(paid, tx, now);
  return {
    after: { ...paid, ...undone, ...movedByEvidence(paid, missed, evidence, now), late: isLate(before) },
    corrected: true,
  };
}

/** `version` orders the trail; where the status changed, `from` and `to` lead from one event to the next without a gap. */
async function audit(
  tx: Queries,
  before: PaymentRecord,
  after: PaymentRecord,
  { audit: { type, data = {} } }: PaymentChange,
  corrected: boolean,
): Promise<void> {
  const change = before.status === after.status ? {} : { from: before.status, to: after.status };
  const { orderAlreadyPaidBy, version } = after;
  const twice = orderAlreadyPaidBy !== before.orderAlreadyPaidBy && { orderAlreadyPaidBy };
  await tx.insertAudit({
    id: newId('aud'),
    paymentId: after.id,
    merchantId: after.merchantId,
    type,
    data: { ...data, ...change, ...twice, version, ...(corrected && { corrected }) },
    at: after.updatedAt,
  });
}

const byStatus: Partial<Record<PaymentRecord['status'], WebhookType>> = {
  succeeded: 'payment.succeeded',
  underpaid: 'payment.underpaid',
  needs_review: 'payment.needs_review',
  canceled: 'payment.canceled',
  expired: 'payment.expired',
  refunded: 'payment.refunded',
};

/** A change of status, or more money where that was told of before: what the merchant knows of the sum must not grow old. */
function webhookOf(before: PaymentRecord, after: PaymentRecord): WebhookType | undefined {
  if (before.status !== after.status) return byStatus[after.status];
  if (after.amountPaid <= before.amountPaid) return undefined;
  return after.status === 'succeeded' || after.status === 'refunding' ? 'payment.overpaid' : byStatus[after.status];
}

/** Somebody else changed the payment between our read and our write: start again from what it is now. */
class Overtaken extends Error {}

/** The body of a webhook, written in the transaction that causes it: what the merchant reads is what was true then. */
export async function webhookBody(
  tx: Queries,
  payment: PaymentRecord,
  type: WebhookType,
  sequence: number,
  now: number,
): Promise<string> {
  const view = merchantPayment(payment, await tx.attempts(payment.id), await tx.evidence(payment.id));
  const webhook: Webhook = { type, timestamp: new Date(now).toISOString(), sequence, data: { payment: view } };
  return JSON.stringify(webhook);
}

/** Which other payment has paid the order of this one: two payments of one order can both be paid, where one of them was over and its money came late. */
const paid: ReadonlySet<PaymentRecord['status']> = new Set(['succeeded', 'refunding']);

/** The id of that payment; null where there is none. */
export async function orderPaidBy(tx: Queries, { id, merchantId, orderId }: PaymentRecord): Promise<string | null> {
  const [oldest, ...others] = await tx.paymentsOfOrder(merchantId, orderId);
  if (!oldest || others.length === 0) return null;
  // Two that are paid at the same moment must not both miss the other. The oldest stands for the order: who holds it sees what all others
  // have committed, and it waits for none of them, so nobody waits in a circle.
  await tx.lockPayment(oldest.id);
  const all = await tx.paymentsOfOrder(merchantId, orderId);
  return all.find((other) => other.id !== id && paid.has(other.status))?.id ?? null;
}
