/** Discount codes that customers typed. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { leaseDue, schedule } from './leases.ts';

type DiscountQueries = Pick<
  Queries,
  | 'discount'
  | 'discounts'
  | 'turnIntoDiscount'
  | 'updateDiscount'
  | 'leaseDueDiscounts'
  | 'scheduleDiscountCheck'
  | 'stopDiscountChecks'
>;

export const discountQueries = (db: Kysely<Schema>): DiscountQueries => {
  const discounts = () => db.selectFrom('discounts').selectAll();
  return {
    async discount(id) {
      const row = await discounts().where('id', '=', id).executeTakeFirst();
      return row ? rows.discounts.toRecord(row) : null;
    },
    async discounts(paymentId) {
      const found = await discounts().where('payment_id', '=', paymentId).orderBy('created_at').orderBy('id').execute();
      return found.map(rows.discounts.toRecord);
    },
    async turnIntoDiscount(discount) {
      await db.deleteFrom('attempts').where('id', '=', discount.id).execute();
      await db.insertInto('discounts').values(rows.discounts.toRow(discount)).execute();
    },
    async updateDiscount(discount) {
      const { id, ...values } = rows.discounts.toRow(discount);
      await db.updateTable('discounts').set(values).where('id', '=', id).execute();
    },
    leaseDueDiscounts: (now, leaseUntil, limit, lanes) =>
      leaseDue(db, 'discounts', rows.discounts.toRecord, { now, leaseUntil, limit, lanes }),
    scheduleDiscountCheck: (leased, at, restUntil) =>
      schedule(db, 'discounts', ['reserved', 'unknown', 'dropped'], leased, { at, restUntil }),
    async stopDiscountChecks(id) {
      await db
        .updateTable('discounts')
        .set({ sealed: null, next_check_at: null, lease_until: 0 })
        .where('id', '=', id)
        .where('status', '=', 'dropped')
        .execute();
    },
  };
};
