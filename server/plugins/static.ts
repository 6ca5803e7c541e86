/** The built widget: the script that any page may load, its pinned builds, and the pages that only their merchant's pages may frame. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ConfigError } from '../config-error.ts';
import type { Merchant } from '../payments/model/ports.ts';
import { pluginPolicy } from './headers.ts';

/** The plugin window, or the card frame, of a merchant we do not know. Without its merchant nobody knows the customer's language either: all five, short. */

const words: readonly [lang: string, title: string, text: string][] = [
  [
    'en',
    'This payment did not open',
    'The link does not name a shop we know. Go back to the shop and open the payment again from there.',
  ],
  ['my', 'ဤငွေပေးချေမှု မပွင့်ပါ', 'လင့်ခ်တွင် ကျွန်ုပ်တို့သိသော ဆိုင်အမည် မပါပါ။ ဆိုင်သို့ ပြန်သွားပြီး ငွေပေးချေမှုကို ထပ်ဖွင့်ပါ။'],
  ['ru', 'Оплата не открылась', 'В ссылке нет известного нам магазина. Вернитесь в магазин и откройте оплату оттуда ещё раз.'],
  ['uz', 'Toʻlov ochilmadi', 'Havolada bizga maʼlum doʻkon yoʻq. Doʻkonga qayting va toʻlovni oʻsha yerdan qayta oching.'],
  [
    'pl',
    'Płatność się nie otworzyła',
    'Link nie wskazuje znanego nam sklepu. Wróć do sklepu i otwórz płatność stamtąd jeszcze raz.',
  ],
];

const sections = words.map(([lang, title, text]) => `<section lang="${lang}"><h2>${title}</h2><p>${text}</p></section>`);

export const unknownMerchantPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Payment</title><main>
${sections.join('\n')}
</main>
`;

export interface StaticOptions {
  /** The folder that the build of the widget wrote. */
  root: string;
  merchants: readonly Merchant[];
  /** Origins that the card form of a merchant calls itself, instead of our server; none by default. */
  cardConnect?: (merchantId: string) => readonly string[];
}

/** What is framed: the whole checkout, and the card form of a checkout that a merchant's page draws. */
const framed = ['plugin', 'frame/card'];

const schema = { hide: true };
const noMerchant = compressed(unknownMerchantPage);

export const staticFiles = fp<StaticOptions>(
  async (app, { root, merchants, cardConnect = () => [] }) => {
    if (!existsSync(join(root, 'v1/pay-desk.js'))) throw new ConfigError('The widget is not built: run `npm run build` first.');
    const origins = new Map(merchants.map(({ id, allowedOrigins }) => [id, allowedOrigins]));
    const builds = pinnedBuilds(root);
    await app.register(fastifyStatic, {
      root,
      serve: false,
      cacheControl: false,
      // As the build wrote them beside each file: brotli, gzip or neither, as the browser asks.
      preCompressed: true,
      // Source maps are built for us, not for the world, and the compressed ones go under the name of what they hold.
      allowedPath: (path) => !/\.(map|br|gz)$/.test(path),
      setHeaders(reply, path) {
        reply.header('cache-control', cacheControl(path.replace(/\.(br|gz)$/, '')));
        for (const [name, value] of Object.entries(forEverybody)) reply.header(name, value);
      },
    });

    app.get('/v1/integrity.json', { schema }, (_request, reply) =>
      reply.headers({ ...forEverybody, 'cache-control': 'public, max-age=300' }).send(builds),
    );
    app.get<{ Params: { version: string } }>('/:version(^v\\d+\\.\\d+\\.\\d+$)/pay-desk.js', { schema }, (request, reply) =>
      reply.sendFile(`${request.params.version}/pay-desk.js`),
    );
    app.get<{ Params: { '*': string } }>('/v1/*', { schema }, (request, reply) => {
      const path = request.params['*'];
      return isFile.test(path) ? reply.sendFile(`v1/${path}`) : reply.callNotFound();
    });
    for (const name of framed) {
      // As people and templates write the address by mistake. Nothing of the path goes into the new one: `//plugin/` names a host.
      for (const path of [`/${name}`, `//${name}`, `//${name}/`, `/${name}//`]) {
        app.get(path, { schema }, ({ url }, reply) => reply.redirect(`/${name}/${/\?.*/s.exec(url)?.[0] ?? ''}`, 308));
      }
      const page = readFileSync(join(root, name, 'index.html'), 'utf8');
      const pages = new Map<string, Compressed>();
      const pageFor = (merchant: string, framers: readonly string[]): Compressed => {
        const known = pages.get(merchant) ?? compressed(named(page, framers));
        pages.set(merchant, known);
        return known;
      };
      app.get<{ Querystring: { merchant?: string | string[] } }>(`/${name}/`, { schema }, (request, reply) => {
        const { merchant } = request.query;
        const framers = typeof merchant === 'string' ? origins.get(merchant) : undefined;
        const connect = framers ? cardConnect(String(merchant)) : [];
        reply.header('content-security-policy', pluginPolicy(framers ? ["'self'", ...framers] : [], connect));
        reply.type('text/html; charset=utf-8').headers({ ...forEverybody, 'cache-control': 'no-cache' });
        if (!framers) return sendCompressed(request, reply.code(404), noMerchant);
        return sendCompressed(request, reply, pageFor(String(merchant), framers));
      });
    }
  },
  { name: 'static' },
);

/** Names that the build makes; nothing with a dot first, so no `..` and no hidden file. */
const isFile = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.[a-z0-9]+$/;

const forEverybody = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };

/** The page learns who may speak to it. What stands here is an origin of the merchants file, which has no quote or bracket. */
const named = (page: string, parents: readonly string[]): string =>
  page.replace('name="pay-desk-parents" content=""', `name="pay-desk-parents" content="${parents.join(' ')}"`);

/** The pinned builds that lie here, newest first, by the hash of what is really served. */
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
  if (path.includes('/v1/chunks/') || /\/v\d+\.\d+\.\d+\/pay-desk\.js$/.test(path)) return 'public, max-age=31536000, immutable';
  if (path.includes('/v1/')) return 'public, max-age=300';
  return 'no-cache';
}

/**
 * A text that is the same for everybody who asks, compressed once and kept, for pages that are written here and not at build. Never for
 * answers that hold a secret of one person: beside a text that a stranger chose, their compressed length would tell of it (BREACH).
 */
export interface Compressed {
  identity: Buffer;
  br: Buffer;
  gzip: Buffer;
}

export function compressed(text: string): Compressed {
  const identity = Buffer.from(text);
  const br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } });
  return { identity, br, gzip: gzipSync(identity, { level: 9 }) };
}

export function sendCompressed({ headers }: FastifyRequest, reply: FastifyReply, of: Compressed): FastifyReply {
  const encoding = chooseEncoding(headers['accept-encoding']);
  reply.header('vary', 'accept-encoding');
  return encoding === 'identity' ? reply.send(of.identity) : reply.header('content-encoding', encoding).send(of[encoding]);
}

/** The best of those that the header takes: brotli unless gzip is liked better; a `q` of 0 or one that cannot be read is a no. */
export function chooseEncoding(header: string | string[] | undefined): keyof Compressed {
  const liking = new Map<string, number>();
  for (const item of String(header ?? '').split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    liking.set(name, /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q) : 0);
  }
  const of = (name: string) => liking.get(name) ?? liking.get('*') ?? 0;
  if (of('br') > 0 && of('br') >= of('gzip')) return 'br';
  return of('gzip') > 0 ? 'gzip' : 'identity';
}
