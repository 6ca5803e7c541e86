/** `POST /qa/line` `{mode}` chooses what the line is like; `/qa/line/checkout…` is the BFF's `/checkout…` at the end of it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { PaymentView } from '#contract';
import { type LineMode, lineModes } from '../page/qa-api.ts';
import type { QaParts } from './qa-routes.ts';

/** Longer than the four seconds after which the checkout says that it takes long. */
const slowMs = 6_000;
const LineOrder = z.strictObject({ mode: z.enum(lineModes) });

export const lineRoutes: FastifyPluginAsync<QaParts> = async (app, { bffUrl, line }) => {
  // What a customer sends is handed on as it came.
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
      const target = new URL(request.url.slice('/qa/line'.length), bffUrl);
      // Judged as it will be asked: dots in the path are resolved by now.
      if (!/^\/checkout(\/|$)/.test(target.pathname)) return reply.callNotFound();
      if (mode === 'slow') await pause(slowMs);
      if (mode === 'cut') {
        reply.hijack();
        return void reply.raw.destroy();
      }
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const answer = await fetch(target, {
        method: request.method,
        headers: handedOn(request.headers, mode),
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

const names = ['authorization', 'content-type', 'idempotency-key', 'origin'];

function handedOn(headers: Record<string, string | string[] | undefined>, mode: LineMode): Headers {
  const kept = new Headers();
  for (const name of names) if (headers[name]) kept.set(name, String(headers[name]));
  const authorization = kept.get('authorization');
  if (mode === 'stranger' && authorization) kept.set('authorization', strangersBearer(authorization));
  return kept;
}

/** What the line between a checkout and the BFF does to what goes over it, for pages that go by `/qa/line`. One line for the whole demo. */
export interface Line {
  mode: LineMode;
}

/** A payment as no merchant of the demo has one: the page says that it is simulated. */
export const simulateView: Partial<Record<LineMode, (view: PaymentView) => PaymentView>> = {
  long: (view) => ({
    ...view,
    merchantName: 'The Very Patient Gardeners’ Antiquarian Bookshop and Seed Exchange of Szczebrzeszyn',
    orderId: `${view.orderId}-CONTINUED-UNDER-A-NUMBER-NOBODY-CAN-READ-OUT`,
  }),
  live: (view) => ({ ...view, test: false }),
};

/** Another secret of the same form: it opens nothing. */
export const strangersBearer = (authorization: string): string => `${authorization.slice(0, -8)}AAAAAAAA`;
