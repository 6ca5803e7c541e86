/** Starts the real BFF with the demo's merchants file. Only its configuration is special. */
import { createHash } from 'node:crypto';
import { type Config, loadConfig } from '../server/config.ts';
import { demoKeys } from '../server/demo-keys.ts';
import type { Clock } from '../server/payments/model/ports.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { consoleRoot, merchantsFile, widgetRoot } from './built-files.ts';
import type { Journal } from './journal.ts';
import { journalLog } from './journal.ts';
import type { PaykassmaKeys } from './simulators/paykassma/simulator.ts';
import type { Cashbox } from './simulators/payme/environment.ts';

export interface BffOptions {
  port: number;
  /** Of the operator's listener. */
  operatePort: number;
  shopPort: number;
  /** Origins beside the shop's whose pages may show the checkout. */
  origins: readonly string[];
  /** `sqlite:<file>` or `postgres://…`. */
  databaseUrl: string;
  /** Address of PayCodes, and the key it accepts. */
  paycodes: { url: string; key: string };
  /** Address of Paykassma, and its keys. */
  paykassma: { url: string; keys: PaykassmaKeys };
  /** Address of Payme with its path, and our cashbox. */
  payme: { url: string; cashbox: Cashbox };
  journal: Journal;
  /** Its clock. */
  clock: Clock;
}

/** @throws ConfigError when the widget is not built, the port is taken or the database cannot be opened. */
export function startBff(options: BffOptions): Promise<RunningServer> {
  const { port, operatePort, shopPort, origins, databaseUrl, paycodes, paykassma, payme, journal, clock } = options;
  const environment = {
    PORT: String(port),
    OPERATE_PORT: String(operatePort),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    MERCHANTS_FILE: merchantsFile,
    SHOP_URL: `http://127.0.0.1:${shopPort}`,
    SHOP_URL_BY_NAME: `http://localhost:${shopPort}`,
    PAYCODES_URL: paycodes.url,
    PAYCODES_KEY: paycodes.key,
    PAYKASSMA_URL: paykassma.url,
    PAYKASSMA_SECRET: paykassma.keys.secret,
    PAYKASSMA_ACCESS_KEY: paykassma.keys.accessKey,
    PAYKASSMA_PRIVATE_KEY: paykassma.keys.privateKey,
    PAYME_URL: payme.url,
    PAYME_CASHBOX_ID: payme.cashbox.id,
    PAYME_KEY: payme.cashbox.key,
    DEMO_API_KEY_HASH: hashOf(demoKeys.apiKey),
    DEMO_DIRECT_ID: otherMerchants.direct.id,
    DEMO_DIRECT_API_KEY_HASH: hashOf(otherMerchants.direct.apiKey),
    DEMO_LENIENT_ID: otherMerchants.lenient.id,
    DEMO_LENIENT_API_KEY_HASH: hashOf(otherMerchants.lenient.apiKey),
    DEMO_ANNA_KEY_HASH: hashOf(demoKeys.operators.anna),
    DEMO_BEN_KEY_HASH: hashOf(demoKeys.operators.ben),
    DEMO_WEBHOOK_SECRET: demoKeys.webhookSecret,
    DEMO_LINK_KEY_ID: demoKeys.linkKey.kid,
    DEMO_LINK_KEY: demoKeys.linkKey.key,
  };
  const config = loadConfig(environment, { demo: true });
  return startServer(origins.length > 0 ? withOrigins(config, origins) : config, {
    widgetRoot,
    consoleRoot,
    logTo: journalLog(journal),
    clock,
  });
}

/** Also after the merchants file has been read again. */
function withOrigins({ merchants, readMerchants, ...config }: Config, origins: readonly string[]): Config {
  const extend = (all: Config['merchants']) =>
    all.map((one) => ({ ...one, allowedOrigins: [...one.allowedOrigins, ...origins] }));
  if (!readMerchants) return { ...config, merchants: extend(merchants) };
  const readAgain = () => {
    const { content, ...result } = readMerchants();
    return { ...result, content: content && { ...content, merchants: extend(content.merchants) } };
  };
  return { ...config, merchants: extend(merchants), readMerchants: readAgain };
}

const hashOf = (apiKey: string): string => `sha256:${createHash('sha256').update(apiKey).digest('hex')}`;

/** The demo's other merchants: the same shop with other settings in `merchants.json`. Their keys work in the demo only. */
export const otherMerchants = {
  /** Its card form sends the card to Payme itself. */
  direct: { id: 'demo-direct', apiKey: 'sk_test_demo_direct' },
  /** It accepts a code that is worth more than is due, once the customer agrees, and does not define the form of its codes. */
  lenient: { id: 'demo-lenient', apiKey: 'sk_test_demo_lenient' },
} as const;
