/**
 * What was sent to a merchant's host, and sending it again: for the merchant's own server (`routes.ts`) and for operators, who call
 * the same functions.
 */
import type {
  ListWebhookEvents,
  ReplayWebhooks,
  TestWebhook,
  WebhookDelivery,
  WebhookEvent,
  WebhookEventDetail,
  WebhookEventPage,
  WebhookReplay,
  WebhookTestResult,
} from '#contract';
import { paymentReference } from '#contract';
import type { UndeliveredWebhook } from '#contract/operate';
import { ProblemError } from '../payments/model/errors.ts';
import { newId } from '../payments/model/ids.ts';
import type { Actor } from '../payments/model/operator-records.ts';
import type { Clock } from '../payments/model/ports.ts';
import type { OutboxRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { isoTime } from '../payments/model/time.ts';
import {
  type DeliveryRecord,
  type Destination,
  erasedBody,
  type LoggedWebhook,
  type LogPosition,
  type MerchantScope,
  mainEndpoint,
  type UndeliveredFilter,
} from '../payments/model/webhook-queries.ts';
import { replayWebhook } from './replay.ts';
import { isDelivery } from './send-webhook.ts';
import type { WebhookSender } from './webhook-sender.ts';

interface WebhookLogDeps {
  store: Store;
  clock: Clock;
  sender: Pick<WebhookSender, 'sendNow' | 'wake'>;
  /** The names of a merchant's endpoints beside the first one. */
  endpoints(merchantId: string): readonly string[];
}

/** Each method throws a ProblemError: `not_found` for what does not exist and for what belongs to another merchant. */
export interface WebhookLog {
  /** Of one endpoint, oldest first. Throws `invalid_request` for an `after` that is no webhook of this merchant, and for a range that ends before it begins. */
  list(merchantId: string, filter: ListWebhookEvents): Promise<WebhookEventPage>;
  /** What waits to be sent and what was given up, oldest first. */
  undelivered(filter: UndeliveredFilter): Promise<UndeliveredWebhook[]>;
  /** @param merchants whose webhooks the caller may see; null: all */
  read(id: string, merchants: MerchantScope): Promise<WebhookEventDetail>;
  /** Sends one webhook again. Throws `not_found` with status 410 if its body was erased. */
  replay(id: string, merchants: MerchantScope, by: Actor): Promise<void>;
  /** Begins to send a range again to one endpoint, and returns the id of the replay. Throws `invalid_request` as `list`. */
  replayRange(merchantId: string, range: ReplayWebhooks, by: Actor): Promise<string>;
  readReplay(merchantId: string, id: string): Promise<WebhookReplay>;
  /** Sends a test to an endpoint of the merchant, and waits for its answer, for 10 s at most. */
  sendTest(to: Destination): Promise<WebhookTestResult>;
}

/** Transactions that began before this have ended (`storage/README.md` has their times), so nothing appears before it any more. */
const settledAfterMs = 30_000;

export function createWebhookLog({ store, clock, sender, endpoints }: WebhookLogDeps): WebhookLog {
  const find = async (id: string, merchants: MerchantScope): Promise<OutboxRecord> => {
    const webhook = await store.webhook(id, merchants);
    if (!webhook) throw new ProblemError('not_found');
    return webhook;
  };

  const position = async (merchantId: string, id: string): Promise<LogPosition> => {
    const webhook = await store.webhook(id, [merchantId]);
    if (!webhook) throw invalid('after', 'expected the id of a webhook of this merchant');
    return webhook;
  };

  const requireEndpoint = ({ merchantId, endpoint }: Destination): void => {
    const names = [mainEndpoint, ...endpoints(merchantId)];
    if (!names.includes(endpoint)) throw invalid('endpoint', `expected ${names.join(' or ')}`);
  };

  return {
    async list(merchantId, { endpoint = mainEndpoint, after, createdFrom, createdTo, limit, type, paymentId, status }) {
      const range = { from: readTime(createdFrom), to: readTime(createdTo) };
      if (range.from !== undefined && range.to !== undefined) requireOrder(range.from, range.to, 'createdTo');
      const found = await store.listWebhooks(merchantId, {
        endpoint,
        limit: limit + 1,
        ...(after !== undefined && { after: await position(merchantId, after) }),
        ...(range.from !== undefined && { createdFrom: range.from }),
        ...(range.to !== undefined && { createdTo: range.to }),
        ...(type !== undefined && { type }),
        ...(paymentId !== undefined && { paymentId }),
        ...(status !== undefined && { status }),
      });
      const page = found.slice(0, limit);
      const last = new Map((await store.lastDeliveries(page.map(({ id }) => id))).map((one) => [one.eventId, one]));
      const settled = page.filter(({ createdAt }) => createdAt <= clock.now() - settledAfterMs);
      return {
        events: page.map((webhook) => eventView(webhook, last.get(webhook.id))),
        next: settled.at(-1)?.id ?? after ?? null,
        hasMore: found.length > limit && settled.length === limit,
      };
    },

    async undelivered(filter) {
      const found = await store.undeliveredWebhooks(filter);
      const last = new Map((await store.lastDeliveries(found.map(({ id }) => id))).map((one) => [one.eventId, one]));
      return found.map((webhook) => ({
        ...eventView(webhook, last.get(webhook.id)),
        merchantId: webhook.merchantId,
        reference: paymentReference(webhook.paymentId),
      }));
    },

    async read(id, merchants) {
      const { body, ...webhook } = await find(id, merchants);
      const deliveries = await store.deliveries(id);
      return {
        ...eventView(webhook, deliveries.at(-1)),
        body: body === erasedBody ? null : body,
        deliveries: deliveries.map(deliveryView),
      };
    },

    async replay(id, merchants, by) {
      const webhook = await find(id, merchants);
      if (webhook.body === erasedBody) {
        throw new ProblemError('not_found', {
          status: 410,
          detail: 'the body of this webhook was erased: it cannot be sent again',
        });
      }
      await replayWebhook({ store, clock }, webhook, by);
      sender.wake();
    },

    async replayRange(merchantId, { from, to, endpoint = mainEndpoint }, by) {
      requireEndpoint({ merchantId, endpoint });
      const now = clock.now();
      const fromAt = Date.parse(from);
      const toAt = Date.parse(to);
      requireOrder(fromAt, toAt, 'to');
      const id = newId('rpl');
      await store.insertReplay({
        id,
        merchantId,
        endpoint,
        fromAt,
        toAt,
        cursorAt: fromAt,
        cursorId: '',
        replayed: 0,
        requestedBy: by,
        createdAt: now,
        endedAt: null,
      });
      sender.wake();
      return id;
    },

    async readReplay(merchantId, id) {
      const replay = await store.replay(merchantId, id);
      if (!replay) throw new ProblemError('not_found');
      return {
        id,
        endpoint: replay.endpoint,
        from: isoTime(replay.fromAt),
        to: isoTime(replay.toAt),
        status: replay.endedAt === null ? 'running' : 'done',
        replayed: replay.replayed,
        requestedAt: isoTime(replay.createdAt),
        endedAt: optionalTime(replay.endedAt),
      };
    },

    async sendTest(to) {
      requireEndpoint(to);
      const id = newId('evt');
      const webhook: TestWebhook = { type: 'test', timestamp: isoTime(clock.now()), data: {} };
      const result = await sender.sendNow(to, { id, body: JSON.stringify(webhook) });
      if (!result) throw new ProblemError('not_found');
      const { status, reason, durationMs } = result;
      return { id, delivered: isDelivery(result), status, reason, durationMs };
    },
  };
}

const readTime = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
const optionalTime = (at: number | null): string | null => (at === null ? null : isoTime(at));
const invalid = (field: string, detail: string) => new ProblemError('invalid_request', { status: 422, field, detail });

function requireOrder(from: number, to: number, field: string): void {
  if (from > to) throw invalid(field, 'expected a time that is not before the beginning of the range');
}

const deliveryView = ({ eventId: _known, at, ...delivery }: DeliveryRecord): WebhookDelivery => ({
  ...delivery,
  at: isoTime(at),
});

/** @param last its last try; undefined before the first */
const eventView = (webhook: LoggedWebhook, last: DeliveryRecord | undefined): WebhookEvent => ({
  id: webhook.id,
  endpoint: webhook.endpoint,
  type: webhook.type,
  paymentId: webhook.paymentId,
  sequence: webhook.sequence,
  status: webhook.status,
  createdAt: isoTime(webhook.createdAt),
  deliveredAt: optionalTime(webhook.deliveredAt),
  replayedAt: optionalTime(webhook.replayedAt),
  nextTryAt: webhook.status === 'pending' ? isoTime(webhook.nextTryAt) : null,
  deliveryCount: last?.number ?? 0,
  lastDelivery: last ? deliveryView(last) : null,
});
