/**
 * Warns once of a proxy that the configuration does not trust. Such a proxy sends the customer's address in a header that is
 * ignored, so all customers seem to have the proxy's address, and a limit that stops one of them locks everybody out.
 */
import fp from 'fastify-plugin';

interface UnheededProxyOptions {
  /** Whether the headers that this address sends are believed. */
  trusts: (address: string) => boolean;
}

export const unheededProxy = fp<UnheededProxyOptions>(
  async (app, { trusts }) => {
    let warned = false;
    app.addHook('onRequest', async ({ headers, socket, log }) => {
      if (warned || !names.some((name) => headers[name] !== undefined)) return;
      // Only `X-Forwarded-For` is read, so a trusted proxy that sends another header is a mistake too.
      if (headers['x-forwarded-for'] !== undefined && trusts(socket.remoteAddress ?? '')) return;
      warned = true;
      log.warn(
        'a proxy tells the address of a customer in a header that is not believed: all of them count as one, see TRUST_PROXY',
      );
    });
  },
  { name: 'unheeded-proxy' },
);

/** The headers in which proxies send the customer's address. */
const names = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip'];
