/**
 * Where webhooks lie: those of a merchant's first endpoint in the outbox, those of further ones in a table beside it, which has the same
 * columns and the endpoint's name. So each query is written once, for the outbox, and is given the table.
 */
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { OutboxRecord } from '../../payments/model/records.ts';
import { type Destination, type LogPosition, mainEndpoint } from '../../payments/model/webhook-queries.ts';
import type { Schema } from '../schema.ts';

/** Both tables, each by the name that the type checker knows. */
export const webhookTables = ['outbox', 'endpoint_webhooks' as 'outbox'] as const;

export const tableOf = (endpoint: string): 'outbox' => webhookTables[endpoint === mainEndpoint ? 0 : 1];

export const isFurther = (table: string): boolean => table !== webhookTables[0];

/** The rows of one endpoint. The outbox has no column for it. */
export const isOf = ({ merchantId, endpoint }: Destination): RawBuilder<boolean> =>
  endpoint === mainEndpoint
    ? sql<boolean>`merchant_id = ${merchantId}`
    : sql<boolean>`merchant_id = ${merchantId} and endpoint = ${endpoint}`;

/** The rows of all endpoints but these. */
export function isNotOf(table: string, destinations: readonly Destination[]): RawBuilder<boolean> | null {
  const own = destinations.filter(({ endpoint }) => tableOf(endpoint) === table);
  if (own.length === 0) return null;
  return sql<boolean>`not (${sql.join(
    own.map((destination) => sql`(${isOf(destination)})`),
    sql` or `,
  )})`;
}

/** What is read of a row beside the columns of the outbox. */
export type EndpointOfRow = { endpoint?: OutboxRecord['endpoint'] };

/** As a comparison of pairs, which both engines answer from an index on (…, created_at, id). */
export const isAfter = (is: ExpressionBuilder<Schema, 'outbox'>, { createdAt, id }: LogPosition) =>
  is(is.refTuple('created_at', 'id'), '>', is.tuple(createdAt, id));
