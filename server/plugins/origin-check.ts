/**
 * Lets a page ask whether pages of its origin may show payments. Where they may not, the browser hides all other answers from the page,
 * and its developer would see a lost connection.
 */
import fp from 'fastify-plugin';
import { type CurrentMerchants, ofMerchants } from './of-merchants.ts';

interface OriginCheckOptions {
  ownOrigin: string;
  merchants: CurrentMerchants;
}

/** `cors` lets every origin read the answer. */
export const originCheckPath = '/checkout/origin';

/** Anybody can invent origins, so no more than these are logged by a process. */
const mostLogged = 100;

export const originCheck = fp<OriginCheckOptions>(
  async (app, { ownOrigin, merchants }) => {
    const origins = ofMerchants(merchants, (all) => new Set([ownOrigin, ...all.flatMap(({ allowedOrigins }) => allowedOrigins)]));
    const logged = new Set<string>();
    app.get(originCheckPath, { schema: { hide: true } }, async (request, reply) => {
      const { origin = null } = request.headers;
      const allowed = origin === null || origins().has(origin);
      if (!allowed && isOrigin(origin) && logged.size < mostLogged && !logged.has(origin)) {
        logged.add(origin);
        request.log.warn(
          { where: origin },
          'no merchant has the origin of this page in allowedOrigins, so it cannot show payments',
        );
      }
      return reply.header('cache-control', 'no-store').send({ allowed, origin });
    });
  },
  { name: 'origin-check' },
);

/** Whatever else a header may hold is not for the log. */
const isOrigin = (text: string): boolean => text.length < 300 && URL.canParse(text) && new URL(text).origin === text;
