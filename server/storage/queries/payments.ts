/** Payments, their client secrets, and the evidence that paid them. */
import type { Kysely } from 'kysely';
import { endedStatuses } from '../../payments/model/payment-state.ts';
import type { Queries } from '../../payments/model/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { AuditChain } from '../audit/chain.ts';
import type { Engine } from '../database.ts';
import { type DiscountOfPayment, rows } from '../rows.ts';
import type { AttemptsTable, PaymentsTable, Schema } from '../schema.ts';

type PaymentQueries = Pick<
  Queries,
  | 'payment'
  | 'paymentWithAttempts'
  | 'lockPayment'
  | 'paymentOfMerchant'
  | 'paymentBySecret'
  | 'paymentOfOrder'
  | 'paymentsOfOrder'
  | 'hasPaid'
  | 'insertPayment'
  | 'updatePayment'
  | 'insertClientSecret'
  | 'paymentsPastExpiry'
  | 'evidence'
  | 'insertEvidence'
  | 'insertAudit'
>;

export const paymentQueries = (db: Kysely<Schema>, engine: Engine, chain: AuditChain | null): PaymentQueries => {
  const payments = () =>
    db
      .selectFrom('payments')
      .leftJoin('discounts', 'discounts.id', 'payments.discount_id')
      .selectAll('payments')
      .select(discountColumns);
  const orNull = (row: (PaymentsTable & DiscountOfPayment) | undefined) => (row ? rows.payments.toRecord(row) : null);
  return {
    payment: async (id) => orNull(await payments().where('payments.id', '=', id).executeTakeFirst()),
    async paymentWithAttempts(id) {
      // One statement, so that payment and attempts are of one moment: between two statements an attempt may be paid.
      const found = await payments()
        .leftJoin('attempts', 'attempts.payment_id', 'payments.id')
        .select(attemptColumns.map((column) => `attempts.${column} as of_attempt_${column}` as const))
        .where('payments.id', '=', id)
        .orderBy('attempts.started_at')
        .orderBy('attempts.id')
        .execute();
      const joined = found.map(splitJoinedRow);
      const [first] = joined;
      if (!first) return null;
      const attempts = joined.flatMap(({ attempt }) => (attempt.id === null ? [] : [rows.attempts.toRecord(attempt)]));
      return { payment: rows.payments.toRecord(first.payment), attempts };
    },
    async lockPayment(id) {
      // SQLite has one writer at a time and cannot lock a row.
      if (engine === 'sqlite') return orNull(await payments().where('payments.id', '=', id).executeTakeFirst());
      const row = await db.selectFrom('payments').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row) return null;
      // A join would read the discount as it was before the wait for the lock.
      const discount = db.selectFrom('discounts').select(discountColumns).where('id', '=', row.discount_id);
      return orNull({ ...row, ...(row.discount_id === null ? noDiscount : await discount.executeTakeFirstOrThrow()) });
    },
    paymentOfMerchant: async (merchantId, id) =>
      orNull(await payments().where('payments.id', '=', id).where('merchant_id', '=', merchantId).executeTakeFirst()),
    paymentBySecret: async (secretHash, endedSince) =>
      orNull(
        await payments()
          .innerJoin('client_secrets', 'client_secrets.payment_id', 'payments.id')
          .where('client_secrets.secret_hash', '=', secretHash)
          .where((is) =>
            is.or([
              is('payments.status', 'not in', endedStatuses),
              is('payments.updated_at', '>', endedSince),
              is('client_secrets.created_at', '>', endedSince),
            ]),
          )
          .executeTakeFirst(),
      ),
    paymentOfOrder: async (merchantId, orderId) =>
      orNull(
        await payments()
          .where('merchant_id', '=', merchantId)
          .where('order_id', '=', orderId)
          .where('payments.status', 'not in', ['canceled', 'expired'])
          // First the one that succeeded, even if late; then the one that has the order's slot; then those that got late money; and
          // only without any of these one that was refunded.
          .orderBy((is) =>
            is
              .case()
              .when('payments.status', '=', 'succeeded')
              .then(0)
              .when('payments.status', '=', 'refunded')
              .then(2)
              .else(1)
              .end(),
          )
          .orderBy((is) => is.case().when('order_slot', 'is', null).then(1).else(0).end())
          .orderBy('payments.created_at', 'desc')
          .executeTakeFirst(),
      ),
    async paymentsOfOrder(merchantId, orderId) {
      const found = payments().where('merchant_id', '=', merchantId).where('order_id', '=', orderId);
      return (await found.orderBy('payments.created_at').orderBy('payments.id').execute()).map(rows.payments.toRecord);
    },
    async hasPaid(merchantId, label) {
      const paid = db.selectFrom('payments').select('id').where('label', '=', label).where('merchant_id', '=', merchantId);
      return (await paid.where('amount_paid', '>', 0).limit(1).executeTakeFirst()) !== undefined;
    },
    async insertPayment(payment) {
      const row = rows.payments.toRow(payment);
      // Waits for whoever is changing a refunded payment. If that is taken out of `refunded`, it keeps the slot.
      await db
        .updateTable('payments')
        .set({ order_slot: null })
        .where('merchant_id', '=', payment.merchantId)
        .where('order_id', '=', payment.orderId)
        .where('status', '=', 'refunded')
        .execute();
      const result = await db
        .insertInto('payments')
        .values(row)
        .onConflict((on) => on.columns(['merchant_id', 'order_slot']).doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async updatePayment(payment) {
      const { id, order_slot: slot, ...values } = rows.payments.toRow(payment);
      const result = await db
        .updateTable('payments')
        // What has left the slot never gets it back, since another payment may have it.
        .set((is) => ({ ...values, order_slot: slot === null ? null : is.ref('order_slot') }))
        .where('id', '=', id)
        .where('version', '=', payment.version - 1)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async insertClientSecret(secretHash, paymentId, at, most) {
      await db.insertInto('client_secrets').values({ secret_hash: secretHash, payment_id: paymentId, created_at: at }).execute();
      const others = db.selectFrom('client_secrets').select('secret_hash').where('payment_id', '=', paymentId);
      const newest = others
        .where('secret_hash', '!=', secretHash)
        .orderBy('created_at', 'desc')
        .orderBy('secret_hash')
        .limit(most - 1);
      const surplus = db.deleteFrom('client_secrets').where('payment_id', '=', paymentId).where('secret_hash', '!=', secretHash);
      await surplus.where('secret_hash', 'not in', newest).execute();
    },
    async paymentsPastExpiry(now, limit, leftOut = 0) {
      const due = payments().where('payments.status', 'in', ['open', 'awaiting_customer']).where('expires_at', '<=', now);
      return (await due.orderBy('expires_at').orderBy('payments.id').limit(limit).offset(leftOut).execute()).map(
        rows.payments.toRecord,
      );
    },
    async evidence(paymentId) {
      const found = await db.selectFrom('evidence').selectAll().where('payment_id', '=', paymentId).orderBy('taken_at').execute();
      return found.map(rows.evidence.toRecord);
    },
    async insertEvidence(evidence) {
      const result = await db
        .insertInto('evidence')
        .values(rows.evidence.toRow(evidence))
        .onConflict((on) => on.columns(['upstream', 'upstream_id']).doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    insertAudit: (audit, options) => appendAudit(db, chain, rows.audit.toRow(audit), options),
  };
};

/** What is read of a payment's discount together with the payment. */
export const discountColumns = [
  'discounts.status as discount_status',
  'discounts.last_characters as discount_last_characters',
  'discounts.created_at as discount_created_at',
] as const;

const noDiscount: DiscountOfPayment = { discount_status: null, discount_last_characters: null, discount_created_at: null };

const attemptColumns = [
  'id',
  'payment_id',
  'method',
  'status',
  'sealed',
  'last_characters',
  'action',
  'submitted_reference',
  'reversed_reference',
  'waiting',
  'problem',
  'started_at',
  'ended_at',
  'unknown_since',
  'checks',
  'next_check_at',
  'lease_until',
] as const satisfies readonly (keyof AttemptsTable)[];

/** Splits a joined row into its two rows. */
function splitJoinedRow(row: object): { payment: PaymentsTable & DiscountOfPayment; attempt: AttemptsTable } {
  const prefix = 'of_attempt_';
  const all = Object.entries(row);
  const attempt = all.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]);
  const payment = all.filter(([name]) => !name.startsWith(prefix));
  return {
    payment: Object.fromEntries(payment) as PaymentsTable & DiscountOfPayment,
    attempt: Object.fromEntries(attempt) as AttemptsTable,
  };
}
