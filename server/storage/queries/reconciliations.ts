/** The daily comparison with the payment services' own lists, and the leases of work that is done once a day. */
import type { Kysely } from 'kysely';
import type { DecisionRecord, FlagRecord } from '../../payments/model/operator-records.ts';
import type {
  DifferenceRecord,
  PeriodicWorkRecord,
  ReconciliationQueries,
  ReconciliationRecord,
} from '../../payments/model/reconciliation-records.ts';
import type { DecisionsTable, FlagsTable } from '../operator-schema.ts';
import type { DifferencesTable, PeriodicWorkTable, ReconciliationsTable } from '../reconciliation-schema.ts';
import { mapper, rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

const works = mapper<PeriodicWorkRecord, PeriodicWorkTable>();
const reconciliations = mapper<ReconciliationRecord, ReconciliationsTable>();
const differences = mapper<DifferenceRecord, DifferencesTable>();
const decisions = mapper<DecisionRecord, DecisionsTable>();
const flags = mapper<FlagRecord, FlagsTable>();

/** PostgreSQL takes at most 65,535 values in one statement. */
const rowsPerInsert = 500;

export const reconciliationQueries = (db: Kysely<Schema>): ReconciliationQueries => ({
  ...workQueries(db),
  ...resultQueries(db),
  ...bookQueries(db),
});

const workQueries = (db: Kysely<Schema>): Pick<ReconciliationQueries, 'leasePeriodicWork' | 'releasePeriodicWork'> => ({
  async leasePeriodicWork(first, now, leaseUntil) {
    const find = () => db.selectFrom('periodic_work').selectAll().where('name', '=', first.name).executeTakeFirst();
    let row = await find();
    if (!row) {
      const fresh = works.toRow({ ...first, leaseUntil: 0 });
      await db
        .insertInto('periodic_work')
        .values(fresh)
        .onConflict((on) => on.column('name').doNothing())
        .execute();
      row = await find();
    }
    if (!row || row.next_at > now || row.lease_until > now) return null;
    // Another process may do the same at once. Only one of the two updates finds the lease still free.
    const leased = await db
      .updateTable('periodic_work')
      .set({ lease_until: leaseUntil })
      .where('name', '=', row.name)
      .where('next_at', '=', row.next_at)
      .where('lease_until', '=', row.lease_until)
      .executeTakeFirst();
    return leased.numUpdatedRows === 1n ? works.toRecord({ ...row, lease_until: leaseUntil }) : null;
  },
  async releasePeriodicWork(work, leased) {
    const { name, ...values } = works.toRow({ ...work, leaseUntil: 0 });
    const own = db.updateTable('periodic_work').set(values).where('name', '=', name).where('lease_until', '=', leased);
    return (await own.executeTakeFirst()).numUpdatedRows === 1n;
  },
});

type ResultQueries = Pick<
  ReconciliationQueries,
  'beginReconciliation' | 'endReconciliation' | 'reconciliation' | 'reconciliations' | 'replaceDifferences' | 'differences'
>;

const resultQueries = (db: Kysely<Schema>): ResultQueries => ({
  async beginReconciliation(wanted) {
    const row = reconciliations.toRow(wanted);
    const inserted = await db
      .insertInto('reconciliations')
      .values(row)
      .onConflict((on) => on.columns(['merchant_id', 'day', 'source']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) return wanted;
    const { id: _id, ...values } = row;
    const again = await db
      .updateTable('reconciliations')
      .set(values)
      .where('merchant_id', '=', wanted.merchantId)
      .where('day', '=', wanted.day)
      .where('source', '=', wanted.source)
      .where('lease_until', '<=', wanted.startedAt)
      .returning('id')
      .executeTakeFirst();
    return again ? { ...wanted, id: again.id } : null;
  },
  async endReconciliation(ended, leased) {
    const { id, ...values } = reconciliations.toRow(ended);
    const own = db.updateTable('reconciliations').set(values).where('id', '=', id).where('lease_until', '=', leased);
    return (await own.executeTakeFirst()).numUpdatedRows === 1n;
  },
  async reconciliation(id) {
    const row = await db.selectFrom('reconciliations').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? reconciliations.toRecord(row) : null;
  },
  async reconciliations(merchants, after, limit) {
    let query = db.selectFrom('reconciliations').selectAll();
    if (merchants?.length === 0) return [];
    if (merchants) query = query.where('merchant_id', 'in', merchants);
    if (after) {
      query = query.where((is) =>
        is.or([
          is('started_at', '<', after.startedAt),
          is.and([is('started_at', '=', after.startedAt), is('id', '<', after.id)]),
        ]),
      );
    }
    const found = await query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return found.map(reconciliations.toRecord);
  },
  async replaceDifferences(reconciliationId, all) {
    await db.deleteFrom('reconciliation_differences').where('reconciliation_id', '=', reconciliationId).execute();
    for (let from = 0; from < all.length; from += rowsPerInsert) {
      const some = all.slice(from, from + rowsPerInsert).map(differences.toRow);
      await db.insertInto('reconciliation_differences').values(some).execute();
    }
  },
  async differences(reconciliationId) {
    const found = db.selectFrom('reconciliation_differences').selectAll().where('reconciliation_id', '=', reconciliationId);
    return (await found.orderBy('at').orderBy('upstream_id').execute()).map(differences.toRecord);
  },
});

type BookQueries = Pick<ReconciliationQueries, 'evidenceTaken' | 'decisionsPaid' | 'decisionOf' | 'flagOf'>;

const bookQueries = (db: Kysely<Schema>): BookQueries => ({
  async evidenceTaken({ merchantId, method, from, to, after, limit }) {
    let query = db
      .selectFrom('evidence')
      .innerJoin('payments', 'payments.id', 'evidence.payment_id')
      .selectAll('evidence')
      .where('payments.merchant_id', '=', merchantId)
      .where('evidence.method', '=', method)
      .where('evidence.taken_at', '>=', from)
      .where('evidence.taken_at', '<', to);
    if (after) {
      query = query.where((is) =>
        is.or([
          is('evidence.taken_at', '>', after.takenAt),
          is.and([is('evidence.taken_at', '=', after.takenAt), is('evidence.upstream_id', '>', after.upstreamId)]),
        ]),
      );
    }
    const found = await query.orderBy('evidence.taken_at').orderBy('evidence.upstream_id').limit(limit).execute();
    return found.map(rows.evidence.toRecord);
  },
  async decisionsPaid({ merchantId, method, from, to, limit }) {
    const found = await db
      .selectFrom('decisions')
      .innerJoin('attempts', 'attempts.id', 'decisions.attempt_id')
      .selectAll('decisions')
      .where('decisions.merchant_id', '=', merchantId)
      .where('decisions.decided_at', '>=', from)
      .where('decisions.decided_at', '<', to)
      .where('decisions.outcome', '=', 'paid')
      .where('decisions.superseded_at', 'is', null)
      .where('attempts.method', '=', method)
      .orderBy('decisions.decided_at')
      .limit(limit)
      .execute();
    return found.map(decisions.toRecord);
  },
  async decisionOf(account, key) {
    const row = await db
      .selectFrom('decisions')
      .selectAll()
      .where('account', '=', account)
      .where('key', '=', key)
      .where('outcome', '=', 'paid')
      .where('superseded_at', 'is', null)
      .executeTakeFirst();
    return row ? decisions.toRecord(row) : null;
  },
  async flagOf(kind, subject) {
    const row = await db
      .selectFrom('flags')
      .selectAll()
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row ? flags.toRecord(row) : null;
  },
});
