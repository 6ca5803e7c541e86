/** The log of webhooks for operators: what a shop was told, each try, and sending it again. `webhooks/webhook-log.ts` does the work. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import {
  Empty,
  ListWebhookEvents,
  ReplayWebhooks,
  WebhookEventDetail,
  WebhookEventPage,
  WebhookReplay,
  WebhookTestResult,
} from '#contract';
import { UndeliveredPage } from '#contract/operate';
import { idempotencyKey, runIdempotent, runIdempotentRequest } from '../payments/http/idempotency.ts';
import type { Operator } from '../payments/model/access-keys.ts';
import { ProblemError } from '../payments/model/errors.ts';
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { mainEndpoint } from '../payments/model/webhook-queries.ts';
import type { WebhookLog } from '../webhooks/webhook-log.ts';
import { merchantsOf, operatorName, requireVisible } from './authenticate.ts';
import { After, writeCursor } from './cursor.ts';
import { logRead } from './operator-log.ts';
import { visibleMerchants } from './read-routes.ts';

export interface EventRouteDeps {
  store: Store;
  clock: Clock;
  sealer: Sealer;
  webhooks: WebhookLog;
}

const merchant = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/);
const { after, endpoint, type, status, createdFrom, limit, paymentId: payment } = ListWebhookEvents.shape;
/** The log is that of one merchant: one of the two says which. */
const List = z.strictObject({ merchant: merchant.optional(), payment, after, endpoint, type, status, createdFrom, limit });
const waiting = z.enum(['pending', 'parked']).optional();
const Undelivered = z.strictObject({ merchant: merchant.optional(), status: waiting, after: After.optional(), limit });
const Id = z.strictObject({ id: z.string().regex(/^\w{1,64}$/) });
const Replay = z.strictObject({ merchant, ...ReplayWebhooks.shape });
const Test = z.strictObject({ merchant, endpoint });
const config = { operatorScope: 'act' } as const;

export const eventRoutes: FastifyPluginAsyncZod<EventRouteDeps> = async (app, deps) => {
  const { store, webhooks } = deps;

  const list = {
    summary: 'Webhooks of a merchant or a payment, oldest first',
    querystring: List,
    response: { 200: WebhookEventPage },
  };
  app.get('/operate/events', { schema: list }, async ({ operator, query }) => {
    const { merchant: named, payment: paymentId, ...filter } = query;
    const owner = named ?? (await merchantOf(operator, paymentId));
    requireVisible(operator, owner);
    return webhooks.list(owner, { ...filter, ...(paymentId !== undefined && { paymentId }) });
  });

  const merchantOf = async (operator: Operator, paymentId: string | undefined): Promise<string> => {
    const found = paymentId === undefined ? null : await store.payment(paymentId);
    if (found) return found.merchantId;
    const [only, ...others] = operator.merchants ?? [];
    if (paymentId !== undefined) throw new ProblemError('not_found');
    if (only !== undefined && others.length === 0) return only;
    throw new ProblemError('invalid_request', { status: 422, field: 'merchant', detail: 'expected a merchant or a payment' });
  };

  const undelivered = {
    summary: 'Webhooks that wait to be sent or were given up, of all merchants, oldest first',
    querystring: Undelivered,
    response: { 200: UndeliveredPage },
  };
  app.get('/operate/events/undelivered', { schema: undelivered }, async ({ operator, query }) => {
    const { merchant: only, status, after: cursor, limit: most } = query;
    const start = cursor ? { createdAt: cursor.at, id: cursor.id } : null;
    const merchants = visibleMerchants(operator, only);
    const found = await webhooks.undelivered({ merchants, status, after: start, limit: most + 1 });
    const events = found.slice(0, most);
    const last = events.at(-1);
    const next = found.length > most && last ? writeCursor({ at: Date.parse(last.createdAt), id: last.id }) : null;
    return { events, next };
  });

  const read = { summary: 'One webhook, with its body and deliveries', params: Id, response: { 200: WebhookEventDetail } };
  app.get('/operate/events/:id', { schema: read }, async ({ operator, params }) => {
    const event = await webhooks.read(params.id, merchantsOf(operator));
    await logRead(deps, operator, 'read_event', event.id);
    return event;
  });

  const replay = { summary: 'Send a webhook again', params: Id, body: Empty, response: { 200: WebhookEventDetail } };
  app.post('/operate/events/:id/replay', { schema: replay, config }, async (request) => {
    const { operator, params } = request;
    const { id } = await webhooks.read(params.id, merchantsOf(operator));
    const by = operatorName(operator);
    await runIdempotentRequest(deps, request, `${id}:${by}:replay`, id, () => webhooks.replay(id, merchantsOf(operator), by));
    return webhooks.read(id, merchantsOf(operator));
  });

  const replayRange = {
    summary: 'Send all webhooks of a merchant and a range of time again',
    body: Replay,
    response: { 202: WebhookReplay },
  };
  app.post('/operate/events/replay', { schema: replayRange, config }, async (request, reply) => {
    const { operator, body } = request;
    requireVisible(operator, body.merchant);
    const by = operatorName(operator);
    const { merchant: owner, ...range } = body;
    const begin = () => webhooks.replayRange(owner, range, by);
    const key = idempotencyKey(request);
    const use = { scope: `${by}:replay-events`, fingerprints: deps.sealer.fingerprints(JSON.stringify(body)) };
    const id = key === null ? await begin() : await runIdempotent(deps, { ...use, key }, begin);
    reply.code(202);
    return webhooks.readReplay(body.merchant, id);
  });

  const test = { summary: "Send a test webhook to a merchant's host now", body: Test, response: { 200: WebhookTestResult } };
  app.post('/operate/events/test', { schema: test, config }, ({ operator, body }) => {
    requireVisible(operator, body.merchant);
    return webhooks.sendTest({ merchantId: body.merchant, endpoint: body.endpoint ?? mainEndpoint });
  });
};
