/** `POST /checkout/link`, for the plugin window alone: the only way in that needs no key and no client secret. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { OpenedLink, OpenLink } from '#contract';
import { ProblemError } from '../payments/model/problem-error.ts';
import { type LinkParts, openLink } from './open-link.ts';

export interface LinkRouteParts extends LinkParts {
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

export const linkRoutes: FastifyPluginAsyncZod<LinkRouteParts> = async (app, parts) => {
  // Before the body is read: a page that could post a link from elsewhere would get a client secret to keep.
  app.addHook('onRequest', async ({ headers: { origin } }) => {
    if (origin !== undefined && origin !== parts.ownOrigin) throw new ProblemError('not_found');
  });
  app.post('/checkout/link', { schema, bodyLimit }, async ({ body }) => ({ clientSecret: await openLink(parts, body.query) }));
};
