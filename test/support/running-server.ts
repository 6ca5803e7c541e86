/** Starts the whole server in this process, with a PayCodes simulator and one merchant that sells by pay code. */
import { createPayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { Config } from '../../server/config.ts';
import { MerchantConfig } from '../../server/merchants.ts';
import { hashBearer } from '../../server/payments/model/ids.ts';
import { startServer } from '../../server/start-server.ts';

const apiKey = 'sk_test_running_server';

/** @param own more of the configuration */
export async function createRunningServer(databaseUrl: string, own: Partial<Config> = {}) {
  const simulator = await createPayCodesSimulator();
  const merchant = MerchantConfig.parse({
    id: 'shop',
    name: 'Shop',
    test: true,
    apiKeys: [`sha256:${hashBearer(apiKey)}`],
    webhook: { url: 'http://127.0.0.1:9/nobody-listens', secrets: ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE='] },
    allowedOrigins: ['https://shop.example'],
    methods: {
      payCode: {
        url: simulator.url,
        auth: { type: 'bearer', key: simulator.key },
        rules: [{ slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 }],
      },
    },
  });
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    publicUrl: new URL('https://pay.example'),
    databaseUrl,
    keys: Buffer.alloc(32, 9),
    logLevel: 'silent',
    trustProxy: false,
    demo: false,
    merchants: [merchant],
    ...own,
  }).catch(async (cause: unknown) => {
    await simulator.close();
    throw cause;
  });
  const ask = (bearer: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server.address + path, {
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  return {
    server,
    simulator,
    /** Sends a request as the merchant's server. */
    merchant: (path: string, body?: unknown, headers?: Record<string, string>) => ask(apiKey, path, body, headers),
    /** Sends a request as the customer with this client secret. */
    customer: (secret: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      ask(secret, path, body, headers),
    async close(): Promise<void> {
      await server.stop();
      await simulator.close();
    },
  };
}
