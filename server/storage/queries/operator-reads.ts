/** What operators read of one payment, of postbacks, and of the state of the whole. */
import { type Kysely, sql } from 'kysely';
import type { MerchantIds, OperatorReads, PaidSum } from '../../payments/model/operator-reads.ts';
import type { PostbackItemRecord } from '../../payments/model/operator-records.ts';
import type { PostbackItemsTable } from '../operator-schema.ts';
import { mapper, rows } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { paymentSearch } from './payment-search.ts';
import { waitingQueries } from './waiting.ts';
import { webhookTables } from './webhook-tables.ts';

const postbackItems = mapper<PostbackItemRecord, PostbackItemsTable>({ flags: ['signedAmount'] });

export const operatorReads = (db: Kysely<Schema>): OperatorReads => ({
  ...waitingQueries(db),
  ...paymentSearch(db),
  ...historyQueries(db),
  async postbackItems({ merchants, status, after, limit }) {
    let found = db.selectFrom('postback_items').selectAll().where('status', '=', status);
    if (merchants !== null) found = found.where(sql`merchant_id || ''`, 'in', ofMerchants(merchants));
    if (after) {
      const { at, id } = after;
      found = found.where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '>', tuple(at, id)));
    }
    return (await found.orderBy('received_at').orderBy('id').limit(limit).execute()).map(postbackItems.toRecord);
  },
  async paidSince(since, merchants) {
    let found = db
      .selectFrom('evidence')
      .innerJoin('payments', 'payments.id', 'evidence.payment_id')
      .where('evidence.taken_at', '>=', since)
      .where('evidence.counted', '=', 1);
    if (merchants !== null) found = found.where(sql`payments.merchant_id || ''`, 'in', ofMerchants(merchants));
    const sums = await found
      .select(['evidence.method', 'evidence.currency'])
      .select(({ fn }) => [fn.countAll().as('count'), fn.sum('evidence.amount').as('amount')])
      .groupBy(['evidence.method', 'evidence.currency'])
      .orderBy('evidence.method')
      .orderBy('evidence.currency')
      .execute();
    return sums.map((sum) => ({ ...sum, count: Number(sum.count), amount: Number(sum.amount) }) as PaidSum);
  },
  async reportedByServices(paymentIds) {
    if (paymentIds.length === 0) return new Map();
    const sums = await db
      .selectFrom('evidence')
      .innerJoin('payments', 'payments.id', 'evidence.payment_id')
      .where('evidence.payment_id', 'in', [...paymentIds])
      .where('evidence.counted', '=', 1)
      .where('evidence.reported_by', 'is', null)
      .whereRef('evidence.currency', '=', 'payments.currency')
      .select('evidence.payment_id')
      .select(({ fn }) => fn.sum('evidence.amount').as('amount'))
      .groupBy('evidence.payment_id')
      .execute();
    return new Map(sums.map((sum) => [sum.payment_id, Number(sum.amount)]));
  },
  async oldestWaiting(merchants, unknownBefore, postbacksOf) {
    const oldest = async (kinds: Parameters<OperatorReads['waiting']>[0]['kind']) => {
      const [first] = await waitingQueries(db).waiting({ merchants, postbacksOf, kind: kinds, limit: 1, unknownBefore });
      return first?.since ?? null;
    };
    const ages: number[] = [];
    for (const table of webhookTables) {
      let webhooks = db.selectFrom(table).select('created_at').where(sql<boolean>`status <> 'delivered'`);
      if (merchants !== null) webhooks = webhooks.where(sql`merchant_id || ''`, 'in', ofMerchants(merchants));
      const webhook = await webhooks.orderBy('created_at').limit(1).executeTakeFirst();
      if (webhook) ages.push(webhook.created_at);
    }
    return {
      needsReview: await oldest('needs_review'),
      outcomeUnknown: await oldest('outcome_unknown'),
      webhook: ages.length > 0 ? Math.min(...ages) : null,
      postback: await oldest('unmatched_postback'),
    };
  },
});

/** An empty list is no valid SQL. The merchant is compared as an expression for the reason that `waiting.ts` gives. */
const ofMerchants = (merchants: NonNullable<MerchantIds>): readonly string[] => (merchants.length > 0 ? merchants : ['']);

type HistoryQueries = Pick<OperatorReads, 'auditOf' | 'intentsOf' | 'webhooksOf' | 'postbackItemsOf'>;

const historyQueries = (db: Kysely<Schema>): HistoryQueries => ({
  async auditOf(paymentIds) {
    if (paymentIds.length === 0) return [];
    const found = db
      .selectFrom('audit')
      .select(['id', 'payment_id', 'merchant_id', 'type', 'data', 'at'])
      .where('payment_id', 'in', paymentIds);
    return (await found.orderBy('at').orderBy('id').execute()).map(rows.audit.toRecord);
  },
  async intentsOf(paymentId) {
    const ofAttempts = db.selectFrom('attempts').select('id').where('payment_id', '=', paymentId);
    const ofDiscounts = db.selectFrom('discounts').select('id').where('payment_id', '=', paymentId);
    const found = db.selectFrom('intents').selectAll().where('attempt_id', 'in', ofAttempts.union(ofDiscounts));
    return (await found.orderBy('created_at').orderBy('id').execute()).map(rows.intents.toRecord);
  },
  async webhooksOf(paymentId) {
    const found = [];
    for (const table of webhookTables) {
      const own = db.selectFrom(table).selectAll().where('payment_id', '=', paymentId);
      found.push(...(await own.orderBy('sequence').execute()));
    }
    return found.map(rows.outbox.toRecord);
  },
  async postbackItemsOf(paymentId) {
    const found = db.selectFrom('postback_items').selectAll().where('payment_id', '=', paymentId);
    return (await found.orderBy('received_at').execute()).map(postbackItems.toRecord);
  },
});
