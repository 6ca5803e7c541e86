/** Attempts, their intents and their claims. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import type { Engine } from '../database.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { faultIn, leaseDue, releaseLeases, renewLease, schedule } from './leases.ts';
import { webhookTables } from './webhook-tables.ts';

type AttemptQueries = Pick<
  Queries,
  | 'attempt'
  | 'attempts'
  | 'insertAttempt'
  | 'updateAttempt'
  | 'leaseDueAttempts'
  | 'renewLease'
  | 'scheduleCheck'
  | 'stopChecks'
  | 'expediteCheck'
  | 'releaseAllLeases'
  | 'attemptsWithStaleSecret'
  | 'eraseSecret'
  | 'intents'
  | 'insertIntent'
  | 'updateIntent'
>;

export const attemptQueries = (db: Kysely<Schema>): AttemptQueries => {
  const attempts = () => db.selectFrom('attempts').selectAll();
  return {
    async attempt(id) {
      const row = await attempts().where('id', '=', id).executeTakeFirst();
      return row ? rows.attempts.toRecord(row) : null;
    },
    async attempts(paymentId) {
      const found = await attempts().where('payment_id', '=', paymentId).orderBy('started_at').orderBy('id').execute();
      return found.map(rows.attempts.toRecord);
    },
    async insertAttempt(attempt) {
      await db.insertInto('attempts').values(rows.attempts.toRow(attempt)).execute();
    },
    async updateAttempt(attempt) {
      const { id, ...values } = rows.attempts.toRow(attempt);
      await db.updateTable('attempts').set(values).where('id', '=', id).execute();
    },
    leaseDueAttempts: (now, leaseUntil, limit, lanes) =>
      leaseDue(db, 'attempts', rows.attempts.toRecord, { now, leaseUntil, limit, lanes }),
    renewLease: (table, id, now, leaseUntil) => renewLease(db, table, id, { now, leaseUntil }),
    scheduleCheck: (leased, at, restUntil) =>
      schedule(db, 'attempts', ['awaiting_customer', 'unconfirmed', 'declined'], leased, { at, restUntil }),
    async stopChecks(attemptId) {
      await db
        .updateTable('attempts')
        .set({ sealed: null, next_check_at: null, lease_until: 0 })
        .where('id', '=', attemptId)
        .where('status', '=', 'declined')
        .execute();
    },
    async expediteCheck(attemptId, now) {
      await db
        .updateTable('attempts')
        .set({ next_check_at: now })
        .where('id', '=', attemptId)
        // Scheduled for later, or being checked right now: then the next check starts as soon as the lease ends.
        .where((is) =>
          is.or([is('next_check_at', '>', now), is.and([is('next_check_at', '<', now), is('lease_until', '>', now)])]),
        )
        .execute();
    },
    async releaseAllLeases(now) {
      await releaseLeases(db, 'attempts', now);
      await releaseLeases(db, 'discounts', now);
      for (const table of webhookTables) {
        await db
          .updateTable(table)
          .set({ lease_until: 0 })
          .where('status', '=', 'pending')
          .where('lease_until', '>', now)
          .execute();
      }
      await db
        .updateTable('idempotency_keys')
        .set({ lease_until: 0 })
        .where('status', '=', 'running')
        .where('lease_until', '>', now)
        .execute();
    },
    async attemptsWithStaleSecret(method, limit) {
      const found = await attempts()
        .where('method', '=', method)
        .where('sealed', 'is not', null)
        .where('status', 'not in', ['awaiting_customer', 'processing'])
        .orderBy('ended_at')
        .limit(limit)
        .execute();
      // A row that cannot be read does not keep the secrets of others. Its error is thrown once nothing else is to be done.
      const readable = found.filter((row) => faultIn(() => rows.attempts.toRecord(row)) === null);
      return (readable.length > 0 ? readable : found).map(rows.attempts.toRecord);
    },
    async eraseSecret(attemptId) {
      await db.updateTable('attempts').set({ sealed: null }).where('id', '=', attemptId).execute();
    },
    async intents(attemptId) {
      const found = await db
        .selectFrom('intents')
        .selectAll()
        .where('attempt_id', '=', attemptId)
        .orderBy('created_at')
        .execute();
      return found.map(rows.intents.toRecord);
    },
    async insertIntent(intent) {
      await db.insertInto('intents').values(rows.intents.toRow(intent)).execute();
    },
    async updateIntent(intent) {
      const { id, ...values } = rows.intents.toRow(intent);
      await db.updateTable('intents').set(values).where('id', '=', id).execute();
    },
  };
};

/** Which payment claims something that can pay only once, such as a transaction number. */
type ClaimQueries = Pick<Queries, 'claim' | 'claimOf' | 'claimsOfAttempt' | 'updateClaim'>;

export const claimQueries = (db: Kysely<Schema>, engine: Engine): ClaimQueries => ({
  async claim(claim) {
    const row = rows.claims.toRow(claim);
    // An earlier contest is kept, since the rival still claims it.
    const { contested: _, ...taken } = row;
    // The unique key lets one of many through; the others wait until its transaction has ended.
    const inserted = await db
      .insertInto('claims')
      .values(row)
      .onConflict((on) => on.columns(['account', 'key']).doUpdateSet(taken).where('claims.status', '=', 'released'))
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  },
  async claimOf(account, key) {
    const row = await db
      .selectFrom('claims')
      .selectAll()
      .where('account', '=', account)
      .where('key', '=', key)
      .executeTakeFirst();
    return row ? rows.claims.toRecord(row) : null;
  },
  async claimsOfAttempt(attemptId) {
    const own = db.selectFrom('claims').selectAll().where('attempt_id', '=', attemptId);
    // Locked, so that a rival's contest of the same moment is not overwritten.
    return (await (engine === 'postgres' ? own.forUpdate() : own).execute()).map(rows.claims.toRecord);
  },
  async updateClaim(claim) {
    const { account, key, ...values } = rows.claims.toRow(claim);
    await db.updateTable('claims').set(values).where('account', '=', account).where('key', '=', key).execute();
  },
});
