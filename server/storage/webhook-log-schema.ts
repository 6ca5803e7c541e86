/** The outbox and the tables of the log of webhooks. `schema.ts` has the rest, and says what the types mean. */

export interface OutboxTable {
  id: string;
  merchant_id: string;
  payment_id: string;
  sequence: number;
  type: string;
  body: string;
  status: string;
  tries: number;
  next_try_at: number;
  lease_until: number;
  created_at: number;
  delivered_at: number | null;
  replayed_at: number | null;
}

/** A webhook for an endpoint beside the merchant's first one. */
export interface EndpointWebhooksTable extends OutboxTable {
  endpoint: string;
}

export interface DeliveriesTable {
  id: string;
  event_id: string;
  number: number;
  at: number;
  duration_ms: number;
  status: number;
  reason: string | null;
}

export interface ReplaysTable {
  id: string;
  merchant_id: string;
  /** `main`, or the name of a further one. */
  endpoint: string;
  from_at: number;
  to_at: number;
  cursor_at: number;
  cursor_id: string;
  replayed: number;
  requested_by: string;
  created_at: number;
  ended_at: number | null;
}

export interface WebhookLogSchema {
  outbox: OutboxTable;
  deliveries: DeliveriesTable;
  endpoint_webhooks: EndpointWebhooksTable;
  webhook_replays: ReplaysTable;
}
