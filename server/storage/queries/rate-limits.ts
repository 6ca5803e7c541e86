/** How often something was tried within a window of time. Each counter is one row, counted by the database itself. */
import { type Kysely, sql } from 'kysely';
import type { Queries, RateLimitCounter, RateLimitSubject } from '../../payments/model/store.ts';
import type { Schema } from '../schema.ts';

type RateLimitQueries = Pick<
  Queries,
  'hitRateLimit' | 'refundRateLimit' | 'readRateLimit' | 'keepCounts' | 'giveBackCounts' | 'pruneRateLimits'
>;

export const rateLimitQueries = (db: Kysely<Schema>): RateLimitQueries => ({
  async hitRateLimit(kind, who, now, windowMs) {
    const [subject = '', ...older] = subjectsOf(who);
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
    const before = older.length > 0 ? await readCounters(db, kind, older, now) : { count: 0, resetsAt: now };
    return { count: row.count + before.count, resetsAt: Math.max(row.resets_at, before.resetsAt) };
  },
  async refundRateLimit(kind, who) {
    for (const subject of subjectsOf(who)) {
      const result = await db
        .updateTable('tries')
        .set({ count: sql<number>`count - 1` })
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .where('count', '>', 0)
        .executeTakeFirst();
      if (result.numUpdatedRows > 0n) return;
    }
  },
  readRateLimit: (kind, who, now) => readCounters(db, kind, subjectsOf(who), now),
  async keepCounts(attemptId, counts) {
    for (const { kind, subject, resetsAt } of counts) {
      await db
        .insertInto('counted_tries')
        .values({ attempt_id: attemptId, kind, subject, count: 1, resets_at: resetsAt })
        .onConflict((on) =>
          on.columns(['attempt_id', 'kind', 'subject']).doUpdateSet({
            count: sql<number>`case when counted_tries.resets_at < ${resetsAt} then 1 else counted_tries.count + 1 end`,
            resets_at: resetsAt,
          }),
        )
        .execute();
    }
  },
  async giveBackCounts(attemptId) {
    const counts = await db.deleteFrom('counted_tries').where('attempt_id', '=', attemptId).returningAll().execute();
    for (const { kind, subject, count, resets_at } of counts) {
      await db
        .updateTable('tries')
        .set({ count: sql<number>`case when count < ${count} then 0 else count - ${count} end` })
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .where('resets_at', '<=', resets_at)
        .execute();
    }
  },
  async pruneRateLimits(now) {
    await db.deleteFrom('tries').where('resets_at', '<=', now).execute();
    await db.deleteFrom('counted_tries').where('resets_at', '<=', now).execute();
  },
});

const subjectsOf = (who: RateLimitSubject): readonly string[] => (typeof who === 'string' ? [who] : who);

/** The sum of the counters whose window is not over. It lasts as long as the longest of them. */
async function readCounters(
  db: Kysely<Schema>,
  kind: string,
  subjects: readonly string[],
  now: number,
): Promise<RateLimitCounter> {
  const rows = await db
    .selectFrom('tries')
    .selectAll()
    .where('kind', '=', kind)
    .where('subject', 'in', [...subjects])
    .where('resets_at', '>', now)
    .execute();
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return { count, resetsAt: Math.max(now, ...rows.map((row) => row.resets_at)) };
}
