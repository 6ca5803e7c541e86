/**
 * A proxy to the BFF's `/checkout…` whose connection QA can spoil: `POST /qa/line` `{mode}` sets the mode of
 * `/qa/line/checkout…`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { PaymentView } from '#contract';
import { type LineMode, lineModes } from '../page/qa-api.ts';
import type { QaDeps } from './qa-deps.ts';

/** Longer than the four seconds after which the checkout shows that it takes long. */
const slowMs = 6_000;
const LineOrder = z.strictObject({ mode: z.enum(lineModes) });

export const lineRoutes: FastifyPluginAsync<QaDeps> = async (app, { bffUrl, line }) => {
  // Bodies are forwarded without parsing.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.get('/qa/line', async () => line);
  app.post<{ Body: string }>('/qa/line', async (request, reply) => {
    const order = LineOrder.safeParse(JSON.parse(request.body));
    if (!order.success) return reply.code(422).send({ error: z.prettifyError(order.error) });
    Object.assign(line, order.data);
    return line;
  });

  app.route<{ Body: string | undefined }>({
    method: ['GET', 'POST'],
    url: '/qa/line/*',
    handler: async (request, reply) => {
      const { mode } = line;
      const target = new URL(bffUrl + request.url.slice('/qa/line'.length));
      // Checked after URL has resolved dots in the path. The bearer goes to nobody but the BFF, whatever the path spells.
      if (target.origin !== new URL(bffUrl).origin || !/^\/checkout(\/|$)/.test(target.pathname)) return reply.callNotFound();
      if (mode === 'slow') await pause(slowMs);
      if (mode === 'cut') {
        reply.hijack();
        return void reply.raw.destroy();
      }
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const answer = await fetch(target, {
        method: request.method,
        headers: forwardedHeaders(request.headers, mode),
        ...(request.body && { body: request.body }),
        signal: gone.signal,
      });
      const text = await answer.text();
      const simulate = answer.ok ? simulateView[mode] : undefined;
      return reply
        .code(answer.status)
        .type(answer.headers.get('content-type') ?? 'application/json')
        .send(simulate ? JSON.stringify(simulate(JSON.parse(text) as PaymentView)) : text);
    },
  });
};

const forwarded = ['authorization', 'content-type', 'idempotency-key', 'origin'];

function forwardedHeaders(headers: Record<string, string | string[] | undefined>, mode: LineMode): Headers {
  const kept = new Headers();
  for (const name of forwarded) if (headers[name]) kept.set(name, String(headers[name]));
  const authorization = kept.get('authorization');
  if (mode === 'unknown-secret' && authorization) kept.set('authorization', wrongBearer(authorization));
  return kept;
}

/** Views that no merchant of the demo has; the QA page marks them as simulated. */
const simulateView: Partial<Record<LineMode, (view: PaymentView) => PaymentView>> = {
  long: (view) => ({
    ...view,
    merchantName: 'The Very Patient Gardeners’ Antiquarian Bookshop and Seed Exchange of Szczebrzeszyn',
    orderId: `${view.orderId}-CONTINUED-UNDER-A-NUMBER-NOBODY-CAN-READ-OUT`,
  }),
  live: (view) => ({ ...view, test: false }),
};

/** Another secret of the same form, which the BFF does not know. */
const wrongBearer = (authorization: string): string => `${authorization.slice(0, -8)}AAAAAAAA`;
