/** Postbacks that payment services sent. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

type PostbackQueries = Pick<
  Queries,
  'insertPostback' | 'postbackByDigest' | 'updatePostback' | 'unmatchedPostbacks' | 'waitingPostbacks'
>;

export const postbackQueries = (db: Kysely<Schema>): PostbackQueries => ({
  async insertPostback(postback) {
    const inserted = await db
      .insertInto('postbacks')
      .values(rows.postbacks.toRow(postback))
      .onConflict((on) => on.columns(['merchant_id', 'digest']).doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  },
  async postbackByDigest(merchantId, digest) {
    const row = await db
      .selectFrom('postbacks')
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .where('digest', '=', digest)
      .executeTakeFirst();
    return row ? rows.postbacks.toRecord(row) : null;
  },
  async updatePostback(postback) {
    const { id, ...values } = rows.postbacks.toRow(postback);
    await db.updateTable('postbacks').set(values).where('id', '=', id).execute();
  },
  async unmatchedPostbacks(afterId, limit) {
    const found = await db
      .selectFrom('postbacks')
      .selectAll()
      .where('status', '=', 'unmatched')
      .where('id', '>', afterId)
      .orderBy('id')
      .limit(limit)
      .execute();
    return found.map(rows.postbacks.toRecord);
  },
  async waitingPostbacks(before, limit) {
    const found = await db
      .selectFrom('postbacks')
      .selectAll()
      .where('status', '=', 'received')
      .where('received_at', '<', before)
      .orderBy('received_at')
      .limit(limit)
      .execute();
    return found.map(rows.postbacks.toRecord);
  },
});
