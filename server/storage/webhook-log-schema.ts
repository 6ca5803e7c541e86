/** The tables of the log of webhooks, beside the outbox. `schema.ts` has the rest, and says what the types mean. */

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
  deliveries: DeliveriesTable;
  webhook_replays: ReplaysTable;
}
