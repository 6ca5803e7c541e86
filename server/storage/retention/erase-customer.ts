/**
 * Erases a customer: their label becomes a pseudonym, their phone is gone, in every row and in every stored text. Amounts, orders,
 * evidence and numbers of transactions stay, so the books and what was sent to the merchant stay as they were.
 */
import { type Kysely, sql } from 'kysely';
import { newId } from '../../payments/model/ids.ts';
import { erasedBody } from '../../payments/model/webhook-queries.ts';
import { type Engine, openDatabase } from '../database.ts';
import type { Schema } from '../schema.ts';

export type Erased =
  /** `cards`: saved cards, whose tokens the server still removes at Payme. */
  | { kind: 'erased'; pseudonym: string; payments: number; cards: number; postbacks: number }
  /** Payments that are not over: the customer would be lost while somebody has to tell them something. */
  | { kind: 'not_over'; payments: string[] };

/**
 * @param fingerprint A keyed hash. With the same key the same customer gets the same pseudonym, and without it nobody can guess
 * whose it was.
 * @param now Milliseconds since 1970.
 */
export async function eraseCustomer(
  databaseUrl: string,
  { merchantId, label }: { merchantId: string; label: string },
  fingerprint: (text: string) => string,
  now: number,
): Promise<Erased> {
  const { db, engine } = openDatabase(databaseUrl);
  const pseudonym = `erased-${fingerprint(`customer ${merchantId} ${label}`).slice(0, 22)}`;
  const customer: Customer = { merchantId, label, pseudonym, now, engine };
  try {
    const alive = await db
      .selectFrom('payments')
      .select('id')
      .where('label', '=', label)
      .where('merchant_id', '=', merchantId)
      .where('status', 'not in', over)
      .execute();
    if (alive.length > 0) return { kind: 'not_over', payments: alive.map(({ id }) => id) };
    const attempts = new Set<string>();
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
        for (const attempt of await db.transaction().execute((tx) => erasePayment(tx, id, customer))) attempts.add(attempt);
        payments += 1;
      }
      if (batch.length < batchSize) break;
    }
    await db
      .updateTable('postback_items')
      .set({ label: pseudonym })
      .where('merchant_id', '=', merchantId)
      .where('label', '=', label)
      .execute();
    const postbacks = await erasePostbacks(db, customer, attempts);
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

interface Customer {
  merchantId: string;
  label: string;
  pseudonym: string;
  now: number;
  engine: Engine;
}

const over = ['succeeded', 'canceled', 'expired', 'refunded'];
const batchSize = 100;

/** In one transaction, with an audit event and a new version, so that nobody writes the old label back. @returns Its attempts. */
async function erasePayment(tx: Kysely<Schema>, id: string, customer: Customer): Promise<string[]> {
  const { pseudonym, now, engine } = customer;
  const lock = tx.selectFrom('payments').select(['version', 'merchant_id']).where('id', '=', id);
  const { version, merchant_id } = await (engine === 'postgres' ? lock.forUpdate() : lock).executeTakeFirstOrThrow();
  const next = version + 1;
  await tx
    .updateTable('payments')
    .set({ label: pseudonym, phone: null, reversed_phone: null, version: next, updated_at: now })
    .where('id', '=', id)
    .execute();
  await rewrite(tx, 'outbox', 'body', id, customer);
  await rewrite(tx, 'audit', 'data', id, customer);
  await rewrite(tx, 'attempts', 'action', id, customer);
  await rewrite(tx, 'approvals', 'body', id, customer);
  const data = JSON.stringify({ version: next });
  await tx
    .insertInto('audit')
    .values({ id: newId('aud'), payment_id: id, merchant_id, type: 'customer.erased', data, at: now })
    .execute();
  const attempts = await tx.selectFrom('attempts').select('id').where('payment_id', '=', id).execute();
  return attempts.map((attempt) => attempt.id);
}

/** Replaces label and phone in a column of JSON, at any depth. */
async function rewrite(
  tx: Kysely<Schema>,
  table: 'outbox' | 'audit' | 'attempts' | 'approvals',
  column: string,
  paymentId: string,
  customer: Customer,
): Promise<void> {
  const { rows } = await sql<{ id: string; json: string }>`
    select id, ${sql.ref(column)} as json from ${sql.table(table)} where payment_id = ${paymentId} and ${sql.ref(column)} is not null
  `.execute(tx);
  for (const { id, json } of rows) {
    const erased = JSON.stringify(withoutCustomer(JSON.parse(json), customer));
    if (erased !== json) await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${erased} where id = ${id}`.execute(tx);
  }
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

/** Postbacks are signed texts, so they are not changed but erased as a whole, once they are applied. */
async function erasePostbacks(
  db: Kysely<Schema>,
  { merchantId, label }: Customer,
  attempts: ReadonlySet<string>,
): Promise<number> {
  const quoted = JSON.stringify(label);
  let erased = 0;
  for (let last = ''; ; ) {
    const batch = await db
      .selectFrom('postbacks')
      .select(['id', 'body'])
      .where('merchant_id', '=', merchantId)
      .where('status', '=', 'applied')
      .where('id', '>', last)
      .orderBy('id')
      .limit(batchSize)
      .execute();
    for (const { id, body } of batch) {
      const theirs = body.includes(quoted) || (body.match(/att_[0-9a-z]{26}/g) ?? []).some((attempt) => attempts.has(attempt));
      if (!theirs) continue;
      await db.updateTable('postbacks').set({ body: erasedBody }).where('id', '=', id).execute();
      erased += 1;
    }
    const end = batch.at(-1);
    if (!end || batch.length < batchSize) return erased;
    last = end.id;
  }
}
