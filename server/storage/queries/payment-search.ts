/**
 * Finds payments for an operator, newest first. One condition, the rarest, leads through an index; the others are applied to the
 * rows as they come, and at most so many rows are looked at for one page. So a search takes the same time in a table of any size.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PaymentMethod, PaymentStatus } from '#contract';
import { minorUnitDigits } from '#contract';
import type {
  Cursor,
  OperatorReads,
  PaymentFilter,
  SearchTerm,
  SummaryPage,
  SummaryRecord,
} from '../../payments/model/operator-reads.ts';
import { beginningWith, lastBeginningWith } from '../reversed.ts';
import type { Schema } from '../schema.ts';

/** A way through the payments in an order of time. */
interface Walk {
  /** SQL: how payments and attempts are joined; the attempts whose method is shown are `newest`. */
  from: RawBuilder<unknown>;
  where: RawBuilder<unknown>[];
  /** The columns that order it. */
  at: string;
  id: string;
}

type Row = SummaryRecord & { key_at: number; key_id: string };

/** Rows that are looked at in one query if most may be left out, and for one page. */
const chunk = 200;
const mostPerPage = 3_000;
/** What an end of a number may match. Nobody reads further. */
const mostEnds = 200;

const newest = 'left join attempts newest on newest.id = payments.attempt_id';
const payments = sql.raw(`payments ${newest}`);
const byTime = { from: payments, at: 'payments.created_at', id: 'payments.id' };

export const paymentSearch = (db: Kysely<Schema>): Pick<OperatorReads, 'findPayments' | 'idsBeginning'> => ({
  async findPayments(filter, after, limit) {
    const { term } = filter;
    if (term?.by === 'numberEnd' || term?.by === 'phoneEnd') return byEnd(db, term, filter, limit);
    const rows = mergeWalks(db, walksOf(filter).map(inTime(filter)));
    const found: SummaryRecord[] = [];
    let looked = 0;
    for (let cursor = after; ; ) {
      const size = isPlain(filter) ? limit + 1 : Math.max(chunk, limit + 1);
      const some = await rows(cursor, size);
      for (const row of some) {
        const { key_at: at, key_id: id, ...payment } = row;
        if (matches(payment, filter) && found.length === limit) return { payments: found, next: cursor };
        if (matches(payment, filter)) found.push(payment);
        cursor = { at, id };
      }
      looked += some.length;
      if (some.length < size) return { payments: found, next: null };
      if (looked >= mostPerPage) return { payments: found, next: cursor };
    }
  },
  async idsBeginning(prefix) {
    const between = sql<{ id: string }>`
      select id from payments where id >= ${prefix} and id <= ${lastBeginningWith(prefix)} order by id limit 2
    `;
    return (await between.execute(db)).rows.map(({ id }) => id);
  },
});

/** A number is found by its end in the order of the numbers, and the few that are found are then put in the order of time. */
async function byEnd(
  db: Kysely<Schema>,
  { by, text }: Extract<SearchTerm, { by: 'numberEnd' | 'phoneEnd' }>,
  filter: PaymentFilter,
  limit: number,
): Promise<SummaryPage> {
  const { from, to } = beginningWith(text);
  const [column, at, id] =
    by === 'phoneEnd'
      ? ['payments.reversed_phone', 'payments.created_at', 'payments.id']
      : ['attempts.reversed_reference', 'attempts.started_at', 'attempts.id'];
  const tables = by === 'phoneEnd' ? payments : sql.raw(`attempts join payments on payments.id = attempts.payment_id ${newest}`);
  const { rows } = await sql<Row>`
    select ${columns}, ${sql.raw(at)} as key_at, ${sql.raw(id)} as key_id from ${tables}
    where ${sql.raw(column)} >= ${from} and ${sql.raw(column)} <= ${to}
    order by ${sql.raw(column)} desc, ${sql.raw(at)} desc, ${sql.raw(id)} desc limit ${mostEnds}
  `.execute(db);
  const once = new Map(rows.map(({ key_at: _at, key_id: _id, ...payment }) => [payment.id, withBooleans(payment)]));
  const found = [...once.values()].filter((payment) => matches(payment, filter));
  return { payments: found.sort((one, other) => other.createdAt - one.createdAt).slice(0, limit), next: null };
}

const rareStatuses: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>([
  'awaiting_customer',
  'processing',
  'needs_review',
  'underpaid',
  'refunding',
  'refunded',
]);
/** Word for word the condition of the index `payments_unfinished`. */
const isRare = sql`payments.status in (${sql.raw([...rareStatuses].map((status) => `'${status}'`).join(', '))})`;
const mostMerchants = 20;

function walksOf({ term, merchants, status }: PaymentFilter): Walk[] {
  if (term) return walksOfTerm(term);
  if (merchants !== null && merchants.length <= mostMerchants) {
    return merchants.map((id) => {
      const own = sql`payments.merchant_id = ${id}`;
      return { ...byTime, where: status ? [own, sql`payments.status = ${status}`] : [own] };
    });
  }
  return [{ ...byTime, where: status && rareStatuses.has(status) ? [isRare, sql`payments.status = ${status}`] : [] }];
}

function walksOfTerm(term: SearchTerm): Walk[] {
  switch (term.by) {
    case 'id':
      return [{ ...byTime, where: [sql`payments.id = ${term.text}`] }];
    case 'idPrefix':
      return [{ ...byTime, where: [sql`payments.id >= ${term.text}`, sql`payments.id <= ${lastBeginningWith(term.text)}`] }];
    case 'order':
      return [{ ...byTime, where: [sql`payments.order_id = ${term.text}`] }];
    case 'label':
      return [{ ...byTime, where: [sql`payments.label = ${term.text}`] }];
    case 'attempt':
      return [{ ...byTime, where: [sql`payments.id in (select payment_id from attempts where id = ${term.text})`] }];
    case 'upstreamId':
      return [{ ...byTime, where: [sql`payments.id in (select payment_id from evidence where upstream_id = ${term.text})`] }];
    case 'tail':
      return [
        {
          from: sql.raw(`attempts join payments on payments.id = attempts.payment_id ${newest}`),
          // Of several attempts with the same card, the newest one counts.
          where: [
            sql`attempts.last_characters = ${term.text}`,
            sql.raw(
              'not exists (select 1 from attempts later where later.payment_id = attempts.payment_id and ' +
                'later.last_characters = attempts.last_characters and (later.started_at, later.id) > (attempts.started_at, attempts.id))',
            ),
          ],
          at: 'attempts.started_at',
          id: 'attempts.id',
        },
      ];
    case 'amount':
      return Object.values(term.byDigits).flatMap((amount) => [
        { ...byTime, where: [sql`payments.amount = ${amount}`] },
        {
          ...byTime,
          where: [
            sql`payments.amount_paid = ${amount}`,
            sql.raw('payments.amount_paid > 0 and payments.amount_paid <> payments.amount'),
          ],
        },
      ]);
    default:
      throw new Error('the end of a number is found another way');
  }
}

/** Where the walk goes by the time that a payment was created at, the index also leads to the first and ends at the last one. */
const inTime =
  ({ from, before }: PaymentFilter) =>
  (walk: Walk): Walk => {
    if (walk.at !== byTime.at) return walk;
    const since = from === undefined ? [] : [sql`payments.created_at >= ${from}`];
    const until = before === undefined ? [] : [sql`payments.created_at < ${before}`];
    return { ...walk, where: [...walk.where, ...since, ...until] };
  };

/** Reads several walks as one, newest first. */
function mergeWalks(db: Kysely<Schema>, walks: readonly Walk[]) {
  return async (after: Cursor | null, size: number): Promise<Row[]> => {
    const found: Row[] = [];
    for (const walk of walks) found.push(...(await readWalk(db, walk, after, size)));
    if (walks.length === 1) return found;
    return found.sort((one, other) => other.key_at - one.key_at || (one.key_id < other.key_id ? 1 : -1)).slice(0, size);
  };
}

async function readWalk(db: Kysely<Schema>, { from, where, ...key }: Walk, after: Cursor | null, size: number): Promise<Row[]> {
  const [at, id] = [sql.raw(key.at), sql.raw(key.id)];
  const conditions = after ? [...where, sql`(${at}, ${id}) < (${after.at}, ${after.id})`] : where;
  const filtered = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const { rows } = await sql<Row>`
    select ${columns}, ${at} as key_at, ${id} as key_id from ${from} ${filtered} order by ${at} desc, ${id} desc limit ${size}
  `.execute(db);
  return rows.map(withBooleans);
}

const columns = sql.raw(
  [
    'payments.id',
    'payments.merchant_id as "merchantId"',
    'payments.order_id as "orderId"',
    'payments.label',
    'payments.status',
    'payments.test',
    'payments.amount',
    'payments.discount',
    'payments.amount_paid as "amountPaid"',
    'payments.amount_refunded as "amountRefunded"',
    'payments.currency',
    'newest.method',
    'newest.last_characters as "lastCharacters"',
    'payments.created_at as "createdAt"',
    'payments.updated_at as "updatedAt"',
    'payments.paid_at as "paidAt"',
  ].join(', '),
);

const withBooleans = <T extends { test: boolean }>(row: T): T => ({ ...row, test: Number(row.test) === 1 });

/** Whether no row that a walk reads is left out. */
const isPlain = ({ term, merchants, status, method, currency, from, before }: PaymentFilter): boolean => {
  if (method || currency || term?.by === 'amount') return false;
  if (term) return merchants === null && !status && from === undefined && before === undefined;
  if (merchants !== null) return merchants.length <= mostMerchants;
  return !status || rareStatuses.has(status);
};

function matches(payment: SummaryRecord, { term, merchants, status, method, currency, from, before }: PaymentFilter): boolean {
  if (merchants !== null && !merchants.includes(payment.merchantId)) return false;
  if (status && payment.status !== status) return false;
  if (method && payment.method !== (method satisfies PaymentMethod)) return false;
  if (currency && payment.currency !== currency) return false;
  if (from !== undefined && payment.createdAt < from) return false;
  if (before !== undefined && payment.createdAt >= before) return false;
  if (term?.by !== 'amount') return true;
  const amount = term.byDigits[minorUnitDigits(payment.currency)];
  return amount !== undefined && (payment.amount === amount || payment.amountPaid === amount);
}
