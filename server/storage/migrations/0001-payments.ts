/** The first tables. `bigint` and `text` mean the same in both engines. Partial indexes keep the polled ones small. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const payments: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(
      db,
      'payments',
      {
        text: ['id', 'merchant_id', 'order_id', 'label', 'status', 'currency', 'methods', 'return_urls', 'metadata'],
        textOrNull: ['order_slot', 'description', 'locale', 'phone', 'items', 'problem', 'attempt_id'],
        integer: [
          'version',
          'sequence',
          'test',
          'amount',
          'discount',
          'amount_paid',
          'late',
          'created_at',
          'updated_at',
          'expires_at',
        ],
        integerOrNull: ['paid_at'],
      },
      ['id'],
    );
    await db.schema
      .createIndex('payments_one_per_order')
      .on('payments')
      .columns(['merchant_id', 'order_slot'])
      .unique()
      .execute();
    await db.schema.createIndex('payments_by_merchant').on('payments').columns(['merchant_id', 'created_at', 'id']).execute();
    await db.schema
      .createIndex('payments_due')
      .on('payments')
      .column('expires_at')
      .where(sql.ref('status'), 'in', sql`('open', 'awaiting_customer')`)
      .execute();

    await db.schema
      .createIndex('payments_in_review')
      .on('payments')
      .column('updated_at')
      .where(sql.ref('status'), '=', sql`'needs_review'`)
      .execute();

    await createTable(db, 'client_secrets', { text: ['secret_hash', 'payment_id'], integer: ['created_at'] }, ['secret_hash']);

    await createTable(
      db,
      'attempts',
      {
        text: ['id', 'payment_id', 'method', 'status'],
        textOrNull: ['sealed', 'tail', 'problem'],
        integer: ['started_at', 'checks', 'lease_until'],
        integerOrNull: ['ended_at', 'unknown_since', 'next_check_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('attempts_by_payment').on('attempts').columns(['payment_id', 'started_at']).execute();
    await db.schema
      .createIndex('attempts_due')
      .on('attempts')
      .column('next_check_at')
      .where(sql.ref('status'), '=', sql`'processing'`)
      .execute();

    await createTable(
      db,
      'intents',
      {
        text: ['id', 'attempt_id', 'payment_id', 'operation', 'upstream', 'natural_key', 'notes', 'status'],
        integer: ['created_at'],
        integerOrNull: ['ended_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('intents_by_attempt').on('intents').column('attempt_id').execute();

    await createTable(
      db,
      'evidence',
      {
        text: ['upstream', 'upstream_id', 'payment_id', 'method', 'currency'],
        textOrNull: ['attempt_id'],
        integer: ['amount', 'taken_at'],
      },
      ['upstream', 'upstream_id'],
    );
    await db.schema.createIndex('evidence_by_payment').on('evidence').column('payment_id').execute();

    await createTable(
      db,
      'outbox',
      {
        text: ['id', 'merchant_id', 'payment_id', 'type', 'body', 'status'],
        integer: ['sequence', 'tries', 'next_try_at', 'lease_until', 'created_at'],
        integerOrNull: ['delivered_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('outbox_in_order').on('outbox').columns(['payment_id', 'sequence']).unique().execute();
    await db.schema
      .createIndex('outbox_due')
      .on('outbox')
      .column('next_try_at')
      .where(sql.ref('status'), '=', sql`'pending'`)
      .execute();

    await db.schema
      .createIndex('outbox_undelivered')
      .on('outbox')
      .column('tries')
      .where(sql.ref('status'), '!=', sql`'delivered'`)
      .execute();

    await createTable(db, 'audit', { text: ['id', 'payment_id', 'merchant_id', 'type', 'data'], integer: ['at'] }, ['id']);
    await db.schema.createIndex('audit_by_payment').on('audit').columns(['payment_id', 'at']).execute();

    await createTable(
      db,
      'idempotency_keys',
      {
        text: ['scope', 'key_hash', 'fingerprint', 'status'],
        textOrNull: ['payment_id'],
        integer: ['lease_until', 'created_at'],
      },
      ['scope', 'key_hash'],
    );
  },
};
