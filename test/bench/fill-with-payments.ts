/** Fills a database with very many payments by a few statements, the same on both engines. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { type Engine, openDatabase } from '../../server/storage/database.ts';
import type { Schema } from '../../server/storage/schema.ts';

/** The time between two payments, so that a day has 2,880 of them. */
export const spacingMs = 30_000;
const perStatement = 20_000;

/** The moment at which the n-th payment was created; the last one just now. */
export const createdAt = (n: number, count: number, now: number): number => now - (count - n) * spacingMs;

/** Ids as ours look like, so that neighbours in time are not neighbours in an index. */
const random = (n: number): string => createHash('sha256').update(String(n)).digest('hex').slice(0, 26);
export const idOf = (n: number): string => `pay_${random(n)}`;
const attemptOf = (n: number): string => `att_${random(n)}`;
export const numberOf = (n: number): string => `TX${10_000_000 + ((n * 7_919) % 90_000_000)}`;

const reverse = (text: string): string => [...text].reverse().join('');
const pick = <T>(n: number, from: readonly T[]): T => from[n % from.length] as T;

/** One in 2,000 waits for a person, one in 2,000 is underpaid; most have succeeded. */
const statusOf = (n: number): string =>
  n % 2_000 === 500
    ? 'needs_review'
    : n % 2_000 === 900
      ? 'underpaid'
      : n % 10 === 7
        ? 'expired'
        : n % 10 === 8
          ? 'canceled'
          : 'succeeded';

/** Inserts rows by one statement. They all have the same columns. */
export async function insertRows(db: Kysely<Schema>, engine: Engine, table: string, rows: readonly object[]): Promise<void> {
  // One parameter for all rows: a list of values would need more parameters than an engine takes.
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return;
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const json = JSON.stringify(rows);
  if (engine === 'postgres') {
    const row = sql.raw(`null::${table}`);
    await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from json_populate_recordset(${row}, ${json}::json)`.execute(
      db,
    );
  } else {
    const fields = sql.join(names.map((name) => sql.raw(`json_extract(value, '$.${name}')`)));
    await sql`insert into ${sql.table(table)} (${columns}) select ${fields} from json_each(${json})`.execute(db);
  }
}

export async function fillWithPayments(url: string, count: number, now: number): Promise<void> {
  const { db, engine } = openDatabase(url);
  const insert = (table: string, rows: readonly object[]) => insertRows(db, engine, table, rows);
  for (let first = 1; first <= count; first += perStatement) {
    // SQLite works inside the event loop, and whoever wants to end this must be heard.
    await setImmediate();
    const some = Array.from({ length: Math.min(perStatement, count - first + 1) }, (_, at) => first + at);
    await insert(
      'payments',
      some.map((n) => payment(n, createdAt(n, count, now))),
    );
    await insert(
      'attempts',
      some.map((n) => attempt(n, createdAt(n, count, now))),
    );
    const paid = some.filter((n) => /^(succeeded|underpaid)$/.test(statusOf(n)));
    await insert(
      'evidence',
      paid.map((n) => evidence(n, createdAt(n, count, now))),
    );
    await insert(
      'outbox',
      paid.map((n) => webhook(n, createdAt(n, count, now))),
    );
    await insert(
      'audit',
      some.flatMap((n) => audit(n, createdAt(n, count, now))),
    );
  }
  // PostgreSQL does this by itself after a while; on SQLite nobody does.
  if (engine === 'postgres') await sql`vacuum analyze`.execute(db);
  await db.destroy();
}

const amountOf = (n: number): number => (100 + (n % 900)) * 100;
const paidOf = (n: number): number =>
  statusOf(n) === 'succeeded' ? amountOf(n) : statusOf(n) === 'underpaid' ? amountOf(n) - 777 : 0;
const methodOf = (n: number): string => pick(n, ['card', 'wallet', 'pay_code']);
const currencyOf = (n: number): string => pick(n, ['UZS', 'MMK', 'PLN']);

function payment(n: number, at: number): object {
  const phone = `+99890${String(1_000_000 + (n % 1_000_000)).slice(-7)}`;
  return {
    id: idOf(n),
    merchant_id: `shop-${n % 5}`,
    order_id: `order-${n}`,
    order_slot: /expired|canceled/.test(statusOf(n)) ? null : `order-${n}`,
    label: `customer-${n % 50_000}`,
    status: statusOf(n),
    version: 4,
    sequence: 1,
    test: 0,
    amount: amountOf(n),
    discount: 0,
    amount_paid: paidOf(n),
    currency: currencyOf(n),
    paid_late: 0,
    amount_refunded: 0,
    methods: '["card","wallet","pay_code"]',
    phone,
    reversed_phone: reverse(phone.slice(1)),
    return_urls: '{}',
    metadata: '{}',
    attempt_id: attemptOf(n),
    created_at: at,
    updated_at: at + 20_000,
    expires_at: at + 3_600_000,
    paid_at: statusOf(n) === 'succeeded' ? at + 20_000 : null,
  };
}

function attempt(n: number, at: number): object {
  const number = methodOf(n) === 'wallet' ? numberOf(n) : null;
  const status = statusOf(n) === 'needs_review' ? 'needs_review' : paidOf(n) > 0 ? 'paid' : 'abandoned';
  return {
    id: attemptOf(n),
    payment_id: idOf(n),
    method: methodOf(n),
    status,
    last_characters: number?.slice(-4) ?? String((n * 7_919) % 10_000).padStart(4, '0'),
    submitted_reference: number,
    reversed_reference: number && reverse(number),
    started_at: at + 10_000,
    ended_at: at + 20_000,
    checks: 0,
    lease_until: 0,
  };
}

const evidence = (n: number, at: number): object => ({
  upstream: 'payme',
  upstream_id: `receipt-${n}`,
  payment_id: idOf(n),
  attempt_id: attemptOf(n),
  method: methodOf(n),
  amount: paidOf(n),
  currency: currencyOf(n),
  taken_at: at + 20_000,
  counted: n % 5_000 === 3 ? 0 : 1,
});

const webhook = (n: number, at: number): object => ({
  id: `evt_${random(n)}`,
  merchant_id: `shop-${n % 5}`,
  payment_id: idOf(n),
  sequence: 1,
  type: statusOf(n) === 'succeeded' ? 'payment.succeeded' : 'payment.underpaid',
  body: '{}',
  status: n % 5_000 === 9 ? 'parked' : 'delivered',
  tries: 1,
  next_try_at: at,
  lease_until: 0,
  created_at: at + 20_000,
  delivered_at: at + 21_000,
});

function audit(n: number, at: number): object[] {
  const own = { payment_id: idOf(n), merchant_id: `shop-${n % 5}` };
  const why = statusOf(n) === 'needs_review' && { why: 'a receipt that Payme does not cancel' };
  return [
    { ...own, id: `aud_${random(3 * n)}`, type: 'payment.created', data: '{"version":1}', at },
    { ...own, id: `aud_${random(3 * n + 1)}`, type: 'attempt.begun', data: '{"version":2,"method":"card"}', at: at + 10_000 },
    {
      ...own,
      id: `aud_${random(3 * n + 2)}`,
      type: why ? 'attempt.needs_review' : 'evidence.taken',
      data: JSON.stringify({ version: 3, ...why }),
      at: at + 20_000,
    },
  ];
}
