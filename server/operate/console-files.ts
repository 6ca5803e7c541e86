/** Serves the built console to operators: the page at `/`, and its assets. It contains nothing that is secret. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';

interface ConsoleFilesOptions {
  /** The folder of the console's build. */
  root: string;
}

/** The page runs only our scripts, calls only us, sends no form and is framed by nobody. */
const consolePolicy: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const schema = { hide: true };

/** Whether the folder contains the console's build. */
export const isConsoleBuilt = (root: string): boolean => existsSync(join(root, 'index.html'));

export const consoleFiles = fp<ConsoleFilesOptions>(
  async (app, { root }) => {
    await app.register(fastifyStatic, {
      root,
      serve: false,
      cacheControl: false,
      // The build wrote a brotli and a gzip file beside each asset; the browser's header decides.
      preCompressed: true,
      setHeaders(reply, path) {
        // The names of assets contain a hash of their content.
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store');
      },
    });
    app.get('/', { schema }, (_request, reply) =>
      reply.header('content-security-policy', consolePolicy).header('x-content-type-options', 'nosniff').sendFile('index.html'),
    );
    app.get<{ Params: { name: string } }>('/assets/:name', { schema }, (request, reply) =>
      isAsset.test(request.params.name)
        ? reply.header('x-content-type-options', 'nosniff').sendFile(`assets/${request.params.name}`)
        : reply.callNotFound(),
    );
  },
  { name: 'console-files' },
);

/** The form of the names that the build makes. */
const isAsset = /^[\w-]+\.(js|css)$/;
