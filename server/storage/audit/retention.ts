/**
 * How retention deletes the oldest rows of the chains that belong to no payment. Before it does, it says so in the operators' chain,
 * so that rows which anybody else has deleted are told from these. The chain of a payment goes with the payment, as a whole; that is said
 * there, too.
 */
import { type Kysely, sql } from 'kysely';
import { newId } from '../../payments/model/ids.ts';
import type { Schema } from '../schema.ts';
import { appendOperatorLog, operatorLogContent, operatorsChain } from './append.ts';
import type { AuditChain } from './chain.ts';

const action = 'prune';
/** The `data` of its row, as `Removed`. */
interface Removal {
  removed: Record<string, number>;
  paymentsBefore?: Record<string, number>;
}

interface Removed {
  /** Up to which position the rows of each chain may be gone. */
  rows: ReadonlyMap<string, number>;
  /** By merchant: payments that changed last before this time may be gone. Milliseconds since 1970. */
  paymentsBefore: ReadonlyMap<string, number>;
}

/** What retention has deleted. A row that was not written with the key does not count. */
export async function removedByRetention(db: Kysely<Schema>, chain: AuditChain): Promise<Removed> {
  const rows = await db
    .selectFrom('operator_log')
    .selectAll()
    .where('action', '=', action)
    .where('position', 'is not', null)
    .orderBy('position')
    .execute();
  const removed = new Map<string, number>();
  const before = new Map<string, number>();
  for (const row of rows) {
    if (row.digest === null || !chain.matches(row.digest, operatorLogContent(row))) continue;
    const { removed: positions, paymentsBefore = {} } = JSON.parse(row.data) as Removal;
    for (const [name, position] of Object.entries(positions)) removed.set(name, position);
    for (const [merchantId, time] of Object.entries(paymentsBefore)) before.set(merchantId, time);
  }
  return { rows: removed, paymentsBefore: before };
}

/** Says all that may be gone, since the row that said it of another chain is deleted one day as well. */
async function sayRemoved(db: Kysely<Schema>, chain: AuditChain, { rows, paymentsBefore }: Removed, now: number): Promise<void> {
  const data: Removal = { removed: Object.fromEntries(rows), paymentsBefore: Object.fromEntries(paymentsBefore) };
  await appendOperatorLog(db, chain, { id: newId('log'), operator: '', action, target: '', data: JSON.stringify(data), at: now });
}

/** Called before payments are deleted. @param cutoffs By merchant: those that changed last before this time. */
export async function announceRemovedPayments(
  db: Kysely<Schema>,
  chain: AuditChain,
  cutoffs: ReadonlyMap<string, number>,
  now: number,
): Promise<void> {
  if (cutoffs.size === 0) return;
  const known = await removedByRetention(db, chain);
  const paymentsBefore = new Map(known.paymentsBefore);
  for (const [merchantId, time] of cutoffs) paymentsBefore.set(merchantId, Math.max(time, paymentsBefore.get(merchantId) ?? 0));
  await sayRemoved(db, chain, { ...known, paymentsBefore }, now);
}

/**
 * Deletes the rows of the chains of merchants and operators that are too old.
 * @param cutoffs By the name of the chain: rows before this time are too old. Milliseconds since 1970.
 * @returns How many rows were deleted.
 */
export async function pruneChains(
  db: Kysely<Schema>,
  chain: AuditChain,
  cutoffs: ReadonlyMap<string, number>,
  now: number,
  deleteRows: (table: 'audit' | 'operator_log', where: ReturnType<typeof sql>) => Promise<number>,
): Promise<number> {
  const { rows: before, paymentsBefore } = await removedByRetention(db, chain);
  const removed = new Map(before);
  for (const [name, cutoff] of cutoffs) {
    const position = await lastBefore(db, name, cutoff);
    if (position !== null && position > (before.get(name) ?? 0)) removed.set(name, position);
  }
  if ([...removed].some(([name, position]) => before.get(name) !== position))
    await sayRemoved(db, chain, { rows: removed, paymentsBefore }, now);
  let deleted = 0;
  for (const [name, cutoff] of cutoffs) {
    const { table, own } = rowsOfChain(name);
    const old = sql`${own} and (position <= ${removed.get(name) ?? 0} or (position is null and at < ${cutoff}))`;
    deleted += await deleteRows(table, old);
  }
  return deleted;
}

/** The last position that is too old together with all before it; null if the first row is not. Clocks of processes differ. */
async function lastBefore(db: Kysely<Schema>, name: string, cutoff: number): Promise<number | null> {
  const { table, own } = rowsOfChain(name);
  const { rows } = await sql<{ last: number | null }>`
    select max(position) as last from ${sql.table(table)} where ${own} and at < ${cutoff} and position < coalesce(
      (select min(position) from ${sql.table(table)} where ${own} and at >= ${cutoff}), ${Number.MAX_SAFE_INTEGER})
  `.execute(db);
  return rows[0]?.last == null ? null : Number(rows[0].last);
}

function rowsOfChain(name: string): { table: 'audit' | 'operator_log'; own: ReturnType<typeof sql> } {
  if (name === operatorsChain) return { table: 'operator_log', own: sql`1 = 1` };
  return { table: 'audit', own: sql`payment_id = '' and merchant_id = ${name.slice('merchant:'.length)}` };
}
