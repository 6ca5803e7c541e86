/** The whole server in the process of a test: its configuration, its merchants, and its start on an empty SQLite database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as z from 'zod';
import type { Config } from '../../server/config.ts';
import { MerchantConfig } from '../../server/merchants.ts';
import { hashKey } from '../../server/payments/model/access-keys.ts';
import type { Clock } from '../../server/payments/model/ports.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';

/** Signs webhooks that nobody checks. */
export const webhookSecret = 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=';

/** Rules of PayCodes by which codes of one currency are entered. */
export const enterRules = (currency: string) => [{ slug: 'demo-enter', kind: 'enter' as const, currency, priceScale: 2 }];

/** An account with PayCodes, at an address where nobody answers, for tests that only need a method. */
export const silentPayCode = {
  url: 'http://127.0.0.1:9/',
  auth: { type: 'bearer' as const, key: 'unused' },
  rules: enterRules('PLN'),
};

/**
 * A merchant in test mode whose webhooks reach nobody.
 * @param apiKey its key in clear; `own.apiKeys` replaces it where scopes matter
 * @param own the settings of its methods, which the parser checks, and whatever else it has
 */
export const testMerchant = (
  id: string,
  apiKey: string,
  own: Partial<Omit<z.input<typeof MerchantConfig>, 'methods'>> & { methods: object },
): MerchantConfig =>
  MerchantConfig.parse({
    id,
    name: id,
    test: true,
    apiKeys: [hashKey(apiKey)],
    webhook: { url: 'http://127.0.0.1:9/nobody-listens', secrets: [webhookSecret] },
    allowedOrigins: [],
    ...own,
  });

/** A configuration for a free port of this machine, with all log lines. */
export const testConfig = (own: Partial<Config> & Pick<Config, 'databaseUrl' | 'merchants'>): Config => ({
  port: 0,
  host: '127.0.0.1',
  publicUrl: new URL('https://pay.example'),
  keys: Buffer.alloc(32, 9),
  logLevel: 'trace',
  trustProxy: false,
  demo: false,
  ...own,
});

export interface TestServer {
  server: RunningServer;
  databaseUrl: string;
  /** Where the database is, and nothing else. */
  folder: string;
  /** What has been logged. */
  lines: readonly string[];
  /** Stops the server and removes the folder. */
  close(): Promise<void>;
}

export async function startTestServer(merchants: Config['merchants'], clock?: Clock): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-server-'));
  const databaseUrl = `sqlite:${join(folder, 'pay-desk.db')}`;
  const lines: string[] = [];
  const server = await startServer(testConfig({ databaseUrl, merchants }), {
    logTo: { write: (line) => void lines.push(line) },
    ...(clock && { clock }),
  });
  return {
    server,
    databaseUrl,
    folder,
    lines,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
