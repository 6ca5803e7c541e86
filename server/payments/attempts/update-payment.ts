/**
 * The only way to change a payment: its new state, the outbox row of a webhook and an audit event are written in one
 * transaction, by compare-and-set on the payment's version. Two things are decided here, so that no use case can forget them:
 * which webhook a change deserves, and how much is paid and refunded, which are sums of what is stored. A status that contradicts
 * these sums is never written.
 */
import type { Payment, ProblemCode, Webhook, WebhookType } from '#contract';
import { newId } from '../model/ids.ts';
import { merchantPayment } from '../model/merchant-view.ts';
import { isLate } from '../model/payment-state.ts';
import type { Clock } from '../model/ports.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { Queries, Store } from '../model/store.ts';
import { isoTime } from '../model/time.ts';
import { mainEndpoint, type WebhookWishes } from '../model/webhook-queries.ts';
import { dropReservedDiscount, endOpenAttempts } from './attempt.ts';
import { missedEvent, movedByEvidence, readMoney, recordedSums } from './evidence-status.ts';
import { flagMoney, orderPaidBy } from './flags.ts';

export interface UnitOfWork extends WebhookWishes {
  store: Store;
  clock: Clock;
  /** The update stores an answer of a payment service: see `Store.transaction`. */
  answer?: boolean;
  /** Called after the commit: whoever follows this payment, and the webhook sender, look again. */
  changed(paymentId: string): void;
  /**
   * Called after the commit if a use case had overlooked money, which is our own bug. The payment was written as its evidence
   * requires.
   */
  corrected(paymentId: string): void;
}

/** What an update writes. Each change has an audit event, or the history of a payment would have gaps. */
export interface PaymentChange {
  audit: { type: string; data?: Record<string, unknown> };
  /** New values. Without any, only the audit event is written, e.g. for a call that is about to be made. */
  patch?: Partial<PaymentRecord>;
  /** A webhook that the change of status alone does not call for. */
  webhook?: WebhookType;
  /** It only records something beside the money, so what waits for a second person waits on. */
  movesNoMoney?: true;
}

/** What an update returns, and what it writes, if anything. A patch or a webhook without an audit event does not compile. */
export type PaymentUpdate<T> = { result: T } & (PaymentChange | { [Name in keyof PaymentChange]?: never });

const mostTries = 20;

/**
 * Runs `decide` on the newest state of the payment, and again whenever somebody else has changed it first, until the result is
 * committed.
 * @param decide Must have no effects but through `tx`. It throws to decline; then nothing is written.
 */
export async function updatePayment<T>(
  deps: UnitOfWork,
  paymentId: string,
  decide: (payment: PaymentRecord, tx: Queries, now: number) => Promise<PaymentUpdate<T>>,
): Promise<T> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const done = await deps.store
      .transaction(async (tx) => {
        // Locked, and not only read: what is decided about its attempts must not change between this read and the commit.
        const before = await tx.lockPayment(paymentId);
        if (!before) throw new Error('a payment that is updated must exist');
        const now = deps.clock.now();
        const update = await decide(before, tx, now);
        const written = update.audit ? await write(tx, before, update, now, deps) : null;
        return { result: update.result, written };
      }, deps)
      .catch((cause: unknown) => {
        if (cause instanceof VersionConflict) return null;
        throw cause;
      });
    if (done) {
      if (done.written) deps.changed(paymentId);
      if (done.written === 'corrected') deps.corrected(paymentId);
      return done.result;
    }
  }
  throw new Error('a payment changed faster than it could be updated');
}

/** Somebody else has changed the payment between our read and our write. */
class VersionConflict extends Error {}

/** Writes a change within a transaction. Only for an act that changes two payments, or one twice; all else is an `updatePayment`. */
export async function write(
  tx: Queries,
  before: PaymentRecord,
  change: PaymentChange,
  now: number,
  { asksFor, endpoints }: WebhookWishes,
): Promise<'written' | 'corrected'> {
  const { after, corrected } = await withEvidence(tx, before, { ...before, approvalId: null, ...change.patch }, now);
  Object.assign(after, { version: before.version + 1, updatedAt: now });
  // A payment that had succeeded was the first to pay its order, even if it gets surplus after another payment has paid the
  // order too.
  const gotMoney = after.amountPaid > before.amountPaid || after.status === 'succeeded';
  if (gotMoney && before.status !== 'succeeded' && before.status !== 'refunding')
    after.orderAlreadyPaidBy ??= await orderPaidBy(tx, after);
  const refused = refusalOf(change);
  const webhooks: [WebhookType, ProblemCode?][] = webhooksOf(before, after, change.webhook).map((type) => [type]);
  if (refused && asksFor?.(after.merchantId, refused[0])) webhooks.push(refused);
  if (change.movesNoMoney && isSameMoney(before, after)) after.approvalId = before.approvalId;
  after.sequence += webhooks.length;
  if (!(await tx.updatePayment(after))) throw new VersionConflict();
  await flagMoney(tx, before, after, now);
  await insertAudit(tx, before, after, change, { ...(corrected && { corrected }), ...(await moveApproval(tx, before, after)) });
  for (const [index, [type, code]] of webhooks.entries()) {
    const sequence = before.sequence + index + 1;
    const body = await webhookBody(tx, after, { type, code, sequence }, now);
    for (const endpoint of [mainEndpoint, ...(endpoints?.(after.merchantId) ?? [])]) {
      await tx.insertOutbox({
        id: newId('evt'),
        merchantId: after.merchantId,
        endpoint,
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
        replayedAt: null,
      });
    }
  }
  return corrected ? 'corrected' : 'written';
}

const isSameMoney = (one: PaymentRecord, other: PaymentRecord): boolean =>
  (['status', 'amountPaid', 'amountRefunded'] as const).every((name) => one[name] === other[name]);

/**
 * A second person confirms the payment as it was seen, so its change ends what waits for them, or moves it on to the new version if that
 * is what they have seen, too. @returns For the audit event: what is over.
 */
async function moveApproval(tx: Queries, { approvalId: id }: PaymentRecord, after: PaymentRecord) {
  if (id === null) return {};
  if (after.approvalId !== id) return (await tx.outdateApproval(id, after.updatedAt)) ? { outdatedApproval: id } : {};
  await tx.keepApproval(id, after.version);
  return {};
}

/**
 * Sets the sums that the payment records. If a use case would leave the payment in a status that contradicts its money, e.g.
 * `expired` with all of it, the status that the money requires is written instead. To decline the update would lose what it has
 * learnt, and nobody else may know that.
 */
async function withEvidence(
  tx: Queries,
  before: PaymentRecord,
  wanted: PaymentRecord,
  now: number,
): Promise<{ after: PaymentRecord; corrected: boolean }> {
  const money = await readMoney(wanted, tx);
  const after = { ...wanted, ...recordedSums(wanted, money) };
  const missed = missedEvent(after, money);
  if (!missed) return { after, corrected: false };
  await endOpenAttempts(after, tx, now);
  const dropped = await dropReservedDiscount(after, tx, now);
  return {
    after: { ...after, ...dropped, ...movedByEvidence(after, missed, money, now), paidLate: isLate(before) },
    corrected: true,
  };
}

/**
 * `version` orders the audit events. If the status changed, `from` and `to` connect each event to the one before without a
 * gap.
 */
async function insertAudit(
  tx: Queries,
  before: PaymentRecord,
  after: PaymentRecord,
  { audit: { type, data = {} } }: PaymentChange,
  more: Record<string, unknown>,
): Promise<void> {
  const moved = before.status === after.status ? {} : { from: before.status, to: after.status };
  const { orderAlreadyPaidBy, version } = after;
  const paidTwice = orderAlreadyPaidBy !== before.orderAlreadyPaidBy && { orderAlreadyPaidBy };
  await tx.insertAudit({
    id: newId('aud'),
    paymentId: after.id,
    merchantId: after.merchantId,
    type,
    data: { ...data, ...moved, ...paidTwice, version, ...more },
    at: after.updatedAt,
  });
}

const webhookByStatus: Partial<Record<PaymentRecord['status'], WebhookType>> = {
  succeeded: 'payment.succeeded',
  underpaid: 'payment.underpaid',
  needs_review: 'payment.needs_review',
  canceled: 'payment.canceled',
  expired: 'payment.expired',
  refunded: 'payment.refunded',
};

/** `payment.updated` is sent only where no other webhook speaks of the change. */
function webhooksOf(before: PaymentRecord, after: PaymentRecord, wanted: WebhookType | undefined): WebhookType[] {
  const byChange = webhookOf(before, after);
  const extra = wanted === 'payment.updated' && byChange ? undefined : wanted;
  return [...new Set([byChange, extra])].filter((type) => type !== undefined);
}

/**
 * A change of status calls for a webhook, and so does more money in the same status: the merchant must not keep an outdated
 * sum.
 */
function webhookOf(before: PaymentRecord, after: PaymentRecord): WebhookType | undefined {
  if (before.status !== after.status) return webhookByStatus[after.status];
  if (after.amountPaid <= before.amountPaid) return undefined;
  return after.status === 'succeeded' || after.status === 'refunding' ? 'payment.overpaid' : webhookByStatus[after.status];
}

/** What the payment service, or we, refused. A transfer that is still looked for may be found. */
function refusalOf({ audit: { type, data } }: PaymentChange): [WebhookType, ProblemCode] | null {
  if (type === 'refund.kept') return ['payment.refund_refused', 'refund_unsupported'];
  return type === 'attempt.declined' && !data?.unconfirmed ? ['payment.attempt_refused', data?.code as ProblemCode] : null;
}

/** The payment as its merchant sees it, with its history. */
export async function fullPayment(payment: PaymentRecord, tx: Queries): Promise<Payment> {
  const decided = payment.decidedBy !== null;
  return merchantPayment(payment, {
    attempts: await tx.attempts(payment.id),
    evidence: await tx.evidence(payment.id),
    decisions: decided ? await tx.decisions(payment.id) : [],
    refunds: decided ? await tx.refunds(payment.id) : [],
  });
}

/** Written in the transaction that causes the webhook, so the merchant reads what was true at that moment. */
async function webhookBody(
  tx: Queries,
  payment: PaymentRecord,
  { type, code, sequence }: { type: WebhookType; code: ProblemCode | undefined; sequence: number },
  now: number,
): Promise<string> {
  const data = { payment: await fullPayment(payment, tx), ...(code && { problem: { code } }) };
  const webhook: Webhook = { type, timestamp: isoTime(now), sequence, data };
  return JSON.stringify(webhook);
}
