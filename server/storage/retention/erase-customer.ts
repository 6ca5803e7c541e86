/**
 * Erases a customer: their label becomes a pseudonym, their phone is gone, in every row and in every stored text. Amounts, orders,
 * evidence and numbers of transactions stay, so the books and what was sent to the merchant stay as they were.
 */
import { type Kysely, sql } from 'kysely';
import { newId } from '../../payments/model/ids.ts';
import type { Sealer } from '../../payments/model/ports.ts';
import { appendAudit, auditContent } from '../audit/append.ts';
import type { AuditChain } from '../audit/chain.ts';
import { erasedType } from '../audit/read-chain.ts';
import { type Engine, openDatabase } from '../database.ts';
import { outdateApproval } from '../queries/operators.ts';
import type { Schema } from '../schema.ts';
import { erasePostbacks, waitingPostbacks } from './erase-postbacks.ts';

export type Erased =
  /** `cards`: saved cards, whose tokens the server still removes at Payme. */
  | { kind: 'erased'; pseudonym: string; payments: number; cards: number; postbacks: number }
  /** Payments that are not over: the customer would be lost while somebody has to tell them something. */
  | { kind: 'not_over'; payments: string[] }
  /** Postbacks about the customer that wait for a person, or were not applied yet: nobody could match them any more. */
  | { kind: 'not_matched'; postbacks: string[] };

interface ErasureKeys {
  sealer: Pick<Sealer, 'fingerprint' | 'open' | 'seal'>;
  chain: AuditChain;
}

/**
 * @param keys The sealer's fingerprint is a keyed hash. With the same key the same customer gets the same pseudonym, and without it nobody can guess
 * whose it was.
 * @param now Milliseconds since 1970.
 */
export async function eraseCustomer(
  databaseUrl: string,
  { merchantId, label }: { merchantId: string; label: string },
  { sealer, chain }: ErasureKeys,
  now: number,
): Promise<Erased> {
  const { db, engine } = openDatabase(databaseUrl);
  const pseudonym = `erased-${sealer.fingerprint(`customer ${merchantId} ${label}`).slice(0, 22)}`;
  const customer: Customer = { merchantId, label, pseudonym, now, engine, sealer, chain };
  try {
    const alive = await db
      .selectFrom('payments')
      .select('id')
      .where('label', '=', label)
      .where('merchant_id', '=', merchantId)
      .where('status', 'not in', over)
      .execute();
    if (alive.length > 0) return { kind: 'not_over', payments: alive.map(({ id }) => id) };
    const subject = { merchantId, label, attempts: await attemptsOf(db, customer) };
    const waiting = await waitingPostbacks(db, subject);
    if (waiting.length > 0) return { kind: 'not_matched', postbacks: waiting };
    let payments = 0;
    for (;;) {
      const batch = await db
        .selectFrom('payments')
        .select('id')
        .where('label', '=', label)
        .where('merchant_id', '=', merchantId)
        .limit(batchSize)
        .execute();
      for (const { id } of batch) {
        await db.transaction().execute((tx) => erasePayment(tx, id, customer));
        payments += 1;
      }
      if (batch.length < batchSize) break;
    }
    const postbacks = await erasePostbacks(db, subject, pseudonym);
    const cards = await db
      .updateTable('cards')
      .set({ label: pseudonym, removed_at: sql<number>`coalesce(removed_at, ${now})` })
      .where('merchant_id', '=', merchantId)
      .where('label', '=', label)
      .executeTakeFirst();
    return { kind: 'erased', pseudonym, payments, cards: Number(cards.numUpdatedRows), postbacks };
  } finally {
    await db.destroy();
  }
}

interface Customer extends ErasureKeys {
  merchantId: string;
  label: string;
  pseudonym: string;
  now: number;
  engine: Engine;
}

const over = ['succeeded', 'canceled', 'expired', 'refunded'];
const batchSize = 100;

/** In one transaction, with an audit event and a new version, so that nobody writes the old label back. */
async function erasePayment(tx: Kysely<Schema>, id: string, customer: Customer): Promise<void> {
  const { pseudonym, now, engine, chain } = customer;
  const lock = tx.selectFrom('payments').select(['version', 'merchant_id', 'approval_id']).where('id', '=', id);
  const { version, merchant_id, approval_id } = await (engine === 'postgres' ? lock.forUpdate() : lock).executeTakeFirstOrThrow();
  const next = version + 1;
  await tx
    .updateTable('payments')
    .set({ label: pseudonym, phone: null, reversed_phone: null, version: next, updated_at: now, approval_id: null })
    .where('id', '=', id)
    .execute();
  for (const table of ['outbox', 'endpoint_webhooks'] as const) await rewrite(tx, table, 'body', id, customer);
  await rewrite(tx, 'attempts', 'action', id, customer);
  await eraseSealedPhones(tx, id, customer.sealer);
  await rewrite(tx, 'approvals', 'body', id, customer);
  const isOutdated = approval_id !== null && (await outdateApproval(tx, approval_id, now));
  const outdated = isOutdated && { outdatedApproval: approval_id };
  const data = JSON.stringify({ version: next, ...outdated, ...(await rewriteAudit(tx, id, customer)) });
  await appendAudit(tx, chain, { id: newId('aud'), payment_id: id, merchant_id, type: erasedType, data, at: now });
}

/** Also of payments that an earlier erasure has reached before it was interrupted. */
async function attemptsOf(db: Kysely<Schema>, { merchantId, label, pseudonym }: Customer): Promise<ReadonlySet<string>> {
  const attempts = await db
    .selectFrom('attempts')
    .innerJoin('payments', 'payments.id', 'attempts.payment_id')
    .select('attempts.id')
    .where('payments.merchant_id', '=', merchantId)
    .where('payments.label', 'in', [label, pseudonym])
    .execute();
  return new Set(attempts.map(({ id }) => id));
}

/**
 * The audit is a chain over digests, which stay as they were. What the erased rows are now is part of the event of the erasure, or
 * they would count as forged.
 */
async function rewriteAudit(tx: Kysely<Schema>, id: string, customer: Customer): Promise<{ rewritten?: Record<string, string> }> {
  const ids = await rewrite(tx, 'audit', 'data', id, customer);
  if (ids.length === 0) return {};
  const rows = await tx.selectFrom('audit').selectAll().where('id', 'in', ids).execute();
  return { rewritten: Object.fromEntries(rows.map((row) => [row.id, customer.chain.digest(auditContent(row))])) };
}

/**
 * A card that waits for its token to be removed at Payme is sealed together with the payer's phone. Other sealed texts are codes and
 * tokens alone, and one under a key that is lost cannot be read by anybody.
 */
async function eraseSealedPhones(tx: Kysely<Schema>, paymentId: string, sealer: ErasureKeys['sealer']): Promise<void> {
  const own = tx.selectFrom('attempts').select(['id', 'sealed']).where('payment_id', '=', paymentId);
  for (const { id, sealed } of await own.execute()) {
    const card = sealed === null ? null : readSealed(sealer, sealed, id);
    if (!card || !('phone' in card)) continue;
    const { phone: _phone, ...others } = card;
    await tx
      .updateTable('attempts')
      .set({ sealed: sealer.seal(JSON.stringify(others), id) })
      .where('id', '=', id)
      .where('sealed', '=', sealed)
      .execute();
  }
}

function readSealed(sealer: ErasureKeys['sealer'], sealed: string, id: string): object | null {
  try {
    const value: unknown = JSON.parse(sealer.open(sealed, id));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Replaces label and phone in a column of JSON, at any depth. @returns The ids of the rows that had any. */
async function rewrite(
  tx: Kysely<Schema>,
  table: 'outbox' | 'endpoint_webhooks' | 'audit' | 'attempts' | 'approvals',
  column: string,
  paymentId: string,
  customer: Customer,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; json: string }>`
    select id, ${sql.ref(column)} as json from ${sql.table(table)} where payment_id = ${paymentId} and ${sql.ref(column)} is not null
  `.execute(tx);
  const changed: string[] = [];
  for (const { id, json } of rows) {
    const erased = JSON.stringify(withoutCustomer(JSON.parse(json), customer));
    if (erased === json) continue;
    changed.push(id);
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${erased} where id = ${id}`.execute(tx);
  }
  return changed;
}

function withoutCustomer(value: unknown, customer: Customer): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutCustomer(item, customer));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === 'label' && inner === customer.label) return [name, customer.pseudonym];
      return [name, name === 'phone' ? null : withoutCustomer(inner, customer)];
    }),
  );
}
