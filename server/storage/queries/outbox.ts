/** Webhooks waiting to be sent: leased one by one, and in order within a payment and endpoint. */
import { type Kysely, sql } from 'kysely';
import { newId } from '../../payments/model/ids.ts';
import type { Backlog } from '../../payments/model/operator-queries.ts';
import type { Queries } from '../../payments/model/store.ts';
import { erasedBody } from '../../payments/model/webhook-queries.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { isAfter, isFurther, isNotOf, isOf, tableOf, webhookTables } from './webhook-tables.ts';

type OutboxQueries = Pick<
  Queries,
  'insertOutbox' | 'writeMissingWebhooks' | 'leaseDueWebhooks' | 'updateOutbox' | 'expediteWebhooks' | 'expediteUnwanted'
>;

export const outboxQueries = (db: Kysely<Schema>): OutboxQueries => ({
  async insertOutbox(row) {
    await db.insertInto(tableOf(row.endpoint)).values(rows.outbox.toRow(row)).execute();
  },
  async writeMissingWebhooks({ merchantId, endpoint, toAt }, after, most) {
    const looked = await db
      .selectFrom('outbox')
      .select(['created_at', 'id'])
      .select(
        sql<string | null>`(
          select own.id from endpoint_webhooks as own
          where own.payment_id = outbox.payment_id and own.endpoint = ${endpoint} and own.sequence = outbox.sequence
        )`.as('own'),
      )
      .where('merchant_id', '=', merchantId)
      .where('created_at', '<', toAt)
      .where((is) => isAfter(is, after))
      .orderBy('created_at')
      .orderBy('id')
      .limit(most)
      .execute();
    const lacking = looked.flatMap(({ id, own }) => (own === null ? [id] : []));
    if (lacking.length > 0) await copyTo(db, endpoint, lacking);
    const last = looked.length < most ? undefined : looked.at(-1);
    return last ? { createdAt: last.created_at, id: last.id } : null;
  },
  async leaseDueWebhooks(now, leaseUntil, limit, except) {
    const leased = [];
    for (const table of webhookTables) {
      let waiting = db
        .selectFrom(`${table} as waiting`)
        .selectAll()
        .where('status', '=', 'pending')
        .where('next_try_at', '<=', now)
        .where('lease_until', '<=', now)
        // Not before the earlier ones of the same payment. One that was given up no longer blocks the others.
        .where((is) => {
          const earlier = is
            .selectFrom(`${table} as earlier`)
            .select('earlier.id')
            .whereRef('earlier.payment_id', '=', 'waiting.payment_id')
            .whereRef('earlier.sequence', '<', 'waiting.sequence')
            .where('earlier.status', '=', 'pending');
          return is.not(is.exists(isFurther(table) ? earlier.where(sql<boolean>`earlier.endpoint = waiting.endpoint`) : earlier));
        });
      const others = isNotOf(table, except);
      if (others) waiting = waiting.where(others);
      for (const row of await waiting.orderBy('next_try_at').limit(limit).execute()) {
        const lease = await db
          .updateTable(table)
          .set({ lease_until: leaseUntil })
          .where('id', '=', row.id)
          .where('status', '=', 'pending')
          .where('lease_until', '=', row.lease_until)
          .executeTakeFirst();
        if (lease.numUpdatedRows === 1n) leased.push(rows.outbox.toRecord({ ...row, lease_until: leaseUntil }));
      }
    }
    return leased;
  },
  async updateOutbox(row, leased) {
    const { id, ...values } = rows.outbox.toRow(row);
    let update = db
      .updateTable(tableOf(row.endpoint))
      .set(values)
      .where('id', '=', id)
      .where('status', '=', 'pending')
      .where('replayed_at', 'is not distinct from', row.replayedAt);
    if (row.status !== 'delivered') update = update.where('lease_until', '=', leased);
    await update.execute();
  },
  async expediteUnwanted(to, now, types) {
    await expedite(db, to, now).where('type', 'in', types).where('replayed_at', 'is', null).execute();
  },
  async expediteWebhooks(to, now, restMs, longestWaits, gone = []) {
    await expedite(db, to, now)
      .where((is) =>
        is.or([
          ...(gone.length > 0 ? [is('id', 'in', gone)] : []),
          ...longestWaits.map((longest, at) =>
            is.and([
              is('tries', at + 1 === longestWaits.length ? '>=' : '=', at + 1),
              is('next_try_at', '<=', Math.round(now + longest - restMs)),
            ]),
          ),
        ]),
      )
      .execute();
  },
});

/** Writes webhooks of the first endpoint for a further one, as left out. Those whose body was erased are gone. */
async function copyTo(db: Kysely<Schema>, endpoint: string, ids: readonly string[]): Promise<void> {
  const found = await db.selectFrom('outbox').selectAll().where('id', 'in', ids).where('body', '!=', erasedBody).execute();
  if (found.length === 0) return;
  const unsent = { status: 'filtered', tries: 0, leaseUntil: 0, deliveredAt: null, replayedAt: null } as const;
  const copies = found.map((row) => ({ ...rows.outbox.toRecord(row), ...unsent, id: newId('evt'), endpoint }));
  // Another process may do the same at the same time: each webhook of a payment has one row for each endpoint.
  await db
    .insertInto(tableOf(endpoint))
    .values(copies.map(rows.outbox.toRow))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Makes those that would be tried later due now; which of them is for the caller to say. */
const expedite = (db: Kysely<Schema>, to: Parameters<typeof isOf>[0], now: number) =>
  db
    .updateTable(tableOf(to.endpoint))
    .set({ next_try_at: now })
    .where(isOf(to))
    .where('status', '=', 'pending')
    .where('next_try_at', '>', now);

/** Counts what waits for a check, a person or a delivery; for the operator's metrics. */
export async function backlog(db: Kysely<Schema>): Promise<Backlog> {
  const count = (table: 'attempts' | 'discounts' | 'payments' | 'outbox' | 'postbacks') =>
    db.selectFrom(table).select((is) => is.fn.countAll().as('rows'));
  const undelivered = (table: 'outbox') =>
    count(table)
      .where('status', '!=', 'delivered')
      .where((is) => is.or([is('tries', '>', 0), is('next_try_at', '>', is.ref('created_at'))]))
      .executeTakeFirst();
  const [unresolved, unredeemed, needsReview, unmatched, ...webhooks] = await Promise.all([
    count('attempts')
      .where('status', 'in', ['processing', 'refunding'])
      .where('unknown_since', 'is not', null)
      .executeTakeFirst(),
    // The first check comes half a minute after the call. Until then its answer is on its way.
    count('discounts')
      .where('next_check_at', 'is not', null)
      .where('status', '=', 'unknown')
      .where('checks', '>', 0)
      .executeTakeFirst(),
    count('payments').where('status', '=', 'needs_review').executeTakeFirst(),
    count('postbacks').where('status', '=', 'unmatched').executeTakeFirst(),
    ...webhookTables.map(undelivered),
  ]);
  return {
    pendingReconciliation: Number(unresolved?.rows ?? 0) + Number(unredeemed?.rows ?? 0),
    needsReview: Number(needsReview?.rows ?? 0),
    undeliveredWebhooks: webhooks.reduce((sum, found) => sum + Number(found?.rows ?? 0), 0),
    unmatchedPostbacks: Number(unmatched?.rows ?? 0),
  };
}
