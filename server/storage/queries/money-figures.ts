/** The figures of the operator's metrics. Each query reads an index of what is recent or waits, so that old payments cost nothing. */
import { type Kysely, sql } from 'kysely';
import type { MoneyReads, PaymentGroup, Waiting } from '../../payments/model/money-figures.ts';
import { hourMs } from '../../payments/model/time.ts';
import type { Schema } from '../schema.ts';
import { webhookTables } from './webhook-tables.ts';

export const moneyReads = (db: Kysely<Schema>): MoneyReads => ({
  async figures(now) {
    const [lastHour, unknown, needsReview, undelivered, parked, postbacks, unmatched, held] = await Promise.all([
      createdSince(db, now - hourMs),
      waiting(db, sql`attempts`, sql`unknown_since`, sql`status in ('processing', 'refunding') and unknown_since is not null`),
      waiting(db, sql`payments`, sql`updated_at`, sql`status = 'needs_review'`),
      webhooks(db, sql`status = 'pending'`),
      webhooks(db, sql`status != 'delivered' and status = 'parked'`),
      waiting(db, sql`postbacks`, sql`received_at`, sql`status != 'applied' and status = 'received'`),
      waiting(db, sql`postbacks`, sql`received_at`, sql`status != 'applied' and status = 'unmatched'`),
      waiting(db, sql`restore_holds`, sql`restored_at`, sql`released_at is null`),
    ]);
    return { lastHour, waiting: { unknown, needsReview, undelivered, parked, postbacks, unmatched }, held: held.count > 0 };
  },
  async taken(from, to) {
    const money = await db
      .selectFrom('evidence')
      .select(['method', 'currency', 'amount'])
      .where('taken_at', '>=', from)
      .where('taken_at', '<', to)
      .where('counted', '=', 1)
      .execute();
    const paid = await db
      .selectFrom('payments')
      .select(['created_at', 'paid_at'])
      .where('paid_at', '>=', from)
      .where('paid_at', '<', to)
      .execute();
    return { money, paid: paid.map(({ created_at, paid_at }) => ({ tookMs: (paid_at ?? created_at) - created_at })) };
  },
});

async function createdSince(db: Kysely<Schema>, from: number): Promise<PaymentGroup[]> {
  const { rows } = await sql<PaymentGroup>`
    select payments.status as status, coalesce(attempts.method, 'none') as method, payments.currency as currency,
      count(*) as count, sum(payments.amount) as amount
    from payments left join attempts on attempts.id = payments.attempt_id
    where payments.created_at >= ${from} group by payments.status, coalesce(attempts.method, 'none'), payments.currency
  `.execute(db);
  // PostgreSQL's sum of a bigint is a numeric, which is read as a text.
  return rows.map((row) => ({ ...row, count: Number(row.count), amount: Number(row.amount) }));
}

type Sql = ReturnType<typeof sql>;

/** Of all endpoints. */
async function webhooks(db: Kysely<Schema>, where: Sql): Promise<Waiting> {
  const found = await Promise.all(webhookTables.map((table) => waiting(db, sql.table(table), sql`created_at`, where)));
  const times = found.flatMap(({ since }) => since ?? []);
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    since: times.length > 0 ? Math.min(...times) : null,
  };
}

/** The condition is written out and not passed as parameters, since only then it can be seen to fit a partial index. */
async function waiting(db: Kysely<Schema>, table: Sql, since: Sql, where: Sql): Promise<Waiting> {
  const { rows } = await sql<Waiting>`select count(*) as count, min(${since}) as since from ${table} where ${where}`.execute(db);
  const [row] = rows;
  return { count: Number(row?.count ?? 0), since: row?.since == null ? null : Number(row.since) };
}
