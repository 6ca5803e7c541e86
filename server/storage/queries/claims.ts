/** Who says that a thing which can pay once is theirs. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/ports.ts';
import type { Engine } from '../open-database.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

type ClaimQueries = Pick<Queries, 'claim' | 'claimOf' | 'claimsOfAttempt' | 'updateClaim'>;

export const claimQueries = (db: Kysely<Schema>, engine: Engine): ClaimQueries => ({
  async claim(claim) {
    const row = rows.claims.toRow(claim);
    // Whoever contested it still says that it is theirs.
    const { contested: _, ...taken } = row;
    // The unique key lets one of many through, and the others wait until its transaction has ended.
    const inserted = await db
      .insertInto('claims')
      .values(row)
      .onConflict((on) => on.columns(['account', 'thing']).doUpdateSet(taken).where('claims.status', '=', 'released'))
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  },
  async claimOf(account, thing) {
    const row = await db
      .selectFrom('claims')
      .selectAll()
      .where('account', '=', account)
      .where('thing', '=', thing)
      .executeTakeFirst();
    return row ? rows.claims.toRecord(row) : null;
  },
  async claimsOfAttempt(attemptId) {
    const own = db.selectFrom('claims').selectAll().where('attempt_id', '=', attemptId);
    // Held: a rival who contests one meanwhile must not be overwritten.
    return (await (engine === 'postgres' ? own.forUpdate() : own).execute()).map(rows.claims.toRecord);
  },
  async updateClaim(claim) {
    const { account, thing, ...values } = rows.claims.toRow(claim);
    await db.updateTable('claims').set(values).where('account', '=', account).where('thing', '=', thing).execute();
  },
});
