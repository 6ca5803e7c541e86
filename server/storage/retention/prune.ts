/**
 * Deletes what need not be kept any longer. Money, decisions and the audit are kept for five years by default, the bodies of
 * webhooks and postbacks for half a year; a merchant may have other times. What is not over is never deleted.
 */
import { type Kysely, sql } from 'kysely';
import { dayMs } from '../../payments/model/time.ts';
import { chainOf, operatorsChain } from '../audit/append.ts';
import type { AuditChain } from '../audit/chain.ts';
import { announceRemovedPayments, pruneChains } from '../audit/retention.ts';
import { openDatabase } from '../database.ts';
import { webhookTables } from '../queries/webhook-tables.ts';
import type { Schema } from '../schema.ts';

/** Days. */
export interface Retention {
  /** Payments with their attempts, calls, evidence, decisions, refunds, webhooks and audit events, counted from their last change. */
  moneyDays: number;
  /** The bodies of delivered or given up webhooks, and of applied postbacks. Their rows stay. */
  bodyDays: number;
}

export const usualRetention: Retention = { moneyDays: 5 * 366, bodyDays: 180 };

export interface Pruned {
  payments: number;
  webhookBodies: number;
  postbackBodies: number;
  /** Rows about no payment: readings of operators, audit events of a merchant, orders of pay codes, postbacks, flags. */
  others: number;
}

/** As `erasedBody` of the webhooks' log; it is also in the conditions of two indexes, and so written out. */
const erased = sql`'{"erased":true}'`;

/** @param retentionOf The times of a merchant; merchants that left the merchants file are asked for too. */
export async function prune(
  databaseUrl: string,
  chain: AuditChain,
  now: number,
  retentionOf: (merchantId: string) => Retention = () => usualRetention,
): Promise<Pruned> {
  const { db } = openDatabase(databaseUrl);
  const pruned: Pruned = { payments: 0, webhookBodies: 0, postbackBodies: 0, others: 0 };
  const oldest = now - usualRetention.moneyDays * dayMs;
  const chains = new Map([[operatorsChain, oldest]]);
  try {
    const merchants = await merchantsIn(db);
    const announced = new Map<string, number>();
    for (const merchantId of merchants) {
      const money = now - retentionOf(merchantId).moneyDays * dayMs;
      if (await hasOldPayment(db, merchantId, money)) announced.set(merchantId, money);
    }
    await announceRemovedPayments(db, chain, announced, now);
    for (const merchantId of merchants) {
      const { moneyDays, bodyDays } = retentionOf(merchantId);
      const [money, bodies] = [now - moneyDays * dayMs, now - bodyDays * dayMs];
      pruned.payments += await prunePayments(db, merchantId, money);
      for (const table of webhookTables) {
        pruned.webhookBodies += await eraseBodies(
          db,
          sql.table(table),
          sql`merchant_id = ${merchantId} and created_at < ${bodies} and status != 'pending'`,
        );
      }
      pruned.postbackBodies += await eraseBodies(
        db,
        sql`postbacks`,
        sql`merchant_id = ${merchantId} and received_at < ${bodies} and status = 'applied'`,
      );
      chains.set(chainOf({ payment_id: '', merchant_id: merchantId }), money);
      pruned.others += await deleteRows(db, sql`code_batches`, sql`merchant_id = ${merchantId} and ended_at < ${money}`);
      pruned.others += await deleteRows(
        db,
        sql`postbacks`,
        sql`merchant_id = ${merchantId} and received_at < ${money} and status = 'applied'`,
      );
      // Those with a payment go with it.
      pruned.others += await deleteRows(
        db,
        sql`postback_items`,
        sql`merchant_id = ${merchantId} and payment_id is null and status = 'dismissed' and matched_at < ${money}`,
      );
      pruned.others += await deleteRows(
        db,
        sql`flags`,
        sql`merchant_id = ${merchantId} and payment_id is null and closed_at < ${money}`,
      );
    }
    pruned.others += await deleteRows(db, sql`webhook_replays`, sql`ended_at < ${now - usualRetention.bodyDays * dayMs}`);
    pruned.others += await pruneChains(db, chain, chains, now, (table, where) => deleteRows(db, sql.table(table), where));
    await db.deleteFrom('reconciliation_differences').where('at', '<', oldest).execute();
    pruned.others += await deleteRows(db, sql`reconciliations`, sql`started_at < ${oldest}`);
    return pruned;
  } finally {
    await db.destroy();
  }
}

async function merchantsIn(db: Kysely<Schema>): Promise<string[]> {
  const found: string[] = [];
  for (let last = ''; ; ) {
    // One step in the index for each merchant, whatever the number of payments.
    const next = await db
      .selectFrom('payments')
      .select('merchant_id')
      .where('merchant_id', '>', last)
      .orderBy('merchant_id')
      .limit(1)
      .executeTakeFirst();
    if (!next) return found;
    last = next.merchant_id;
    found.push(last);
  }
}

/** Whether there may be something to delete. */
async function hasOldPayment(db: Kysely<Schema>, merchantId: string, before: number): Promise<boolean> {
  const oldest = db.selectFrom('payments').select('id').where('merchant_id', '=', merchantId).where('created_at', '<', before);
  return (await oldest.where('status', 'in', ended).where('updated_at', '<', before).limit(1).executeTakeFirst()) !== undefined;
}

const batchSize = 200;
/** Statuses out of which nothing moves a payment but a person or new money. */
const ended = ['succeeded', 'canceled', 'expired', 'refunded'];

async function prunePayments(db: Kysely<Schema>, merchantId: string, before: number): Promise<number> {
  let deleted = 0;
  for (const status of ended) {
    for (let after = { created_at: 0, id: '' }; ; ) {
      const batch = await db
        .selectFrom('payments')
        .select(['id', 'created_at', 'updated_at'])
        .where('merchant_id', '=', merchantId)
        .where('status', '=', status)
        .where('created_at', '<', before)
        .where(sql<boolean>`(created_at, id) > (${after.created_at}, ${after.id})`)
        .orderBy('created_at')
        .orderBy('id')
        .limit(batchSize)
        .execute();
      const last = batch.at(-1);
      if (!last) break;
      after = last;
      const old = batch.filter(({ updated_at }) => updated_at < before).map(({ id }) => id);
      if (old.length > 0) deleted += await db.transaction().execute((tx) => deletePayments(tx, old, before));
    }
  }
  return deleted;
}

/** Tables that belong to a payment, by its id. */
export const tablesOfPayments = [
  'client_secrets',
  'evidence',
  'outbox',
  'endpoint_webhooks',
  'audit',
  'decisions',
  'refunds',
  'approvals',
  'flags',
  'postback_items',
] as const;
/** Tables that belong to an attempt or a discount, by its id. */
export const tablesOfAttempts = ['intents', 'claims'] as const;

/** What the queue shows, or is still on its way, beside a payment that is over. */
const waitsForSomebody = sql`
  exists (select 1 from flags where flags.payment_id = payments.id and flags.closed_at is null)
  or exists (select 1 from approvals where approvals.payment_id = payments.id and approvals.status = 'pending')
  or exists (select 1 from evidence where evidence.payment_id = payments.id and evidence.counted = 0 and evidence.disposition is null)
  or exists (select 1 from refunds where refunds.payment_id = payments.id and refunds.status in ('running', 'needs_review'))
  or exists (select 1 from outbox where outbox.payment_id = payments.id and outbox.status = 'pending')
  or exists (select 1 from endpoint_webhooks as w where w.payment_id = payments.id and w.status = 'pending')`;

async function deletePayments(tx: Kysely<Schema>, ids: readonly string[], before: number): Promise<number> {
  // Read again inside the transaction, in which they are deleted: money may have come since.
  const still = await tx
    .selectFrom('payments')
    .select('id')
    .where('id', 'in', ids)
    .where('status', 'in', ended)
    .where('updated_at', '<', before)
    .where(sql<boolean>`not (${waitsForSomebody})`)
    .execute();
  const old = still.map(({ id }) => id);
  if (old.length === 0) return 0;
  const attempts = await tx.selectFrom('attempts').select('id').where('payment_id', 'in', old).execute();
  const discounts = await tx.selectFrom('discounts').select('id').where('payment_id', 'in', old).execute();
  const attemptIds = [...attempts, ...discounts].map(({ id }) => id);
  for (const table of attemptIds.length > 0 ? tablesOfAttempts : []) {
    await tx
      .deleteFrom(table as 'intents')
      .where('attempt_id', 'in', attemptIds)
      .execute();
  }
  for (const table of webhookTables) {
    const webhooks = tx.selectFrom(table).select('id').where('payment_id', 'in', old);
    await tx.deleteFrom('deliveries').where('event_id', 'in', webhooks).execute();
  }
  for (const table of [...tablesOfPayments, 'attempts', 'discounts'] as const) {
    await tx
      .deleteFrom(table as 'attempts')
      .where('payment_id', 'in', old)
      .execute();
  }
  await tx.deleteFrom('payments').where('id', 'in', old).execute();
  return old.length;
}

type Sql = ReturnType<typeof sql>;

async function eraseBodies(db: Kysely<Schema>, table: Sql, where: Sql): Promise<number> {
  return inBatches(() =>
    sql`update ${table} set body = ${erased} where id in (select id from ${table} where ${where} and body != ${erased} limit ${batchSize})`.execute(
      db,
    ),
  );
}

async function deleteRows(db: Kysely<Schema>, table: Sql, where: Sql): Promise<number> {
  return inBatches(() =>
    sql`delete from ${table} where id in (select id from ${table} where ${where} limit ${batchSize})`.execute(db),
  );
}

/** Short transactions, so that customers do not wait for a long one. */
async function inBatches(run: () => Promise<{ numAffectedRows?: bigint }>): Promise<number> {
  for (let all = 0; ; ) {
    const count = Number((await run()).numAffectedRows ?? 0);
    all += count;
    if (count < batchSize) return all;
  }
}
