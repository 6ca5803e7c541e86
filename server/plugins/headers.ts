/** Security headers: everything is forbidden unless a route says otherwise. */
import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';

export interface HeadersOptions {
  publicUrl: URL;
}

const year = 365 * 24 * 3600;

export const headers = fp<HeadersOptions>(
  async (app, { publicUrl }) => {
    // Answers hold payments: no cache between us and the customer may keep one. On the raw answer, as helmet's are, so that
    // a route or a file that knows better overrides it.
    app.addHook('onRequest', async (_request, reply) => {
      reply.raw.setHeader('cache-control', 'no-store');
    });
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // frame-ancestors says it better: this header cannot name the merchants who may frame us.
      xFrameOptions: false,
      referrerPolicy: { policy: 'no-referrer' },
      // Subdomains are not ours to decide about, and over plain http the header means nothing.
      strictTransportSecurity: publicUrl.protocol === 'https:' && { maxAge: year, includeSubDomains: false },
    });
  },
  { name: 'headers' },
);

/** The Content-Security-Policy of a framed page: it runs our own scripts only, only these origins may frame it, and it calls only us and `connect`. */
export const pluginPolicy = (frameAncestors: readonly string[], connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html pay-desk',
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
  ].join('; ');
