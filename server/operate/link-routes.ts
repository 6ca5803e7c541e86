/**
 * `POST /operate/links`: a link to a payment, for an order that was taken by phone. Nothing is stored before the customer opens it.
 * Such a link names an order and its amount in the merchant's name, so it needs a scope of its own.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MadeLink, MakeLink } from '#contract/operate';
import { newId } from '../payments/model/ids.ts';
import type { Clock } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { requireVisible } from './authenticate.ts';
import { logName } from './operator-log.ts';

export interface OperatorLinkDeps {
  makeLink(wanted: MakeLink): MadeLink;
  store: Pick<Store, 'insertOperatorLog'>;
  clock: Clock;
}

const schema = { summary: 'Make a link to a payment, for an order by phone', body: MakeLink, response: { 200: MadeLink } };

export const operatorLinkRoutes: FastifyPluginAsyncZod<OperatorLinkDeps> = async (app, { makeLink, store, clock }) => {
  app.post('/operate/links', { schema, config: { operatorScope: 'links' } }, async ({ operator, body }) => {
    requireVisible(operator, body.merchant);
    const made = makeLink(body);
    const { merchant: merchantId, orderId, amount, currency } = body;
    const entry = { id: newId('log'), operator: logName(operator), action: 'make_link', target: orderId, at: clock.now() };
    await store.insertOperatorLog({ ...entry, data: { merchantId, amount, currency, expiresAt: made.expiresAt } });
    return made;
  });
};
