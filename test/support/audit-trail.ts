/** Reads the audit trail and the webhooks of a payment over a connection of its own, as an operator would. */
import assert from 'node:assert/strict';
import type { PaymentStatus } from '../../server/contract/index.ts';
import { openDatabase } from '../../server/storage/database.ts';

export interface AuditTrail {
  /** The webhooks of one payment, oldest first. */
  webhooks(paymentId: string): Promise<string[]>;
  /** The audit events of one payment, by version. */
  events(paymentId: string): Promise<AuditEvent[]>;
  /** Throws where a change has no audit event, or the events do not lead from `open` to the present status. */
  assertWhole(paymentId: string): Promise<void>;
  close(): Promise<void>;
}

export interface AuditEvent {
  type: string;
  data: { version: number; from?: PaymentStatus; to?: PaymentStatus; [name: string]: unknown };
}

export function openAuditTrail(databaseUrl: string): AuditTrail {
  const { db } = openDatabase(databaseUrl);
  const events = async (paymentId: string): Promise<AuditEvent[]> => {
    const rows = await db
      .selectFrom('audit')
      .select(['type', 'data'])
      .where('payment_id', '=', paymentId)
      // They change no payment, so they have no version.
      .where('type', 'not in', ['webhook.replayed', 'flag.closed'])
      .execute();
    const read = rows.map(({ type, data }): AuditEvent => ({ type, data: JSON.parse(data) }));
    return read.sort((one, other) => one.data.version - other.data.version);
  };
  const current = (paymentId: string) =>
    db.selectFrom('payments').select(['status', 'version']).where('id', '=', paymentId).executeTakeFirstOrThrow();
  return {
    events,
    async webhooks(paymentId) {
      const rows = await db
        .selectFrom('outbox')
        .select(['type', 'sequence'])
        .where('payment_id', '=', paymentId)
        .orderBy('sequence')
        .execute();
      assert.deepEqual(
        rows.map(({ sequence }) => sequence),
        rows.map((_, place) => place + 1),
        'the webhooks of a payment are numbered without a gap',
      );
      return rows.map(({ type }) => type);
    },
    async assertWhole(paymentId) {
      let payment = await current(paymentId);
      let changes = (await events(paymentId)).map(({ data }) => data);
      // The payment may change meanwhile, so everything that is compared must be of one version.
      for (let again = await current(paymentId); again.version !== payment.version; again = await current(paymentId)) {
        payment = again;
        changes = (await events(paymentId)).map(({ data }) => data);
      }
      assert.deepEqual(
        changes.map(({ version }) => version),
        changes.map((_, place) => place + 1),
        'each change of a payment has one audit event',
      );
      assert.equal(changes.length, payment.version, 'a change of the payment left no audit event');
      let status: string = 'open';
      for (const { from, to } of changes) {
        if (from === undefined) continue;
        assert.equal(from, status, 'the audit trail has a hole');
        status = to ?? '';
      }
      assert.equal(status, payment.status, 'the audit trail does not lead to where the payment is');
    },
    close: () => db.destroy(),
  };
}
