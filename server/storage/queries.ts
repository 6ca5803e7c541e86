/** All queries, the same for both engines; on a connection or inside a transaction. */
import type { Kysely } from 'kysely';
import type { Queries } from '../payments/model/ports.ts';
import type { Engine } from './open-database.ts';
import { attemptQueries } from './queries/attempts.ts';
import { cardQueries } from './queries/cards.ts';
import { claimQueries } from './queries/claims.ts';
import { codeBatchQueries } from './queries/code-batches.ts';
import { idempotencyQueries } from './queries/idempotency.ts';
import { outboxQueries } from './queries/outbox.ts';
import { paymentQueries } from './queries/payments.ts';
import { postbackQueries } from './queries/postbacks.ts';
import { tryQueries } from './queries/rate-limits.ts';
import type { Schema } from './schema.ts';

export const queries = (db: Kysely<Schema>, engine: Engine): Queries => ({
  ...paymentQueries(db, engine),
  ...attemptQueries(db),
  ...outboxQueries(db),
  ...idempotencyQueries(db),
  ...claimQueries(db, engine),
  ...codeBatchQueries(db),
  ...postbackQueries(db),
  ...cardQueries(db),
  ...tryQueries(db),
});
