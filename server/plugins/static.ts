/** The built widget: the script that any page may load, and the plugin window that only its merchant's pages may frame. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import { ConfigError } from '../config-error.ts';
import type { Merchant } from '../payments/ports.ts';
import { pluginPolicy } from './plugin-policy.ts';

export interface StaticOptions {
  /** The folder that the build of the widget wrote. */
  root: string;
  merchants: readonly Merchant[];
}

const schema = { hide: true };

export const staticFiles = fp<StaticOptions>(
  async (app, { root, merchants }) => {
    if (!existsSync(join(root, 'v1/pay-desk.js'))) throw new ConfigError('The widget is not built: run `npm run build` first.');
    const origins = new Map(merchants.map(({ id, allowedOrigins }) => [id, allowedOrigins]));
    await app.register(fastifyStatic, {
      root,
      serve: false,
      cacheControl: false,
      // Source maps are built for us, not for the world.
      allowedPath: (path) => !path.endsWith('.map'),
      setHeaders(reply, path) {
        reply.setHeader('cache-control', cacheControl(path));
        reply.setHeader('cross-origin-resource-policy', 'cross-origin');
        reply.setHeader('access-control-allow-origin', '*');
      },
    });

    app.get<{ Params: { '*': string } }>('/v1/*', { schema }, (request, reply) => {
      const path = request.params['*'];
      return isFile.test(path) ? reply.sendFile(`v1/${path}`) : reply.callNotFound();
    });
    app.get<{ Params: { '*': string } }>('/plugin/*', { schema }, (request, reply) => {
      const path = request.params['*'];
      return isFile.test(path) ? reply.sendFile(`plugin/${path}`) : reply.callNotFound();
    });
    app.get<{ Querystring: { merchant?: string | string[] } }>('/plugin/', { schema }, (request, reply) => {
      const { merchant } = request.query;
      const framers = typeof merchant === 'string' ? origins.get(merchant) : undefined;
      reply.header('content-security-policy', pluginPolicy(framers ? ["'self'", ...framers] : []));
      return framers ? reply.sendFile('plugin/index.html') : reply.code(404).type('text/html; charset=utf-8').send(noMerchant);
    });
  },
  { name: 'static' },
);

/** Names that the build makes; nothing with a dot first, so no `..` and no hidden file. */
const isFile = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.[a-z0-9]+$/;

function cacheControl(path: string): string {
  if (path.includes('/v1/chunks/')) return 'public, max-age=31536000, immutable';
  if (path.includes('/v1/')) return 'public, max-age=300';
  return 'no-cache';
}

const noMerchant = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Payment</title>
<p>This payment window was opened without a shop we know. Please go back to the shop and try again.
<p lang="my">ဤငွေပေးချေမှု ဝင်းဒိုးကို ကျွန်ုပ်တို့သိသော ဆိုင်မပါဘဲ ဖွင့်ထားပါသည်။ ဆိုင်သို့ ပြန်သွားပြီး ထပ်မံကြိုးစားပါ။
`;
