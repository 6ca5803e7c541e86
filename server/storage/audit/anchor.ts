/**
 * An anchor says where chains of the audit have ended at a moment. Kept where the database's administrators have no access, it shows
 * later that the end of no chain was cut off since: a hash that is in the anchor has to be in its place still.
 */
import type { Kysely } from 'kysely';
import { openDatabase } from '../database.ts';
import type { Schema } from '../schema.ts';
import type { AuditChain, Link } from './chain.ts';
import { hashAt, isOfPayment } from './chain-rows.ts';
import type { Fault } from './read-chain.ts';
import { removedByRetention } from './retention.ts';

/** Of a payment also whose it is, and when it changed last, milliseconds since 1970: retention counts from then. */
type End = Pick<Link, 'position' | 'hash'> & { merchant?: string; at?: number };

export interface Anchor {
  /** When it was made, milliseconds since 1970. */
  at: number;
  /** It has the payments about which something was written since then, milliseconds since 1970; of the other chains all. */
  since: number;
  /** The newest row of each chain, by the chain's name: `operators`, `merchant:<id>`, or the id of a payment. */
  ends: Record<string, End>;
}

const batchSize = 1_000;

/** The servers may run. @param since Milliseconds since 1970. */
export async function readAnchor(databaseUrl: string, since: number, now: number): Promise<Anchor> {
  const { db } = openDatabase(databaseUrl);
  try {
    const ends: Anchor['ends'] = {};
    const chains = await db.selectFrom('audit_chains').selectAll().orderBy('chain').execute();
    for (const { chain, position, hash } of chains) ends[chain] = { position, hash };
    // By their rows and not by when they changed: a flag that is closed adds a row and changes no payment.
    const written = db.selectFrom('audit').select('payment_id').distinct().where('at', '>=', since).where('payment_id', '<>', '');
    const ids = (await written.execute()).map(({ payment_id }) => payment_id);
    for (let at = 0; at < ids.length; at += batchSize)
      for (const [id, end] of await endsOf(db, ids.slice(at, at + batchSize))) ends[id] = end;
    return { at: now, since, ends };
  } finally {
    await db.destroy();
  }
}

/** Payments without a row that has a hash are left out. */
async function endsOf(db: Kysely<Schema>, ids: readonly string[]): Promise<ReadonlyMap<string, End>> {
  const ends = new Map<string, End>();
  if (ids.length === 0) return ends;
  const rows = await db
    .selectFrom('audit')
    .innerJoin('payments', 'payments.id', 'audit.payment_id')
    .select(['payment_id', 'position', 'hash', 'payments.merchant_id', 'payments.updated_at'])
    .where('payment_id', 'in', ids)
    .where('position', 'is not', null)
    .orderBy('payment_id')
    .orderBy('position')
    .execute();
  for (const { payment_id, position, hash, merchant_id: merchant, updated_at: at } of rows)
    if (position !== null && hash !== null) ends.set(payment_id, { position, hash, merchant, at });
  return ends;
}

export interface AnchorReport {
  /** How many ends are where the anchor has them. */
  held: number;
  /** How many cannot be looked for any more, because retention has deleted their rows. */
  removed: number;
  /** Chains that do not go through the end that the anchor has. */
  faults: Fault[];
}

/**
 * Compares the database with an anchor. That the chains themselves hold is what `verifyAudit` checks. What retention has deleted is what it
 * has said before, and not what the merchants file of today would let it delete.
 */
export async function checkAnchor(databaseUrl: string, chain: AuditChain, { ends }: Anchor): Promise<AnchorReport> {
  const { db } = openDatabase(databaseUrl);
  try {
    const { rows: removedUpTo, paymentsBefore } = await removedByRetention(db, chain);
    const report: AnchorReport = { held: 0, removed: 0, faults: [] };
    for (const [name, end] of Object.entries(ends)) {
      const stored = await hashAt(db, name, end.position);
      const mayBeGone = isOfPayment(name) ? isBefore(end, paymentsBefore) : end.position <= (removedUpTo.get(name) ?? 0);
      if (stored === end.hash) report.held += 1;
      // Retention deletes a payment with all its rows.
      else if (stored === null && mayBeGone && !(await hasPayment(db, name))) report.removed += 1;
      else report.faults.push({ chain: name, id: null, position: end.position, what: 'anchor' });
    }
    return report;
  } finally {
    await db.destroy();
  }
}

const isBefore = ({ merchant, at }: End, cutoffs: ReadonlyMap<string, number>): boolean =>
  merchant !== undefined && at !== undefined && at < (cutoffs.get(merchant) ?? 0);

async function hasPayment(db: Kysely<Schema>, id: string): Promise<boolean> {
  return (await db.selectFrom('payments').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** Null for what is no anchor. */
export function parseAnchor(text: string): Anchor | null {
  try {
    const { at, since, ends } = Object(JSON.parse(text)) as Partial<Anchor>;
    const isWhole = Number.isSafeInteger(at) && Number.isSafeInteger(since) && Object.values(Object(ends)).every(isEnd);
    return isWhole && ends ? { at: Number(at), since: Number(since), ends } : null;
  } catch {
    return null;
  }
}

function isEnd(value: unknown): value is End {
  const { position, hash } = Object(value) as Partial<End>;
  return Number.isSafeInteger(position) && typeof hash === 'string';
}
