/**
 * The log of webhooks for the merchant's server, `/v1/events`: what was sent, each try to deliver it, sending it again, and a test.
 * Times are ISO 8601.
 */
import * as z from 'zod/mini';
import { WebhookType } from './payment.ts';

/**
 * Why a try got no answer, or why its answer did not count: `closed` = the host closed the connection, `redirect` = it redirected,
 * which is not followed.
 */
export const DeliveryReason = z.enum(['timeout', 'refused', 'dns', 'tls', 'closed', 'redirect', 'other']);
export type DeliveryReason = z.infer<typeof DeliveryReason>;

/** One try to deliver a webhook. The body of the answer is never kept. */
export const WebhookDelivery = z.object({
  id: z.string(),
  /** 1, 2, 3 … per webhook. The newest 50 are kept. */
  number: z.int(),
  at: z.string(),
  durationMs: z.int(),
  /** The HTTP status; 0 = no answer. 200 to 299 is a delivery. */
  status: z.int(),
  /** Null where the status says everything. */
  reason: z.nullable(DeliveryReason),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/**
 * `parked`: given up after all tries; a replay sends it again. `filtered`: not sent, because the merchant does not want its type
 * (`webhook.types` of the merchants file); a replay sends it.
 */
export const WebhookStatus = z.enum(['pending', 'delivered', 'parked', 'filtered']);
export type WebhookStatus = z.infer<typeof WebhookStatus>;

/** A webhook as the log lists it. */
export const WebhookEvent = z.object({
  /** The header `webhook-id`, the same at every try and every replay. */
  id: z.string(),
  /** Which of the merchant's addresses it is for: `main`, or a name of `moreWebhooks` of the merchants file. */
  endpoint: z.string(),
  /** One of `WebhookType`, or a newer one. */
  type: z.string(),
  paymentId: z.string(),
  /** As in the body: 1, 2, 3 … per payment. */
  sequence: z.int(),
  status: WebhookStatus,
  createdAt: z.string(),
  /** The first delivery; null if there was none. */
  deliveredAt: z.nullable(z.string()),
  /** When it was last requested to be sent again; null if it never was. */
  replayedAt: z.nullable(z.string()),
  /** Not before this moment, and not before pending webhooks of the same payment with a lower sequence. Null unless `pending`. */
  nextTryAt: z.nullable(z.string()),
  /** How often it was tried, replays included. */
  deliveryCount: z.int(),
  lastDelivery: z.nullable(WebhookDelivery),
});
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const WebhookEventDetail = z.extend(WebhookEvent, {
  /** The body that is sent, byte for byte; null after it was erased, because webhooks are kept for a limited time. */
  body: z.nullable(z.string()),
  /** Oldest first. */
  deliveries: z.array(WebhookDelivery),
});
export type WebhookEventDetail = z.infer<typeof WebhookEventDetail>;

const moment = z.iso.datetime({ offset: true });
const endpointName = z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/));
const id = z.string().check(z.regex(/^\w{1,64}$/));

/** `GET /v1/events`. `after`: the id of a webhook, or `next` of the answer before. */
export const ListWebhookEvents = z.strictObject({
  after: z.optional(id),
  /** The log of this endpoint; by default that of `main`. */
  endpoint: z.optional(endpointName),
  type: z.optional(WebhookType),
  paymentId: z.optional(id),
  status: z.optional(WebhookStatus),
  /** Created at this moment or later. */
  createdFrom: z.optional(moment),
  /** Created before this moment. */
  createdTo: z.optional(moment),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 20),
});
export type ListWebhookEvents = z.infer<typeof ListWebhookEvents>;

/**
 * A page of the log, oldest first. Whoever pulls to catch up sends `next` as `after`: a webhook of the last seconds may then come
 * twice, and none is missed, although webhooks of several payments are not stored in the order of their times. Null: begin anew.
 * `hasMore`: more is there already.
 */
export const WebhookEventPage = z.object({
  events: z.array(WebhookEvent),
  next: z.nullable(z.string()),
  hasMore: z.boolean(),
});
export type WebhookEventPage = z.infer<typeof WebhookEventPage>;

/** `POST /v1/events/replay`: all webhooks of one endpoint, `main` by default, that were created at `from` or later and before `to`. */
export const ReplayWebhooks = z.strictObject({ from: moment, to: moment, endpoint: z.optional(endpointName) });
export type ReplayWebhooks = z.infer<typeof ReplayWebhooks>;

/** A replay of a range. It is worked off in the background, in small batches between new webhooks. */
export const WebhookReplay = z.object({
  id: z.string(),
  endpoint: z.string(),
  from: z.string(),
  to: z.string(),
  status: z.enum(['running', 'done']),
  /** How many webhooks were queued so far. Those that were pending anyway are not among them. */
  replayed: z.int(),
  requestedAt: z.string(),
  /** When the last one was queued. */
  endedAt: z.nullable(z.string()),
});
export type WebhookReplay = z.infer<typeof WebhookReplay>;

/** `POST /v1/events/test`: which endpoint is tried, `main` by default. */
export const SendTestWebhook = z.strictObject({ endpoint: z.optional(endpointName) });

/** What `POST /v1/events/test` sends, signed like every webhook. It belongs to no payment, so it has no sequence. */
export const TestWebhook = z.object({ type: z.literal('test'), timestamp: z.string(), data: z.strictObject({}) });
export type TestWebhook = z.infer<typeof TestWebhook>;

/** What came of a test. `delivered`: the host answered 200 to 299. `status`, `reason`: as in `WebhookDelivery`. */
export const WebhookTestResult = z.object({
  id: z.string(),
  delivered: z.boolean(),
  status: z.int(),
  reason: z.nullable(DeliveryReason),
  durationMs: z.int(),
});
export type WebhookTestResult = z.infer<typeof WebhookTestResult>;
