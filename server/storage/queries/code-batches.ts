/** Batches of pay codes that merchants requested. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

type CodeBatchQueries = Pick<Queries, 'claimCodeBatch' | 'codeBatch' | 'updateCodeBatch' | 'dropCodeBatch' | 'eraseCodes'>;

export const codeBatchQueries = (db: Kysely<Schema>): CodeBatchQueries => ({
  async claimCodeBatch(batch) {
    const inserted = await db
      .insertInto('code_batches')
      .values(rows.codeBatches.toRow(batch))
      .onConflict((on) => on.columns(['merchant_id', 'operation', 'key_hash']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) return null;
    const existing = await db
      .selectFrom('code_batches')
      .selectAll()
      .where('merchant_id', '=', batch.merchantId)
      .where('operation', '=', batch.operation)
      .where('key_hash', '=', batch.keyHash)
      .executeTakeFirst();
    // The batch was dropped between the two statements. The caller is refused now, and succeeds on its next try.
    return existing ? rows.codeBatches.toRecord(existing) : batch;
  },
  async codeBatch(merchantId, id) {
    const row = await db
      .selectFrom('code_batches')
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? rows.codeBatches.toRecord(row) : null;
  },
  async updateCodeBatch(batch) {
    const { id, ...values } = rows.codeBatches.toRow(batch);
    await db.updateTable('code_batches').set(values).where('id', '=', id).execute();
  },
  async dropCodeBatch(id) {
    await db.deleteFrom('code_batches').where('id', '=', id).where('status', '=', 'running').execute();
  },
  async eraseCodes(which) {
    const erase = db.updateTable('code_batches').set({ sealed: null }).where('sealed', 'is not', null);
    await ('id' in which ? erase.where('id', '=', which.id) : erase.where('ended_at', '<', which.endedBefore)).execute();
  },
});
