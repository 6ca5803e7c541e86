/** The console's words for webhooks and their deliveries. */
import type { DeliveryReason, WebhookDelivery, WebhookStatus } from '#contract';
import type { Tone } from './words.ts';

/** The name of the endpoint that every merchant has. */
export const mainEndpoint = 'main';

export const webhookStatuses: Record<WebhookStatus, { words: string; tone: Tone }> = {
  parked: { words: 'Given up', tone: 'bad' },
  pending: { words: 'Waits', tone: 'warn' },
  delivered: { words: 'Delivered', tone: 'good' },
  filtered: { words: 'Left out', tone: 'quiet' },
};

const reasons: Record<DeliveryReason, string> = {
  timeout: 'no answer in time',
  refused: 'connection refused',
  dns: 'host not found',
  tls: 'TLS failed',
  closed: 'connection closed',
  redirect: 'redirected, which is not followed',
  other: 'no answer',
};

/** What came of one delivery, e.g. `500 after 34 ms`. */
export const deliveryWords = ({
  status,
  reason,
  durationMs,
}: Pick<WebhookDelivery, 'status' | 'reason' | 'durationMs'>): string =>
  `${[status > 0 ? String(status) : '', reason ? reasons[reason] : ''].filter(Boolean).join(', ')} after ${latency(durationMs)}`;

/** From 200 to 299 it is a delivery. */
export const isDelivered = (status: number): boolean => status >= 200 && status <= 299;

const latency = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
