/** What a check of the audit's chains reads: the rows of a chain in order, where it has to end, and rows of no chain. */
import { type Kysely, sql } from 'kysely';
import type { AuditTable, Schema } from '../schema.ts';
import { auditContent, operatorLogContent, operatorsChain } from './append.ts';
import type { ChainReader, ReadRow } from './read-chain.ts';

const batchSize = 2_000;
const merchantPrefix = 'merchant:';
export const isOfPayment = (name: string): boolean => name !== operatorsChain && !name.startsWith(merchantPrefix);

/** The rows of one chain by position. */
export async function* rowsOf(db: Kysely<Schema>, name: string): AsyncGenerator<ReadRow> {
  for (let last = 0; ; ) {
    const batch = name === operatorsChain ? await operatorRows(db, last) : await auditRows(db, name, last);
    yield* batch;
    const end = batch.at(-1);
    if (!end || batch.length < batchSize) return;
    last = end.position;
  }
}

async function operatorRows(db: Kysely<Schema>, after: number): Promise<ReadRow[]> {
  const found = db.selectFrom('operator_log').selectAll().where('position', '>', after).orderBy('position').limit(batchSize);
  const rows = await found.execute();
  return rows.map((row) => ({ ...linkOf(row), id: row.id, type: row.action, data: row.data, content: operatorLogContent(row) }));
}

async function auditRows(db: Kysely<Schema>, name: string, after: number): Promise<ReadRow[]> {
  const rows = db.selectFrom('audit').selectAll().where('position', '>', after).orderBy('position').limit(batchSize);
  const own = isOfPayment(name)
    ? rows.where('payment_id', '=', name)
    : rows.where('payment_id', '=', '').where('merchant_id', '=', name.slice(merchantPrefix.length));
  return (await own.execute()).map(readRow);
}

/** The hash of the row in this place of a chain; null if there is none. */
export async function hashAt(db: Kysely<Schema>, name: string, position: number): Promise<string | null> {
  if (name === operatorsChain) {
    const row = await db.selectFrom('operator_log').select('hash').where('position', '=', position).executeTakeFirst();
    return row?.hash ?? null;
  }
  const at = db.selectFrom('audit').select('hash').where('position', '=', position);
  const own = isOfPayment(name)
    ? at.where('payment_id', '=', name)
    : at.where('payment_id', '=', '').where('merchant_id', '=', name.slice(merchantPrefix.length));
  return (await own.executeTakeFirst())?.hash ?? null;
}

export const readRow = (row: AuditTable): ReadRow => ({
  ...linkOf(row),
  id: row.id,
  type: row.type,
  data: row.data,
  content: auditContent(row),
});

/** A row with a place and without a hash was tampered with, and its empty hash will not match. */
const linkOf = ({ position, digest, hash }: Pick<AuditTable, 'position' | 'digest' | 'hash'>) => ({
  position: position ?? 0,
  digest: digest ?? '',
  hash: hash ?? '',
});

/**
 * Whether the last row that was read is the last that was written. The rows of a payment lead to its version, and the other chains
 * end where `audit_chains` says.
 */
export async function endsThere(db: Kysely<Schema>, name: string, reader: ChainReader, removedUpTo: number): Promise<boolean> {
  if (isOfPayment(name)) {
    const payment = await db.selectFrom('payments').select('version').where('id', '=', name).executeTakeFirst();
    const rows = await db.selectFrom('audit').select('data').where('payment_id', '=', name).execute();
    // A payment that retention deletes is gone with all its rows.
    if (!payment) return rows.length === 0;
    return isSameVersion(payment.version, Math.max(0, ...rows.map(({ data }) => versionIn(data) ?? 0)));
  }
  const end = await db.selectFrom('audit_chains').selectAll().where('chain', '=', name).executeTakeFirst();
  if (reader.position() === 0) return !end || end.position <= removedUpTo;
  return end?.position === reader.position() && end.hash === reader.hash();
}

/** A restore lifts the versions of all payments by this, without a row of the audit. */
const liftOfRestore = 1_000_000;
export const isSameVersion = (ofPayment: number | undefined, ofAudit: number): boolean =>
  ofPayment !== undefined && ofPayment % liftOfRestore === ofAudit % liftOfRestore;

/** The version of the payment that an event has led to; null for an event that changed nothing. */
export function versionIn(data: string): number | null {
  const version: unknown = Object(JSON.parse(data)).version;
  return typeof version === 'number' ? version : null;
}

/** Rows that versions without a chain have written. */
export async function unchainedRows(db: Kysely<Schema>) {
  const ofTable = async (table: 'audit' | 'operator_log', sameChain: string) => {
    const { rows } = await sql<{ rows: number; newest: number | null; after: number | null }>`
      select count(*) as rows, max(at) as newest, sum(case when exists (
        select 1 from ${sql.table(table)} as other where ${sql.raw(sameChain)} and other.position is not null and other.at < one.at
      ) then 1 else 0 end) as after
      from ${sql.table(table)} as one where one.position is null`.execute(db);
    return rows[0];
  };
  const found = [
    await ofTable('audit', 'other.payment_id = one.payment_id and other.merchant_id = one.merchant_id'),
    await ofTable('operator_log', '1 = 1'),
  ];
  const newest = found.flatMap((one) => (one?.newest == null ? [] : [Number(one.newest)]));
  const sum = (numbers: readonly unknown[]) => numbers.reduce<number>((all, one) => all + Number(one ?? 0), 0);
  return {
    rows: sum(found.map((one) => one?.rows)),
    newestAt: newest.length > 0 ? Math.max(...newest) : null,
    afterChained: sum(found.map((one) => one?.after)),
  };
}

/** Payments of which every row is gone; each has one from its creation on. */
export async function paymentsWithoutAudit(db: Kysely<Schema>, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from payments where not exists (select 1 from audit where audit.payment_id = payments.id) order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}
