/** The routes by which a merchant's server reads its webhooks, has them sent again, and tests its host. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import {
  Empty,
  ListWebhookEvents,
  ReplayWebhooks,
  SendTestWebhook,
  WebhookEventDetail,
  WebhookEventPage,
  WebhookReplay,
  WebhookTestResult,
} from '#contract';
import { idempotencyKey, runIdempotent, runIdempotentRequest } from '../payments/http/idempotency.ts';
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { mainEndpoint } from '../payments/model/webhook-queries.ts';
import type { WebhookLog } from './webhook-log.ts';

interface WebhookRouteDeps {
  store: Store;
  clock: Clock;
  sealer: Sealer;
  log: WebhookLog;
}

const anId = z.string().regex(/^\w{1,64}$/);
const Id = z.strictObject({
  id: anId.meta({ description: 'The id of the webhook, `evt_…`.', examples: ['evt_5x0v2b6n1d4f7q4k19tz3m8cga'] }),
});
const ReplayId = z.strictObject({
  id: anId.meta({ description: 'The id of the replay, `rpl_…`.', examples: ['rpl_2b6n1d4f7q4k19tz3m8c5x0vga'] }),
});
const tags = ['merchant'];
const config = { scope: 'events' } as const;

export const webhookRoutes: FastifyPluginAsyncZod<WebhookRouteDeps> = async (app, deps) => {
  const { log } = deps;

  const list = { summary: 'Webhooks, oldest first', tags, querystring: ListWebhookEvents, response: { 200: WebhookEventPage } };
  app.get('/v1/events', { schema: list, config }, ({ merchant, query }) => log.list(merchant.id, query));

  const read = { summary: 'One webhook, with its body and deliveries', tags, params: Id, response: { 200: WebhookEventDetail } };
  app.get('/v1/events/:id', { schema: read, config }, ({ merchant, params }) => log.read(params.id, [merchant.id]));

  const replay = {
    summary: 'Send a webhook again',
    tags,
    params: Id,
    body: Empty,
    response: { 200: WebhookEventDetail },
  };
  app.post('/v1/events/:id/replay', { schema: replay, config }, async (request) => {
    const mine = [request.merchant.id];
    const { id } = await log.read(request.params.id, mine);
    await runIdempotentRequest(deps, request, `${id}:replay`, id, () => log.replay(id, mine, `merchant:${request.merchant.id}`));
    return log.read(id, mine);
  });

  const replayRange = {
    summary: 'Send all webhooks of a range of time again',
    tags,
    body: ReplayWebhooks,
    response: { 202: WebhookReplay },
  };
  app.post('/v1/events/replay', { schema: replayRange, config }, async (request, reply) => {
    const { merchant, body } = request;
    const begin = () => log.replayRange(merchant.id, body, `merchant:${merchant.id}`);
    const key = idempotencyKey(request);
    const use = { scope: `${merchant.id}:replay-events`, fingerprints: deps.sealer.fingerprints(JSON.stringify(body)) };
    const id = key === null ? await begin() : await runIdempotent(deps, { ...use, key }, begin);
    reply.code(202);
    return log.readReplay(merchant.id, id);
  });

  const readReplay = { summary: 'How far a replay of a range is', tags, params: ReplayId, response: { 200: WebhookReplay } };
  app.get('/v1/events/replays/:id', { schema: readReplay, config }, ({ merchant, params }) =>
    log.readReplay(merchant.id, params.id),
  );

  const test = {
    summary: 'Send a test webhook now',
    tags,
    body: z.nullish(SendTestWebhook),
    response: { 200: WebhookTestResult },
  };
  app.post('/v1/events/test', { schema: test, config }, ({ merchant, body }) =>
    log.sendTest({ merchantId: merchant.id, endpoint: body?.endpoint ?? mainEndpoint }),
  );
};
