/**
 * What people decide and do about payments: decisions, refunds, acts that wait for a second person, flags for the operator's
 * queue, and the transactions of postbacks that belong to no payment. The version before does not know of any of it and can
 * still run beside this one: every new column may be null or has a default.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const operators: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(
      db,
      'decisions',
      {
        text: ['id', 'payment_id', 'merchant_id', 'outcome', 'currency', 'decided_by', 'note'],
        textOrNull: ['attempt_id', 'account', 'key', 'superseded_by'],
        integer: ['amount', 'version_seen', 'decided_at'],
        integerOrNull: ['superseded_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('decisions_of_payment').on('decisions').column('payment_id').execute();
    // A transaction number or a receipt pays once, so it can be decided as paid once.
    await db.schema
      .createIndex('decisions_once')
      .on('decisions')
      .columns(['account', 'key'])
      .unique()
      .where(sql.ref('outcome'), '=', sql.lit('paid'))
      .where(sql.ref('superseded_at'), 'is', null)
      .execute();

    await createTable(
      db,
      'refunds',
      {
        text: ['id', 'payment_id', 'merchant_id', 'currency', 'how', 'status', 'requested_by', 'note'],
        textOrNull: ['attempt_id', 'reference'],
        integer: ['amount', 'requested_at'],
        integerOrNull: ['ended_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('refunds_of_payment').on('refunds').column('payment_id').execute();

    await createTable(
      db,
      'approvals',
      {
        text: ['id', 'payment_id', 'merchant_id', 'act', 'body', 'currency', 'status', 'requested_by', 'note'],
        textOrNull: ['decided_by'],
        integer: ['amount', 'requested_at'],
        integerOrNull: ['decided_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('approvals_of_payment').on('approvals').column('payment_id').execute();
    await db.schema.createIndex('approvals_pending').on('approvals').columns(['status', 'requested_at', 'id']).execute();

    await createTable(
      db,
      'flags',
      {
        text: ['id', 'merchant_id', 'kind', 'subject', 'reason'],
        textOrNull: ['payment_id', 'currency', 'closed_by', 'note'],
        integer: ['raised_at'],
        integerOrNull: ['amount', 'closed_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('flags_once').on('flags').columns(['kind', 'subject']).unique().execute();
    await db.schema.createIndex('flags_open').on('flags').columns(['closed_at', 'raised_at', 'id']).execute();
    await db.schema.createIndex('flags_of_payment').on('flags').column('payment_id').execute();

    await createTable(
      db,
      'postback_items',
      {
        text: ['id', 'postback_id', 'merchant_id', 'account', 'item_key', 'status'],
        textOrNull: [
          'wallet',
          'transaction_id',
          'custom_transaction_id',
          'label',
          'currency',
          'payment_id',
          'matched_by',
          'note',
        ],
        integer: ['signed_amount', 'received_at'],
        integerOrNull: ['amount', 'matched_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('postback_items_once').on('postback_items').columns(['account', 'item_key']).unique().execute();
    await db.schema
      .createIndex('postback_items_by_status')
      .on('postback_items')
      .columns(['status', 'received_at', 'id'])
      .execute();

    await createTable(db, 'operator_log', { text: ['id', 'operator', 'action', 'target', 'data'], integer: ['at'] }, ['id']);
    await db.schema.createIndex('operator_log_by_time').on('operator_log').columns(['at', 'id']).execute();

    const { schema } = db;
    await schema.alterTable('payments').addColumn('accepted_amount', 'bigint').execute();
    await schema.alterTable('payments').addColumn('decided_by', 'text').execute();
    await schema
      .alterTable('payments')
      .addColumn('amount_refunded', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('evidence').addColumn('disposition', 'text').execute();
    await schema.alterTable('evidence').addColumn('disposition_payment_id', 'text').execute();
  },
};
