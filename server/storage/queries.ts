/** All queries, the same for both engines; on a connection or inside a transaction. */
import type { Kysely } from 'kysely';
import type { Queries } from '../payments/ports.ts';
import { attemptQueries } from './queries/attempts.ts';
import { idempotencyQueries } from './queries/idempotency.ts';
import { outboxQueries } from './queries/outbox.ts';
import { paymentQueries } from './queries/payments.ts';
import type { Schema } from './schema.ts';

export const queries = (db: Kysely<Schema>): Queries => ({
  ...paymentQueries(db),
  ...attemptQueries(db),
  ...outboxQueries(db),
  ...idempotencyQueries(db),
});
