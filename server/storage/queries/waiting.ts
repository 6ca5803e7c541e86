/**
 * What waits for a person. Each source reads a small partial index, oldest first. Its condition is written out and not bound,
 * because only then does SQLite use such an index.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { QueueKind } from '#contract/operate';
import type { Cursor, MerchantIds, OperatorReads, WaitingItem } from '../../payments/model/operator-reads.ts';
import type { Schema } from '../schema.ts';
import { webhookTables } from './webhook-tables.ts';

/** All fields but `from` and `where` are SQL expressions for the fields of a `WaitingItem`. */
interface Source extends Record<Exclude<keyof WaitingItem, 'kind'>, string> {
  /** Null: `kindColumn` says it, row by row. */
  kind: QueueKind | null;
  kindColumn?: string;
  from: string;
  where: string;
}

const ofPayment = {
  merchantId: 'payments.merchant_id',
  paymentId: 'payments.id',
  orderId: 'payments.order_id',
  amount: 'payments.amount - payments.discount',
  currency: 'payments.currency',
  detail: 'null',
};
const withoutPayment = { paymentId: 'null', orderId: 'null', amount: 'null', currency: 'null', detail: 'null' };

const sourcesAt = (unknownBefore: number): Source[] => [
  {
    ...ofPayment,
    kind: 'needs_review',
    from: 'payments',
    where: "payments.status = 'needs_review'",
    id: 'payments.id',
    since: 'payments.updated_at',
  },
  {
    ...ofPayment,
    kind: 'underpaid',
    from: 'payments',
    where: "payments.status = 'underpaid'",
    id: 'payments.id',
    since: 'payments.updated_at',
    amount: 'payments.amount_paid',
    detail: 'cast(payments.amount - payments.discount as text)',
  },
  {
    ...ofPayment,
    kind: 'uncounted_money',
    from: 'evidence join payments on payments.id = evidence.payment_id',
    where: "evidence.counted = 0 and evidence.disposition is null and payments.status <> 'needs_review'",
    id: 'evidence.upstream_id',
    since: 'evidence.taken_at',
    amount: 'evidence.amount',
    currency: 'evidence.currency',
    detail: 'payments.status',
  },
  {
    ...ofPayment,
    kind: 'outcome_unknown',
    from: 'attempts join payments on payments.id = attempts.payment_id',
    where:
      "attempts.status in ('processing', 'refunding') and attempts.unknown_since is not null " +
      `and attempts.unknown_since <= ${Math.trunc(unknownBefore)} and payments.status <> 'needs_review'`,
    id: 'attempts.id',
    since: 'attempts.unknown_since',
    detail: "case attempts.status when 'refunding' then 'refund' else attempts.method end",
  },
  {
    ...ofPayment,
    kind: 'outcome_unknown',
    from: 'discounts join payments on payments.id = discounts.payment_id',
    where: `discounts.status = 'unknown' and discounts.created_at <= ${Math.trunc(unknownBefore)} and payments.status <> 'needs_review'`,
    id: 'discounts.id',
    since: 'discounts.created_at',
    amount: 'payments.discount',
    detail: "'discount'",
  },
  {
    ...withoutPayment,
    kind: 'unmatched_postback',
    from: 'postback_items',
    where: "postback_items.status = 'unmatched'",
    id: 'postback_items.id',
    merchantId: 'postback_items.merchant_id',
    since: 'postback_items.received_at',
    amount: 'postback_items.amount',
    currency: 'postback_items.currency',
    detail: 'postback_items.wallet',
  },
  {
    ...withoutPayment,
    kind: 'unmatched_postback',
    from: 'postbacks',
    where:
      "postbacks.status <> 'applied' and postbacks.status = 'unmatched' " +
      'and not exists (select 1 from postback_items where postback_items.postback_id = postbacks.id)',
    id: 'postbacks.id',
    merchantId: 'postbacks.merchant_id',
    since: 'postbacks.received_at',
    detail: "'whole'",
  },
  ...webhookTables.map(
    (table): Source => ({
      ...ofPayment,
      kind: 'parked_webhook',
      from: `${table} left join payments on payments.id = ${table}.payment_id`,
      where: `${table}.status = 'parked'`,
      id: `${table}.id`,
      merchantId: `${table}.merchant_id`,
      since: `${table}.created_at`,
      detail: `${table}.type`,
    }),
  ),
  {
    ...withoutPayment,
    kind: 'codes_unknown',
    from: 'code_batches',
    where: "code_batches.status = 'unknown'",
    id: 'code_batches.id',
    merchantId: 'code_batches.merchant_id',
    since: 'code_batches.created_at',
    detail: "code_batches.count || ' pay codes of the rule ' || code_batches.rule",
  },
  {
    ...ofPayment,
    kind: 'approval',
    from: 'approvals join payments on payments.id = approvals.payment_id',
    where: "approvals.status = 'pending'",
    id: 'approvals.id',
    since: 'approvals.requested_at',
    amount: 'approvals.amount',
    currency: 'approvals.currency',
    detail: "approvals.act || ' ' || approvals.requested_by",
  },
  {
    ...ofPayment,
    kind: null,
    kindColumn: 'flags.kind',
    from: 'flags left join payments on payments.id = flags.payment_id',
    where: 'flags.closed_at is null',
    id: 'flags.id',
    merchantId: 'flags.merchant_id',
    since: 'flags.raised_at',
    amount: 'flags.amount',
    currency: 'flags.currency',
    detail: 'flags.reason',
  },
];

export const waitingQueries = (db: Kysely<Schema>): Pick<OperatorReads, 'waiting' | 'countWaiting'> => ({
  async waiting({ merchants, postbacksOf = merchants, kind, after, limit, unknownBefore }) {
    const sources = sourcesAt(unknownBefore).filter((source) => !kind || source.kind === kind || isFlagOf(source, kind));
    const found: WaitingItem[] = [];
    for (const source of sources) {
      const of = source.kind === 'unmatched_postback' ? postbacksOf : merchants;
      found.push(...(await readSource(db, source, { merchants: of, kind, after, limit })));
    }
    return found.sort((one, other) => one.since - other.since || (one.id < other.id ? -1 : 1)).slice(0, limit);
  },
  async countWaiting({ merchants, postbacksOf = merchants, unknownBefore, most }) {
    const counts: Partial<Record<QueueKind, number>> = {};
    for (const source of sourcesAt(unknownBefore)) {
      const kind = sql.raw(source.kindColumn ?? `'${source.kind}'`);
      const limit = source.kind ? most : most * flagKinds;
      const of = source.kind === 'unmatched_postback' ? postbacksOf : merchants;
      // In the same order as the list, so that SQLite reads the same small index and not a bigger one that covers the columns.
      const some = sql`
        select ${kind} as kind from ${sql.raw(source.from)} where ${conditionOf(source, of)}
        order by ${sql.raw(source.since)}, ${sql.raw(source.id)} limit ${limit}
      `;
      const counted = sql<{
        kind: QueueKind;
        count: number;
      }>`select kind, count(*) as count from (${some}) rows_found group by kind`;
      for (const row of (await counted.execute(db)).rows)
        counts[row.kind] = Math.min(most, (counts[row.kind] ?? 0) + Number(row.count));
    }
    return counts;
  },
});

/** So many kinds of flags there are: all of them are counted by one query. */
const flagKinds = 8;

const isFlagOf = ({ kind }: Source, wanted: QueueKind): boolean => kind === null && !notFlags.has(wanted);
const notFlags: ReadonlySet<QueueKind | null> = new Set(sourcesAt(0).map(({ kind }) => kind));

interface Page {
  merchants: MerchantIds;
  kind: QueueKind | undefined;
  after: Cursor | undefined;
  limit: number;
}

async function readSource(db: Kysely<Schema>, source: Source, { merchants, kind, after, limit }: Page): Promise<WaitingItem[]> {
  const { from, where: _, kind: fixed, kindColumn, ...columns } = source;
  const selected = Object.entries({ ...columns, kind: kindColumn ?? `'${fixed}'` }).map(
    ([name, text]) => sql`${sql.raw(text)} as ${sql.ref(name)}`,
  );
  const [since, id] = [sql.raw(source.since), sql.raw(source.id)];
  const conditions = [conditionOf(source, merchants)];
  if (kindColumn && kind) conditions.push(sql`${sql.raw(kindColumn)} = ${kind}`);
  if (after) conditions.push(sql`(${since}, ${id}) > (${after.at}, ${after.id})`);
  const { rows } = await sql<WaitingItem>`
    select ${sql.join(selected)} from ${sql.raw(from)} where ${sql.join(conditions, sql` and `)}
    order by ${since}, ${id} limit ${limit}
  `.execute(db);
  return rows;
}

/**
 * The merchant as an expression, so that no index of the merchant's payments is used for it: SQLite would prefer such an index, and read
 * all payments of the merchant, to the small one of what waits.
 */
const conditionOf = ({ where, merchantId }: Source, merchants: MerchantIds): RawBuilder<unknown> =>
  merchants === null
    ? sql.raw(where)
    : sql`${sql.raw(where)} and (${sql.raw(merchantId)} || '') in (${merchants.length > 0 ? sql.join(merchants) : sql`null`})`;
