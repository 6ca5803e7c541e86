/** How often something was tried within a window of time. Each counter is one row, counted by the database itself. */
import { type Kysely, sql } from 'kysely';
import type { Queries } from '../../payments/model/store.ts';
import type { Schema } from '../schema.ts';

type RateLimitQueries = Pick<Queries, 'hitRateLimit' | 'refundRateLimit' | 'readRateLimit' | 'pruneRateLimits'>;

export const rateLimitQueries = (db: Kysely<Schema>): RateLimitQueries => ({
  async hitRateLimit(kind, subject, now, windowMs) {
    const isWindowOver = sql`tries.resets_at <= ${now}`;
    const row = await db
      .insertInto('tries')
      .values({ kind, subject, count: 1, resets_at: now + windowMs })
      .onConflict((on) =>
        on.columns(['kind', 'subject']).doUpdateSet({
          count: sql<number>`case when ${isWindowOver} then 1 else tries.count + 1 end`,
          resets_at: sql<number>`case when ${isWindowOver} then ${now + windowMs} else tries.resets_at end`,
        }),
      )
      .returning(['count', 'resets_at'])
      .executeTakeFirstOrThrow();
    return { count: row.count, resetsAt: row.resets_at };
  },
  async refundRateLimit(kind, subject) {
    await db
      .updateTable('tries')
      .set({ count: sql<number>`count - 1` })
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('count', '>', 0)
      .execute();
  },
  async readRateLimit(kind, subject, now) {
    const row = await db
      .selectFrom('tries')
      .selectAll()
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('resets_at', '>', now)
      .executeTakeFirst();
    return row ? { count: row.count, resetsAt: row.resets_at } : { count: 0, resetsAt: now };
  },
  async pruneRateLimits(now) {
    await db.deleteFrom('tries').where('resets_at', '<=', now).execute();
  },
});
