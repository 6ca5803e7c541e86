/** Cards that customers saved. */
import type { Kysely } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

type CardQueries = Pick<Queries, 'cards' | 'card' | 'insertCard' | 'updateCard' | 'deleteCard' | 'removedCards'>;

export const cardQueries = (db: Kysely<Schema>): CardQueries => {
  const cards = () => db.selectFrom('cards').selectAll();
  return {
    async cards(merchantId, label) {
      const found = await cards()
        .where('merchant_id', '=', merchantId)
        .where('label', '=', label)
        .where('removed_at', 'is', null)
        .orderBy('saved_at', 'desc')
        .orderBy('id')
        .execute();
      return found.map(rows.cards.toRecord);
    },
    async card(id) {
      const row = await cards().where('id', '=', id).executeTakeFirst();
      return row ? rows.cards.toRecord(row) : null;
    },
    async insertCard(card) {
      const inserted = await db
        .insertInto('cards')
        .values(rows.cards.toRow(card))
        .onConflict((on) => on.column('attempt_id').doNothing())
        .executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows === 1n;
    },
    async updateCard(card) {
      const { id, removed_at, ...values } = rows.cards.toRow(card);
      // A removed card stays removed, even if the caller read it before its removal.
      await db
        .updateTable('cards')
        .set(removed_at === null ? values : { ...values, removed_at })
        .where('id', '=', id)
        .execute();
    },
    async deleteCard(id) {
      await db.deleteFrom('cards').where('id', '=', id).execute();
    },
    async removedCards(limit) {
      const found = await cards().where('removed_at', 'is not', null).orderBy('removed_at').limit(limit).execute();
      return found.map(rows.cards.toRecord);
    },
  };
};
