/** Counts what waits, for the operator's metrics. */
import type { Kysely } from 'kysely';
import type { Backlog } from '../../payments/model/ports.ts';
import type { Schema } from '../schema.ts';

export async function backlog(db: Kysely<Schema>): Promise<Backlog> {
  const count = (table: 'attempts' | 'payments' | 'outbox' | 'postbacks') =>
    db.selectFrom(table).select((is) => is.fn.countAll().as('rows'));
  const [unresolved, needsReview, undelivered, unmatched] = await Promise.all([
    count('attempts')
      .where('status', 'in', ['processing', 'refunding'])
      .where('unknown_since', 'is not', null)
      .executeTakeFirst(),
    count('payments').where('status', '=', 'needs_review').executeTakeFirst(),
    count('outbox')
      .where('status', '!=', 'delivered')
      .where((is) => is.or([is('tries', '>', 0), is('next_try_at', '>', is.ref('created_at'))]))
      .executeTakeFirst(),
    count('postbacks').where('status', '=', 'unmatched').executeTakeFirst(),
  ]);
  return {
    unresolved: Number(unresolved?.rows ?? 0),
    needsReview: Number(needsReview?.rows ?? 0),
    undelivered: Number(undelivered?.rows ?? 0),
    unmatched: Number(unmatched?.rows ?? 0),
  };
}
