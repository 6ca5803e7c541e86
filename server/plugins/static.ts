/**
 * Serves the built widget: the script for any page, its pinned builds, and the pages that only pages of their merchant may frame.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import type { Merchant } from '../payments/model/ports.ts';
import { type Compressed, compressed, sendCompressed } from './compressed.ts';
import { pluginPolicy } from './headers.ts';
import { type CurrentMerchants, ofMerchants } from './of-merchants.ts';
import { unknownMerchant } from './unknown-merchant-page.ts';

export interface StaticOptions {
  /** The folder of the widget's build. */
  root: string;
  merchants: CurrentMerchants;
  /** Origins that the merchant's card form calls directly instead of our server; none by default. */
  cardConnect?: (merchantId: string) => readonly string[];
}

/** The pages that are framed: the whole checkout, and the card form of a checkout on a merchant's page. */
const framed = ['plugin', 'frame/card'] as const;

const schema = { hide: true };

/** Whether the folder contains the widget's build. */
export const isWidgetBuilt = (root: string): boolean => existsSync(join(root, 'v1/pay-desk.js'));

export const staticFiles = fp<StaticOptions>(
  async (app, { root, merchants, cardConnect = () => [] }) => {
    const origins = ofMerchants(merchants, (all) => new Map(all.map(({ id, allowedOrigins }) => [id, allowedOrigins])));
    const pictured = ofMerchants(merchants, (all) => new Map(all.map((merchant) => [merchant.id, merchant])));
    const builds = pinnedBuilds(root);
    await app.register(fastifyStatic, {
      root,
      serve: false,
      cacheControl: false,
      // The build wrote a brotli and a gzip file beside each file; the browser's header decides.
      preCompressed: true,
      // Source maps are not public, and compressed files are served under the name of the original.
      allowedPath: (path) => !/\.(map|br|gz)$/.test(path),
      setHeaders(reply, path) {
        reply.header('cache-control', cacheControl(path.replace(/\.(br|gz)$/, '')));
        for (const [name, value] of Object.entries(publicHeaders)) reply.header(name, value);
      },
    });

    app.get('/v1/integrity.json', { schema }, (_request, reply) =>
      reply.headers({ ...publicHeaders, 'cache-control': 'public, max-age=300' }).send(builds),
    );
    app.get<{ Params: { version: string } }>('/:version(^v\\d+\\.\\d+\\.\\d+$)/pay-desk.js', { schema }, (request, reply) =>
      reply.sendFile(`${request.params.version}/pay-desk.js`),
    );
    app.get<{ Params: { '*': string } }>('/v1/*', { schema }, (request, reply) => {
      const path = request.params['*'];
      if (!isFile.test(path)) return reply.callNotFound();
      const former = path.startsWith('chunks/') && !existsSync(join(root, 'v1', path));
      return reply.sendFile(former ? path.replace('chunks/', 'former-chunks/') : `v1/${path}`);
    });
    for (const name of framed) {
      // Common misspellings of the address. The target never contains the requested path, because `//plugin/` would name a host.
      for (const path of [`/${name}`, `//${name}`, `//${name}/`, `/${name}//`]) {
        app.get(path, { schema }, ({ url }, reply) => reply.redirect(`/${name}/${/\?.*/s.exec(url)?.[0] ?? ''}`, 308));
      }
      const page = readFileSync(join(root, name, 'index.html'), 'utf8');
      const inlineScripts = inlineScriptsOf(page);
      const pages = ofMerchants(merchants, () => new Map<string, Compressed>());
      const pageFor = (merchant: string, framers: readonly string[]): Compressed => {
        const found = pages().get(merchant) ?? compressed(withParents(page, framers));
        pages().set(merchant, found);
        return found;
      };
      app.get<{ Querystring: { merchant?: string | string[] } }>(`/${name}/`, { schema }, (request, reply) => {
        const { merchant } = request.query;
        const framers = typeof merchant === 'string' ? origins().get(merchant) : undefined;
        const shop = framers && pictured().get(String(merchant));
        const policy = pluginPolicy({
          frameAncestors: framers ? ["'self'", ...framers] : [],
          connect: framers ? cardConnect(String(merchant)) : [],
          images: shop ? pictureOrigins(shop, name) : [],
          inlineScripts,
        });
        reply.header('content-security-policy', policy);
        reply.type('text/html; charset=utf-8').headers({ ...publicHeaders, ...framedHeaders, 'cache-control': 'no-cache' });
        if (!framers) return sendCompressed(request, reply.code(404), unknownMerchant);
        return sendCompressed(request, reply, pageFor(String(merchant), framers));
      });
    }
  },
  { name: 'static' },
);

/** The brands whose marks a card form shows. */
const cardBrands = ['payme', 'uzcard', 'humo'];

/** Where a framed page may load the merchant's pictures from: the plugin window shows all of them, the card frame its own. */
function pictureOrigins({ logoUrl, brands = {} }: Merchant, page: (typeof framed)[number]): string[] {
  const shown = page === 'plugin' ? [logoUrl, ...Object.values(brands)] : cardBrands.map((brand) => brands[brand]);
  return [...new Set(shown.flatMap((address) => (address && !address.startsWith('data:') ? [new URL(address).origin] : [])))];
}

/** The form of the names that the build makes. None begins with a dot, so neither `..` nor a hidden file can be requested. */
const isFile = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.[a-z0-9]+$/;

const publicHeaders = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };

/** A page that isolates itself by this policy may only frame pages that have it too. All that our pages load is their own. */
const framedHeaders = { 'cross-origin-embedder-policy': 'require-corp' };

/** What the page's policy must name of the scripts that stand in it: their hashes. */
const inlineScriptsOf = (page: string): string[] =>
  [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, script = '']) => `sha256-${createHash('sha256').update(script).digest('base64')}`,
  );

/** Writes into the page which origins may send it messages. They come from the merchants file and contain no quote or bracket. */
const withParents = (page: string, parents: readonly string[]): string =>
  page.replace('name="pay-desk-parents" content=""', `name="pay-desk-parents" content="${parents.join(' ')}"`);

/** The pinned builds in the folder, newest first, each with the hash of the file that is served. */
function pinnedBuilds(root: string): { version: string; url: string; integrity: string }[] {
  return readdirSync(root)
    .filter((name) => isVersion.test(name) && existsSync(join(root, name, 'pay-desk.js')))
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
    .map((name) => {
      const hash = createHash('sha384')
        .update(readFileSync(join(root, name, 'pay-desk.js')))
        .digest('base64');
      return { version: name.slice(1), url: `/${name}/pay-desk.js`, integrity: `sha384-${hash}` };
    });
}

const isVersion = /^v\d+\.\d+\.\d+$/;

function cacheControl(path: string): string {
  if (/\/(?:v1\/|former-)chunks\//.test(path) || /\/v\d+\.\d+\.\d+\/pay-desk\.js$/.test(path))
    return 'public, max-age=31536000, immutable';
  // The entry scripts name the chunks of their own release, which the next release replaces. So each visit asks whether they have
  // changed, and the ETag makes the answer short.
  return 'no-cache';
}
