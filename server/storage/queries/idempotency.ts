/** Which Idempotency-Keys have been used. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

type IdempotencyQueries = Pick<Queries, 'reserveKey' | 'takeOverKey' | 'renewKey' | 'finishKey' | 'releaseKey' | 'pruneKeys'>;

export const idempotencyQueries = (db: Kysely<Schema>): IdempotencyQueries => ({
  async reserveKey(record, most) {
    const inserted = await db
      .insertInto('idempotency_keys')
      .values(rows.idempotency.toRow(record))
      .onConflict((on) => on.columns(['scope', 'key_hash']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) {
      if (most !== undefined) await keepNewest(db, record.scope, most);
      return null;
    }
    const existing = await db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('scope', '=', record.scope)
      .where('key_hash', '=', record.keyHash)
      .executeTakeFirst();
    // The key was released between the two statements. The caller is refused now, and succeeds on its next try.
    return existing ? rows.idempotency.toRecord(existing) : { ...record, leaseUntil: Number.MAX_SAFE_INTEGER };
  },
  async takeOverKey(record, now) {
    const result = await db
      .updateTable('idempotency_keys')
      .set({ lease_until: record.leaseUntil })
      .where('scope', '=', record.scope)
      .where('key_hash', '=', record.keyHash)
      .where('status', '=', 'running')
      .where('lease_until', '<=', now)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },
  async renewKey(record, leaseUntil) {
    const result = await db
      .updateTable('idempotency_keys')
      .set({ lease_until: leaseUntil })
      .where('scope', '=', record.scope)
      .where('key_hash', '=', record.keyHash)
      .where('status', '=', 'running')
      .where('lease_until', '=', record.leaseUntil)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },
  async finishKey(scope, keyHash, paymentId) {
    await db
      .updateTable('idempotency_keys')
      .set({ status: 'done', payment_id: paymentId })
      .where('scope', '=', scope)
      .where('key_hash', '=', keyHash)
      .execute();
  },
  async releaseKey({ scope, keyHash, leaseUntil }) {
    await db
      .deleteFrom('idempotency_keys')
      .where('scope', '=', scope)
      .where('key_hash', '=', keyHash)
      .where('status', '=', 'running')
      .where('lease_until', '=', leaseUntil)
      .execute();
  },
  async pruneKeys(before) {
    await db.deleteFrom('idempotency_keys').where('created_at', '<', before).execute();
  },
});

/** Deletes the oldest finished keys of a scope beyond so many. A key in use is never deleted. */
async function keepNewest(db: Kysely<Schema>, scope: string, most: number): Promise<void> {
  const ofScope = db.selectFrom('idempotency_keys').where('scope', '=', scope);
  const { count } = await ofScope.select(({ fn }) => fn.countAll<number | string>().as('count')).executeTakeFirstOrThrow();
  if (Number(count) <= most) return;
  const oldest = ofScope
    .select('key_hash')
    .where('status', '=', 'done')
    .orderBy('created_at')
    .limit(Number(count) - most);
  await db.deleteFrom('idempotency_keys').where('scope', '=', scope).where('key_hash', 'in', oldest).execute();
}
