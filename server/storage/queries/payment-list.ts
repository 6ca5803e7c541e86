/** The payments that a merchant's server lists, newest first, by an index whatever it filters by. */
import { type Kysely, sql } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import { lastBeginningWith } from '../reversed.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { discountColumns } from './payments.ts';

export const paymentList = (db: Kysely<Schema>): Pick<Queries, 'listPayments'> => ({
  async listPayments(merchantId, { limit, ...filter }) {
    let query = db
      .selectFrom('payments')
      .leftJoin('discounts', 'discounts.id', 'payments.discount_id')
      .selectAll('payments')
      .select(discountColumns)
      // With a reference, no index of the merchant: SQLite would read its payments in order until it meets the one.
      .where(filter.idBeginning === undefined ? sql`payments.merchant_id` : sql`payments.merchant_id || ''`, '=', merchantId);
    if (filter.orderId !== undefined) query = query.where('payments.order_id', '=', filter.orderId);
    if (filter.label !== undefined) query = query.where('payments.label', '=', filter.label);
    if (filter.status !== undefined) query = query.where('payments.status', '=', filter.status);
    if (filter.createdFrom !== undefined) query = query.where('payments.created_at', '>=', filter.createdFrom);
    if (filter.createdTo !== undefined) query = query.where('payments.created_at', '<', filter.createdTo);
    if (filter.amount !== undefined) query = query.where('payments.amount', '=', filter.amount);
    if (filter.currency !== undefined) query = query.where('payments.currency', '=', filter.currency);
    if (filter.idBeginning !== undefined) {
      query = query
        .where('payments.id', '>=', filter.idBeginning)
        .where('payments.id', '<=', lastBeginningWith(filter.idBeginning));
    }
    const edge = filter.after ?? filter.before;
    if (edge !== undefined) {
      const found = db.selectFrom('payments').select(['created_at', 'id']).where('id', '=', edge);
      const cursor = await found.where('merchant_id', '=', merchantId).executeTakeFirst();
      if (!cursor) return [];
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('payments.created_at', 'payments.id'),
          filter.after === undefined ? '>' : '<',
          tuple(cursor.created_at, cursor.id),
        ),
      );
    }
    const isBackwards = filter.after === undefined && filter.before !== undefined;
    const direction = isBackwards ? 'asc' : 'desc';
    const page = query.orderBy('payments.created_at', direction).orderBy('payments.id', direction).limit(limit);
    const found = (await page.execute()).map(rows.payments.toRecord);
    return isBackwards ? found.reverse() : found;
  },
});
