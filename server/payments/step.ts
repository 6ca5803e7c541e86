/**
 * One step in the life of a payment: state, outbox row and audit event in one transaction, by compare-and-set on the version
 * (the law, 6). Every change of a payment goes through here. Which webhook a change deserves is decided here too, from what
 * the payment was and what it has become, so no use case can forget one.
 */
import type { WebhookType } from '#contract';
import { newId } from './new-id.ts';
import type { Clock, Queries, Store } from './ports.ts';
import type { PaymentRecord } from './records.ts';
import { webhookBody } from './webhook-body.ts';

export interface StepParts {
  store: Store;
  clock: Clock;
  /** What is written down is what a payment service has said: see `Store.transaction`. */
  answer?: boolean;
  /** Told after the commit: who follows this payment, and the webhook sender, look again. */
  changed(paymentId: string): void;
}

/** What a step does: new values, and a word for the audit. Nothing to change: leave `patch` away. */
export interface Decision<T> {
  result: T;
  patch?: Partial<PaymentRecord>;
  audit?: { type: string; data?: Record<string, unknown> };
  /** A webhook that the change of status alone does not call for. */
  tell?: WebhookType;
}

const tries = 20;

/** Runs `decide` on the newest state until it commits. `decide` may run more than once; it throws to refuse. */
export async function step<T>(
  parts: StepParts,
  paymentId: string,
  decide: (payment: PaymentRecord, tx: Queries, now: number) => Promise<Decision<T>>,
): Promise<T> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const done = await parts.store
      .transaction(async (tx) => {
        // Held, not only read: what is decided of the attempts below must not be overtaken between the reading and the commit.
        const before = await tx.holdPayment(paymentId);
        if (!before) throw new Error('a step needs a payment that exists');
        const now = parts.clock.now();
        const decision = await decide(before, tx, now);
        if (decision.patch) await write(tx, before, decision, now);
        return { result: decision.result, changed: decision.patch !== undefined };
      }, parts)
      .catch((cause: unknown) => {
        if (cause instanceof Overtaken) return null;
        throw cause;
      });
    if (done) {
      if (done.changed) parts.changed(paymentId);
      return done.result;
    }
  }
  throw new Error('a payment changed faster than it could be followed');
}

async function write(tx: Queries, before: PaymentRecord, decision: Decision<unknown>, now: number): Promise<void> {
  const after: PaymentRecord = { ...before, ...decision.patch, version: before.version + 1, updatedAt: now };
  const told = [...new Set([webhookOf(before, after), decision.tell])].filter((type) => type !== undefined);
  after.sequence += told.length;
  if (!(await tx.updatePayment(after))) throw new Overtaken();
  if (decision.audit) {
    const { type, data = {} } = decision.audit;
    const moved = before.status === after.status ? {} : { from: before.status, to: after.status };
    await tx.insertAudit({
      id: newId('aud'),
      paymentId: after.id,
      merchantId: after.merchantId,
      type,
      data: { ...moved, ...data },
      at: now,
    });
  }
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
}

const byStatus: Partial<Record<PaymentRecord['status'], WebhookType>> = {
  succeeded: 'payment.succeeded',
  underpaid: 'payment.underpaid',
  needs_review: 'payment.needs_review',
  canceled: 'payment.canceled',
  expired: 'payment.expired',
  refunded: 'payment.refunded',
};

function webhookOf(before: PaymentRecord, after: PaymentRecord): WebhookType | undefined {
  if (before.status !== after.status) return byStatus[after.status];
  const settled = after.status === 'succeeded' || after.status === 'refunding';
  return settled && after.amountPaid > before.amountPaid ? 'payment.overpaid' : undefined;
}

/** Somebody else changed the payment between our read and our write: start again from what it is now. */
class Overtaken extends Error {}
