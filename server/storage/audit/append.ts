/**
 * Writes rows of the audit into their chains. Each payment has a chain of its own, under the lock of the payment's row, so that
 * payments do not wait for each other. What belongs to no payment is in the chain of its merchant, and what operators read in
 * theirs; those are rare, and wait for each other at the row of their chain in `audit_chains`.
 */
import type { Kysely } from 'kysely';
import type { OperatorLogTable } from '../operator-schema.ts';
import type { AuditTable, Schema } from '../schema.ts';
import type { AuditChain, Content, Link } from './chain.ts';

export type AuditRow = Omit<AuditTable, keyof Link>;
export type OperatorLogRow = Omit<OperatorLogTable, keyof Link>;

export const operatorsChain = 'operators';
/** The chain of a row of `audit`. */
export const chainOf = ({ payment_id, merchant_id }: Pick<AuditRow, 'payment_id' | 'merchant_id'>): string =>
  payment_id === '' ? `merchant:${merchant_id}` : payment_id;

export const auditContent = ({ id, payment_id, merchant_id, type, data, at }: AuditRow): Content => [
  'audit',
  id,
  payment_id,
  merchant_id,
  type,
  data,
  at,
];
export const operatorLogContent = ({ id, operator, action, target, data, at }: OperatorLogRow): Content => [
  'operator_log',
  id,
  operator,
  action,
  target,
  data,
  at,
];

/**
 * Must run in the transaction that holds the payment's lock, if the row belongs to a payment.
 * @param chain Null writes the row without a hash; only for tools and tests that have no keys.
 * @param isFirst The payment is created in this transaction, so nothing has to be read.
 */
export async function appendAudit(
  db: Kysely<Schema>,
  chain: AuditChain | null,
  row: AuditRow,
  { isFirst = false } = {},
): Promise<void> {
  const insert = async (tx: Kysely<Schema>, link: Link | null) => {
    await tx
      .insertInto('audit')
      .values({ ...row, ...(link ?? unchained) })
      .execute();
  };
  if (!chain) return insert(db, null);
  const content = auditContent(row);
  if (row.payment_id === '') return appendTo(db, chain, chainOf(row), content, insert);
  const before = isFirst ? null : await lastLink(db, row);
  await insert(db, chain.next(chainOf(row), before, content));
}

export async function appendOperatorLog(db: Kysely<Schema>, chain: AuditChain | null, row: OperatorLogRow): Promise<void> {
  const insert = async (tx: Kysely<Schema>, link: Link | null) => {
    await tx
      .insertInto('operator_log')
      .values({ ...row, ...(link ?? unchained) })
      .execute();
  };
  if (!chain) return insert(db, null);
  await appendTo(db, chain, operatorsChain, operatorLogContent(row), insert);
}

const unchained = { position: null, digest: null, hash: null };

async function lastLink(tx: Kysely<Schema>, { payment_id, merchant_id }: AuditRow): Promise<Omit<Link, 'digest'> | null> {
  const last = await tx
    .selectFrom('audit')
    .select(['position', 'hash'])
    .where('payment_id', '=', payment_id)
    .where('merchant_id', '=', merchant_id)
    .where('position', 'is not', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.position == null || last.hash === null ? null : { position: last.position, hash: last.hash };
}

/** Appends at the end that `audit_chains` names, whose row is locked by the first statement until the commit. */
async function appendTo(
  db: Kysely<Schema>,
  chain: AuditChain,
  name: string,
  content: Content,
  insert: (tx: Kysely<Schema>, link: Link) => Promise<void>,
): Promise<void> {
  if (!db.isTransaction) return db.transaction().execute((tx) => appendTo(tx, chain, name, content, insert));
  const { position, hash } = await db
    .insertInto('audit_chains')
    .values({ chain: name, position: 1, hash: '' })
    .onConflict((on) => on.column('chain').doUpdateSet((is) => ({ position: is('audit_chains.position', '+', 1) })))
    .returning(['position', 'hash'])
    .executeTakeFirstOrThrow();
  const link = chain.next(name, position === 1 ? null : { position: position - 1, hash }, content);
  await insert(db, link);
  await db.updateTable('audit_chains').set({ hash: link.hash }).where('chain', '=', name).execute();
}
