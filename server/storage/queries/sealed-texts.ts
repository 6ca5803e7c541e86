/** Texts that are stored sealed, by the key that they are sealed under, and by which keys this database is written. */
import type { Kysely } from 'kysely';
import type { SealedTexts } from '../../payments/reseal.ts';
import { beginningOf } from '../../payments/sealer.ts';
import type { Schema } from '../schema.ts';

/** Proves which key it was that had this id. */
export interface KeyCheck {
  purpose: 'sealing' | 'lookup';
  id: string;
  /** Made from the key, which it does not reveal. */
  value: string;
}

export interface SealedTextQueries extends SealedTexts {
  keyChecks(): Promise<KeyCheck[]>;
  /** Stores it unless there is one of this purpose and id. Returns the one that is stored then. */
  keepKeyCheck(check: KeyCheck): Promise<KeyCheck>;
  dropKeyCheck(check: Pick<KeyCheck, 'purpose' | 'id'>): Promise<void>;
}

export const sealedTextQueries = (db: Kysely<Schema>): SealedTextQueries => ({
  sealedTexts: (table, keyId, afterId, limit) =>
    db
      .selectFrom(table)
      .select(['id', 'sealed'])
      .where('sealed', 'is not', null)
      .where('sealed', 'like', `${beginningOf(keyId)}%`)
      .where('id', '>', afterId)
      .orderBy('id')
      .limit(limit)
      .$narrowType<{ sealed: string }>()
      .execute(),
  // In one transaction, because each commit waits for the disk.
  replaceSealedTexts: (table, replacements) =>
    db.transaction().execute(async (tx) => {
      let replaced = 0n;
      for (const { id, sealed, by } of replacements) {
        const result = await tx
          .updateTable(table)
          .set({ sealed: by })
          .where('id', '=', id)
          .where('sealed', '=', sealed)
          .executeTakeFirst();
        replaced += result.numUpdatedRows;
      }
      return Number(replaced);
    }),
  async countSealedTexts(table, keyId) {
    const { count } = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('sealed', 'is not', null)
      .where('sealed', 'like', `${beginningOf(keyId)}%`)
      .executeTakeFirstOrThrow();
    return Number(count);
  },
  keyChecks: () => db.selectFrom('key_checks').selectAll().execute(),
  async keepKeyCheck(check) {
    await db
      .insertInto('key_checks')
      .values(check)
      .onConflict((on) => on.columns(['purpose', 'id']).doNothing())
      .execute();
    return db
      .selectFrom('key_checks')
      .selectAll()
      .where('purpose', '=', check.purpose)
      .where('id', '=', check.id)
      .executeTakeFirstOrThrow();
  },
  async dropKeyCheck({ purpose, id }) {
    await db.deleteFrom('key_checks').where('purpose', '=', purpose).where('id', '=', id).execute();
  },
});
