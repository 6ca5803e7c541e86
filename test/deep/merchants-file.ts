/** The merchants file of a schedule: one merchant with all methods, and time-outs and limits for simulated time. */
import { apiKeyScopes } from '../../server/payments/model/access-keys.ts';
import { hashBearer } from '../../server/payments/model/ids.ts';
import { type Currency, markets } from './market.ts';
import { operatorConfigs } from './operators.ts';
import { type Upstreams, upstreamKeys } from './upstreams.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

export const apiKey = 'sk_test_deep_tests';

/** By currency, in minor units: a card's payment needs a second person, and a transfer of more than was due. */
export const fourEyesAbove: Readonly<Record<string, number>> = { UZS: 400_000, MMK: 700_000 };

/** @param pace The factor by which the machine is slower than idle. */
export function merchantsFile(
  origins: Upstreams['origins'],
  { url, secret }: Pick<WebhookReceiver, 'url' | 'secret'>,
  pace: number,
): object {
  const ms = (idle: number) => Math.round(idle * pace);
  const rules = (Object.entries(markets) as [Currency, (typeof markets)[Currency]][]).flatMap(
    ([currency, { enter, sms, reversed, discount, full, shortNumber: number, price }]) => {
      const money = { currency, priceScale: 2 };
      return [
        { ...money, kind: 'enter', slug: enter },
        { ...money, kind: 'sms', slug: sms, sms: { number, keyword: 'PAY.DEMO', price } },
        { ...money, kind: 'reversed', slug: reversed, sms: { number, keyword: 'PAY.CODE', price } },
        { ...money, kind: 'discount', slug: discount },
        { ...money, kind: 'discount', slug: full },
      ];
    },
  );
  const many = 10_000;
  return {
    operators: operatorConfigs,
    merchants: [
      {
        id: 'shop',
        name: 'Shop',
        test: true,
        apiKeys: [{ name: 'deep', hash: `sha256:${hashBearer(apiKey)}`, scopes: [...apiKeyScopes] }],
        webhook: { url, secrets: [secret] },
        allowedOrigins: [],
        fourEyesAbove,
        methods: {
          payCode: {
            url: origins.paycodes,
            auth: { type: 'bearer', key: upstreamKeys.paycodes },
            timeoutMs: ms(400),
            limits: { wrongPerAddress: many, wrongPerCustomer: many, shownPerAddress: many, wrongPerMerchant: many, floorMs: 5 },
            rules,
          },
          wallet: {
            url: origins.paykassma,
            ...upstreamKeys.paykassma,
            wallets: ['wavepay'],
            limits: { wrongPerCustomer: many, wrongPerAddress: many, wrongInARow: many },
            timeoutsMs: { available: ms(400), create: ms(400), activate: ms(600), possibleTransaction: ms(600) },
          },
          card: {
            url: origins.payme,
            cashboxId: upstreamKeys.cashbox.id,
            key: upstreamKeys.cashbox.key,
            payerPhone: 'optional',
            timeoutsMs: { default: ms(400), pay: ms(700) },
            limits: {
              cardsPerPayment: 50,
              cardsPerAddress: many,
              wrongCodesPerSms: 3,
              wrongCodesPerCard: many,
              smsPerPayment: 50,
              smsPerPhone: many,
              smsPerMaskedPhone: many,
              smsPerAddress: many,
              smsPerMerchant: many,
              breakerCards: many,
            },
          },
        },
      },
    ],
  };
}
