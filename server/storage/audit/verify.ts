/**
 * Reads the whole audit and says whether its chains hold: every row is as it was written, none was added, and none is gone, be it
 * between others or at the end. The servers may run meanwhile.
 */
import { type Kysely, sql } from 'kysely';
import { openDatabase } from '../database.ts';
import type { AuditTable, Schema } from '../schema.ts';
import { operatorsChain } from './append.ts';
import type { AuditChain } from './chain.ts';
import { endsThere, isSameVersion, paymentsWithoutAudit, readRow, rowsOf, unchainedRows, versionIn } from './chain-rows.ts';
import { type ChainReader, createChainReader, type Fault } from './read-chain.ts';
import { removedByRetention } from './retention.ts';

export interface AuditReport {
  chains: number;
  rows: number;
  /** The first row that does not hold of each broken chain, and at most `mostFaults` of them. */
  faults: Fault[];
  brokenChains: number;
  /**
   * Rows without a hash, of versions that wrote none. `newestAt`: milliseconds since 1970. `afterChained`: how many of them came
   * after rows with a hash, as from a process of the version before while the versions were exchanged.
   */
  unchained: { rows: number; newestAt: number | null; afterChained: number };
  /** Rows under a key that is not configured, of which nobody can say whether they hold. */
  unreadable: number;
}

export const mostFaults = 20;
const batchSize = 2_000;

export async function verifyAudit(databaseUrl: string, chain: AuditChain): Promise<AuditReport> {
  const { db } = openDatabase(databaseUrl);
  try {
    const { rows: removed } = await removedByRetention(db, chain);
    const removedUpTo = (name: string) => removed.get(name) ?? 0;
    const report: AuditReport = {
      chains: 0,
      rows: 0,
      faults: [],
      brokenChains: 0,
      unchained: await unchainedRows(db),
      unreadable: 0,
    };
    const end = async (name: string, reader: ChainReader, isWhole: boolean) => {
      report.chains += 1;
      report.unreadable += reader.unreadable();
      if (isWhole && !reader.fault()) return;
      // Rows may have come, or been erased, while it was read in parts. So it is read again as it was at one moment.
      const reading = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
      const fault = await reading.execute((tx) => readOne(tx, chain, name));
      if (!fault) return;
      report.brokenChains += 1;
      if (report.faults.length < mostFaults) report.faults.push(fault);
    };
    const names = new Set([operatorsChain]);
    for (const { chain: name } of await db.selectFrom('audit_chains').select('chain').orderBy('chain').execute()) names.add(name);
    for (const name of names) {
      const reader = createChainReader(chain, name, removedUpTo(name));
      for await (const row of rowsOf(db, name)) {
        reader.take(row);
        report.rows += 1;
      }
      await end(name, reader, await endsThere(db, name, reader, removedUpTo(name)));
    }
    report.rows += await readPayments(db, chain, end);
    for (const id of await paymentsWithoutAudit(db, mostFaults)) {
      report.brokenChains += 1;
      if (report.faults.length < mostFaults) report.faults.push({ chain: id, id: null, position: null, what: 'end' });
    }
    return report;
  } finally {
    await db.destroy();
  }
}

/** Follows the chains of all payments in the order of the index, many payments in one query. @returns The number of rows. */
async function readPayments(
  db: Kysely<Schema>,
  chain: AuditChain,
  end: (name: string, reader: ChainReader, isWhole: boolean) => Promise<void>,
): Promise<number> {
  let count = 0;
  /** The rows of the payment that is being read; a batch may end within it. */
  let own: AuditTable[] = [];
  const finish = async (version: number | undefined) => {
    const [first] = own;
    if (!first) return;
    const reader = createChainReader(chain, first.payment_id, 0);
    for (const row of own) reader.take(readRow(row));
    const led = Math.max(0, ...own.map(({ data }) => versionIn(data) ?? 0));
    await end(first.payment_id, reader, isSameVersion(version, led));
    own = [];
  };
  let versions = new Map<string, number>();
  for (let last: AuditTable | undefined; ; ) {
    const batch = await nextRows(db, last);
    const before = own[0];
    const ids = [...new Set([...(before ? [before] : []), ...batch].map(({ payment_id }) => payment_id))];
    versions = await versionsOf(db, ids);
    for (const row of batch) {
      if (own[0] && own[0].payment_id !== row.payment_id) await finish(versions.get(own[0].payment_id));
      own.push(row);
    }
    count += batch.length;
    last = batch.at(-1);
    if (batch.length < batchSize) break;
  }
  if (own[0]) await finish(versions.get(own[0].payment_id));
  return count;
}

function nextRows(db: Kysely<Schema>, last: AuditTable | undefined): Promise<AuditTable[]> {
  const { payment_id = '', merchant_id = '', position = 0 } = last ?? {};
  return db
    .selectFrom('audit')
    .selectAll()
    .where('payment_id', '!=', '')
    .where('position', 'is not', null)
    .where(sql<boolean>`(payment_id, merchant_id, position) > (${payment_id}, ${merchant_id}, ${position})`)
    .orderBy('payment_id')
    .orderBy('merchant_id')
    .orderBy('position')
    .limit(batchSize)
    .execute();
}

async function versionsOf(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const found = await db.selectFrom('payments').select(['id', 'version']).where('id', 'in', ids).execute();
  return new Map(found.map(({ id, version }) => [id, version]));
}

/** Reads one chain within a transaction that sees one moment. */
async function readOne(tx: Kysely<Schema>, chain: AuditChain, name: string): Promise<Fault | null> {
  const removedUpTo = (await removedByRetention(tx, chain)).rows.get(name) ?? 0;
  const reader = createChainReader(chain, name, removedUpTo);
  for await (const row of rowsOf(tx, name)) reader.take(row);
  const fault = reader.fault();
  if (fault) return fault;
  const isWhole = await endsThere(tx, name, reader, removedUpTo);
  return isWhole ? null : { chain: name, id: null, position: reader.position() + 1, what: 'end' };
}
