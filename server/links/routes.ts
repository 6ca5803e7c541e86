/**
 * `POST /checkout/link`, for the plugin window only: the only route that opens a payment without an API key or a client secret.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { OpenedLink, OpenLink } from '#contract';
import { ProblemError } from '../payments/model/errors.ts';
import type { Clock } from '../payments/model/ports.ts';
import type { Payments } from '../payments/payments.ts';
import { parseLinkParameters, parseLinkPayment } from './read-link.ts';
import { type LinkMerchant, verifyLink } from './signed-link.ts';

interface LinkRouteDeps extends OpenLinkDeps {
  /** The origin of the plugin window. */
  ownOrigin: string;
}

/** The query of a link has at most 8 kB, and JSON's escapes need a quarter more. */
const bodyLimit = 10 * 1024;

const schema = {
  summary: 'Open the payment of a signed link',
  tags: ['checkout'],
  security: [],
  body: OpenLink,
  response: { 200: OpenedLink },
};

export const linkRoutes: FastifyPluginAsyncZod<LinkRouteDeps> = async (app, deps) => {
  // Checked before the body is read. A page of another origin that could post a link would receive a client secret.
  app.addHook('onRequest', async ({ headers: { origin } }) => {
    if (origin !== undefined && origin !== deps.ownOrigin) throw new ProblemError('not_found');
  });
  app.post('/checkout/link', { schema, bodyLimit }, async ({ body }) => ({ clientSecret: await openLink(deps, body.query) }));
};

/** Whoever has a link can cancel its payment and open the next one. No customer needs so many of one order in a day. */
const paymentsInDay = 20;

interface OpenLinkDeps {
  payments: Pick<Payments, 'create' | 'addClientSecret'>;
  clock: Clock;
  merchants: Pick<ReadonlyMap<string, LinkMerchant>, 'get'>;
}

/**
 * Opens a signed link: creates or finds the payment of its order and adds a client secret to it. The same link again resumes the
 * same payment; once that is canceled or expired, it creates a new one as long as the link is valid.
 * @param query of the link's address, without the `?`
 * @returns the client secret
 * @throws {ProblemError} for anything wrong with the link, and as creating a payment does: `order_conflict` if the order has a
 * payment of another amount or customer, `method_unavailable` if no method is available, `too_many_attempts` after too many payments of
 * the order in a day
 */
export async function openLink({ payments, clock, merchants }: OpenLinkDeps, query: string): Promise<string> {
  const parameters = parseLinkParameters(query);
  const merchant = verifyLink(merchants, parameters, clock.now());
  const id = await payments.create(merchant, parseLinkPayment(merchant, parameters), { mostInDay: paymentsInDay });
  return payments.addClientSecret(id);
}
