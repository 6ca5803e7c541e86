/**
 * Warns, once, of a proxy that nobody believes. It tells who asks in a header; where that header is not believed, all customers have
 * the proxy's address, and what limits one of them locks everybody out.
 */
import fp from 'fastify-plugin';

export interface UnheededProxyOptions {
  /** Whether what this address says of others is believed. */
  trusts: (address: string) => boolean;
}

export const unheededProxy = fp<UnheededProxyOptions>(
  async (app, { trusts }) => {
    let warned = false;
    app.addHook('onRequest', async ({ headers, socket, log }) => {
      if (warned || !names.some((name) => headers[name] !== undefined)) return;
      // `X-Forwarded-For` is the only one that is read: of a proxy that is believed but sends another one nothing is learnt either.
      if (headers['x-forwarded-for'] !== undefined && trusts(socket.remoteAddress ?? '')) return;
      warned = true;
      log.warn(
        'a proxy tells the address of a customer in a header that is not believed: all of them count as one, see TRUST_PROXY',
      );
    });
  },
  { name: 'unheeded-proxy' },
);

/** What proxies tell the address in. */
const names = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip'];
