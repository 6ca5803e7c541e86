/**
 * What the operator's queue and search need to find things without reading a whole table: indexes, and two columns that hold a
 * number from its end, since people read out the last digits. The version before does not fill them: what it writes meanwhile is
 * found by everything but the end of its number, until it is written again.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { reversed } from '../reversed.ts';

export const operatorReads: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('reversed_phone', 'text').execute();
    await db.schema.alterTable('attempts').addColumn('reversed_reference', 'text').execute();
    await fill(db, 'payments', 'phone', 'reversed_phone');
    await fill(db, 'attempts', 'submitted_reference', 'reversed_reference');
    for (const [table, name, columns, where] of indexes) {
      const condition = where ? sql` where ${sql.raw(where)}` : sql``;
      await sql`create index ${sql.ref(name)} on ${sql.table(table)} (${sql.raw(columns)})${condition}`.execute(db);
    }
  },
};

const indexes: readonly [table: string, name: string, columns: string, where?: string][] = [
  ['payments', 'payments_by_time', 'created_at, id'],
  ['payments', 'payments_by_status', 'merchant_id, status, created_at, id'],
  ['payments', 'payments_by_order_id', 'order_id, created_at, id'],
  ['payments', 'payments_by_label', 'label, created_at, id'],
  ['payments', 'payments_by_amount', 'amount, created_at, id'],
  ['payments', 'payments_by_other_amount', 'amount_paid, created_at, id', 'amount_paid > 0 and amount_paid <> amount'],
  ['payments', 'payments_by_phone', 'reversed_phone, created_at, id', 'reversed_phone is not null'],
  // A status that a payment has for a while only. With the others, nearly every payment would be in this index.
  [
    'payments',
    'payments_unfinished',
    'status, created_at, id',
    "status in ('awaiting_customer', 'processing', 'needs_review', 'underpaid', 'refunding', 'refunded')",
  ],
  ['payments', 'payments_underpaid', 'updated_at, id', "status = 'underpaid'"],
  ['attempts', 'attempts_by_tail', 'last_characters, started_at, id', 'last_characters is not null'],
  ['attempts', 'attempts_by_reference', 'reversed_reference, started_at, id', 'reversed_reference is not null'],
  ['attempts', 'attempts_unknown', 'unknown_since, id', "status in ('processing', 'refunding') and unknown_since is not null"],
  ['discounts', 'discounts_unknown', 'created_at, id', "status = 'unknown'"],
  ['evidence', 'evidence_by_upstream_id', 'upstream_id'],
  ['evidence', 'evidence_by_time', 'taken_at'],
  ['evidence', 'evidence_uncounted', 'taken_at, upstream_id', 'counted = 0 and disposition is null'],
  ['outbox', 'outbox_by_age', 'created_at', "status <> 'delivered'"],
  ['outbox', 'outbox_parked', 'created_at, id', "status = 'parked'"],
  ['code_batches', 'code_batches_unknown', 'created_at, id', "status = 'unknown'"],
  ['postback_items', 'postback_items_of_postback', 'postback_id'],
  ['postback_items', 'postback_items_of_payment', 'payment_id'],
];

const batchSize = 1_000;

/** In batches, so that a big table does not have to fit into memory. */
async function fill(db: Kysely<unknown>, table: string, from: string, to: string): Promise<void> {
  const [rows, source, target, id] = [sql.table(table), sql.ref(from), sql.ref(to), sql.ref('id')];
  for (let last = ''; ; ) {
    const batch = await sql<{ id: string; text: string }>`
      select id, ${source} as text from ${rows} where ${source} is not null and ${id} > ${last} order by ${id} limit ${batchSize}
    `.execute(db);
    if (batch.rows.length > 0) {
      const values = sql.join(batch.rows.map((row) => sql`(${row.id}, ${reversed(row.text)})`));
      // Both engines call the columns of a list of values so.
      await sql`update ${rows} set ${target} = v.column2 from (values ${values}) as v where ${rows}.id = v.column1`.execute(db);
    }
    const next = batch.rows.at(-1)?.id;
    if (next === undefined) return;
    last = next;
  }
}
