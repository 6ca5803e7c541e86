/** Security headers. Everything is forbidden unless a route allows it. */
import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';

interface HeadersOptions {
  publicUrl: URL;
}

const year = 365 * 24 * 3600;

export const headers = fp<HeadersOptions>(
  async (app, { publicUrl }) => {
    // No cache between us and the customer may keep an answer, since answers contain payments. Set on the raw answer, as helmet
    // does, so that a route or a file can override it.
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
      // frame-ancestors replaces this header, which cannot name the merchants that may frame us.
      xFrameOptions: false,
      referrerPolicy: { policy: 'no-referrer' },
      // Subdomains may belong to others, and over plain http the header means nothing.
      strictTransportSecurity: publicUrl.protocol === 'https:' && { maxAge: year, includeSubDomains: false },
    });
  },
  { name: 'headers' },
);

/** Origins, besides our own, of a framed page. */
export interface PluginOrigins {
  /** Whose pages may frame it. */
  frameAncestors: readonly string[];
  /** Which it calls. */
  connect?: readonly string[];
  /** Which it shows pictures of. */
  images?: readonly string[];
  /** The scripts that stand in the page itself, each by its hash (`sha256-…`). */
  inlineScripts?: readonly string[];
}

/** The Content-Security-Policy of a framed page: it runs only our scripts, and only these origins have to do with it. */
export const pluginPolicy = ({ frameAncestors, connect = [], images = [], inlineScripts = [] }: PluginOrigins): string =>
  [
    "default-src 'none'",
    ["script-src 'self'", ...inlineScripts.map((hash) => `'${hash}'`)].join(' '),
    "style-src 'self'",
    ["img-src 'self' data:", ...images].join(' '),
    ["connect-src 'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html pay-desk',
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
  ].join('; ');
