/** Starts the whole server in this process, with a PayCodes simulator and one merchant that sells by pay code. */
import { createPayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { Config } from '../../server/config.ts';
import { startServer } from '../../server/start-server.ts';
import { enterRules, testConfig, testMerchant } from './test-server.ts';

const apiKey = 'sk_test_running_server';
type MerchantSettings = Partial<Parameters<typeof testMerchant>[2]>;

/** @param own more of the configuration @param ofMerchant more of the merchant's */
export async function createRunningServer(databaseUrl: string, own: Partial<Config> = {}, ofMerchant: MerchantSettings = {}) {
  const simulator = await createPayCodesSimulator();
  const merchant = testMerchant('shop', apiKey, {
    name: 'Shop',
    allowedOrigins: ['https://shop.example'],
    methods: { payCode: { url: simulator.url, auth: { type: 'bearer', key: simulator.key }, rules: enterRules('PLN') } },
    ...ofMerchant,
  });
  const config = testConfig({ databaseUrl, logLevel: 'silent', merchants: [merchant], ...own });
  const server = await startServer(config).catch(async (cause: unknown) => {
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
    /** Sends a request of any method, as the merchant's server or, with a client secret, as the customer. */
    send: (method: string, path: string, body: unknown, headers: Record<string, string>, secret = apiKey) =>
      fetch(server.address + path, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    apiKey,
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
