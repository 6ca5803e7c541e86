/** `POST /checkout/link`, for the plugin window alone: the only way in that needs no key and no client secret. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { OpenedLink, OpenLink } from '#contract';
import type { Clock } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import type { Payments } from '../payments/payments.ts';
import { parseLinkParameters, parseLinkPayment } from './read-link.ts';
import type { LinkMerchant } from './signed-link.ts';
import { verifyLink } from './signed-link.ts';

export interface LinkRouteDeps extends OpenLinkDeps {
  /** Where the plugin window lives. */
  ownOrigin: string;
}

/** The query of a link has 8 kB at most; a quarter more for the quotes of JSON. */
const bodyLimit = 10 * 1024;

const schema = {
  summary: 'Open the payment of a signed link',
  tags: ['checkout'],
  security: [],
  body: OpenLink,
  response: { 200: OpenedLink },
};

export const linkRoutes: FastifyPluginAsyncZod<LinkRouteDeps> = async (app, parts) => {
  // Before the body is read: a page that could post a link from elsewhere would get a client secret to keep.
  app.addHook('onRequest', async ({ headers: { origin } }) => {
    if (origin !== undefined && origin !== parts.ownOrigin) throw new ProblemError('not_found');
  });
  app.post('/checkout/link', { schema, bodyLimit }, async ({ body }) => ({ clientSecret: await openLink(parts, body.query) }));
};

/** Opens a signed link: the payment of its order, made or found, and one more client secret for it. */
export interface OpenLinkDeps {
  payments: Pick<Payments, 'create' | 'addClientSecret'>;
  clock: Clock;
  merchants: ReadonlyMap<string, LinkMerchant>;
}

/**
 * The same link again resumes the same payment; after canceled or expired it makes a new one, as long as the link is valid.
 * @param query Of the link's address, without the `?`.
 * @returns The client secret.
 * @throws ProblemError for whatever is wrong with the link, and those of creating a payment: `order_conflict` where the order
 * has a payment of other money or of another customer, `method_unavailable` where no method fits.
 */
export async function openLink({ payments, clock, merchants }: OpenLinkDeps, query: string): Promise<string> {
  const parameters = parseLinkParameters(query);
  const merchant = verifyLink(merchants, parameters, clock.now());
  const id = await payments.create(merchant, parseLinkPayment(merchant, parameters));
  return payments.addClientSecret(id);
}
