/**
 * The whole server with two merchants that sell by every method, on a database that may be filled already. Only this file and
 * `http-clients.ts` know the names of routes and settings.
 */
import { MerchantConfig } from '../../../../server/merchants.ts';
import { hashBearer } from '../../../../server/payments/model/ids.ts';
import type { Clock } from '../../../../server/payments/model/ports.ts';
import { startServer } from '../../../../server/start-server.ts';
import { manyCards } from '../../../support/card-test-bed.ts';
import { testConfig } from '../../../support/test-server.ts';
import { keys, merchantIds } from './keys.ts';
import type { Upstreams } from './upstreams.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

const rule = (slug: string, kind: 'enter' | 'discount', currency: string) => ({ slug, kind, currency, priceScale: 2 });
const bySms = (slug: string, kind: 'sms' | 'reversed', keyword: string) => ({
  slug,
  kind,
  currency: 'PLN',
  priceScale: 2,
  sms: { number: '7255', keyword, price: 2500 },
});

export interface ServerOptions {
  databaseUrl: string;
  clock: Clock;
  upstreams: Upstreams;
  webhookReceiver: WebhookReceiver;
  sealingKey?: Buffer;
}

export function openServer({ databaseUrl, clock, upstreams, webhookReceiver, sealingKey = keys.sealing }: ServerOptions) {
  const { paycodes, paykassma, payme } = upstreams;
  const methods = {
    payCode: {
      url: paycodes.url,
      auth: { type: 'bearer', key: keys.paycodes },
      timeoutMs: 30_000,
      limits: { floorMs: 0 },
      rules: [
        rule('demo-enter', 'enter', 'PLN'),
        rule('demo-enter-mmk', 'enter', 'MMK'),
        rule('demo-enter-uzs', 'enter', 'UZS'),
        bySms('demo-sms', 'sms', 'PAY.DEMO'),
        bySms('demo-reversed', 'reversed', 'PAY.CODE'),
        rule('demo-discount', 'discount', 'PLN'),
        rule('demo-full', 'discount', 'PLN'),
        rule('demo-discount-mmk', 'discount', 'MMK'),
        rule('demo-discount-uzs', 'discount', 'UZS'),
      ],
    },
    wallet: { url: paykassma.url, ...keys.paykassma, wallets: ['wavepay', 'kbzpay_manual'], timeoutsMs: { activate: 60_000 } },
    card: {
      url: payme.url,
      cashboxId: keys.payme.id,
      key: keys.payme.key,
      timeoutsMs: { default: 60_000, pay: 60_000 },
      limits: { ...manyCards },
    },
  };
  // Old versions locked a merchant after so many wrong codes in a minute; now they are only reported.
  const guarded = { ...methods, payCode: { ...methods.payCode, limits: { floorMs: 0, wrongPerMerchant: 2 } } };
  const merchants = merchantIds.map((id) =>
    MerchantConfig.parse({
      id,
      name: id,
      test: true,
      apiKeys: [
        { name: id, hash: `sha256:${hashBearer(keys[id])}`, scopes: ['payments', 'refunds', 'codes', 'events', 'resolve'] },
      ],
      webhook: { url: webhookReceiver.urlOf(id), secrets: [keys.webhook] },
      allowedOrigins: ['https://shop.example'],
      methods: id === 'kiosk' ? guarded : methods,
    }),
  );
  const config = testConfig({ databaseUrl, keys: sealingKey, logLevel: 'silent', merchants });
  return startServer(config, { clock });
}
