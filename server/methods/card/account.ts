/** What the merchants file sets for payment by card, and what the functions of this folder depend on. */
import * as z from 'zod';
import type { PaymeClient } from '../../clients/payme/client.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import type { Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';

const limit = (usual: number, most = 10_000) => z.int().min(1).max(most).default(usual);

/** `methods.card` of a merchant. What Payme leaves open, or sets per cashbox, is a setting. */
export const CardSettings = z.strictObject({
  /** The whole address, path included: `https://checkout.paycom.uz/api`. */
  url: z.url({ protocol: /^https?$/ }),
  cashboxId: z.string().regex(/^[0-9a-f]{24}$/i, 'expected the 24 hex digits of the cashbox'),
  key: z.string().min(1),
  /**
   * `bff`: the card frame sends the card to this server, which sends it to Payme. `direct`: the card frame sends it to Payme
   * itself, where Payme's CORS allows that, and this server receives only the confirmed token.
   */
  transport: z.enum(['bff', 'direct']).default('bff'),
  /** The account field that the cashbox was set up with, and which of our values goes into it. */
  account: z
    .strictObject({
      field: z
        .string()
        .regex(/^\w{1,64}$/)
        .default('order_id'),
      from: z.enum(['orderId', 'label', 'paymentId']).default('orderId'),
    })
    .prefault({}),
  /** Whether Payme needs the payer's phone. The customer types it where the merchant's server did not send it. */
  payerPhone: z.enum(['required', 'optional']).default('required'),
  /** Payme's public offer. No page that we know contains its address, so there is no default. */
  offerUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether customers may save a card. */
  saveCards: z.boolean().default(true),
  /**
   * What a saved card needs before it pays: an SMS code, as a new card does, or only the customer's click. Payme's rules require
   * the SMS.
   */
  confirmSaved: z.enum(['sms', 'click']).default('sms'),
  /** The total time of one call, in milliseconds. Payme may take 30 s to pay. */
  timeoutsMs: z
    .strictObject({
      default: z.int().min(50).max(60_000).default(15_000),
      pay: z.int().min(50).max(120_000).default(35_000),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** Cards tried for one payment in an hour. */
      cardsPerPayment: limit(5),
      /** Cards tried from one address (in IPv6: from one /64; twice as many from a /56, four times from a /48) in an hour. */
      cardsPerAddress: limit(10),
      /** Wrong codes for one SMS, and for one card in a day. */
      wrongCodesPerSms: limit(3),
      wrongCodesPerCard: limit(5),
      /** SMS for one payment in an hour, and to the phone of one card in ten minutes. */
      smsPerPayment: limit(5),
      smsPerPhone: limit(3),
      /** SMS to phones of which Payme shows the same digits, and SMS from one address, in an hour. Those that paid do not count. */
      smsPerMaskedPhone: limit(10),
      smsPerAddress: limit(10),
      /** SMS for all customers of the merchant in a day. Those that paid do not count. Beyond it new customers wait. */
      smsPerMerchant: limit(300, 1_000_000),
      /** From so many cards in ten minutes on, and so many percent of them declined, new customers wait. */
      breakerCards: limit(20),
      breakerPercent: limit(70, 100),
    })
    .prefault({}),
});
export type CardSettings = z.infer<typeof CardSettings>;

/** One Payme cashbox. Each merchant that sells by card has one. */
export interface CardAccount {
  /** Identifies the cashbox. A token is valid only at the cashbox that made it. */
  id: string;
  /** Identifies the service in evidence of money. It stays the same when the merchant changes the cashbox. */
  upstream: string;
  client: PaymeClient;
  settings: CardSettings;
}

export interface CardDeps {
  /** Null for a merchant that does not sell by card. */
  account(merchantId: string): CardAccount | null;
  /** The origin by which browsers reach this server. */
  publicUrl: URL;
  sealer: Sealer;
  clock: Clock;
  observer: Telemetry;
  store: Store;
}

/** What taking a payment needs besides. */
export interface CardPaymentDeps extends CardDeps {
  payments: Payments;
  /** Redeems the discount code of a payment, if it has one, before the rest is charged. */
  redeemDiscount(paymentId: string): Promise<{ kind: 'clear' } | { kind: 'declined'; decline: Decline }>;
}

/**
 * Payme's only currency: its ISO 4217 code, and the number of it on receipts. Its minor unit is the tiyin, a hundredth, which is
 * also what Payme counts in, so no amount is ever converted.
 */
export const cardCurrency = { code: 'UZS', number: 860 } as const;

/**
 * The cashbox that takes this payment. This is the currency gate, so it is called before anything is begun.
 * @param transport The transport that the calling route is for; any if it is left out.
 * @throws {ProblemError} `method_unavailable`
 */
export function requireAccount(
  deps: CardDeps,
  { merchantId, currency, methods }: Pick<PaymentRecord, 'merchantId' | 'currency' | 'methods'>,
  transport?: CardSettings['transport'],
): CardAccount {
  const account = deps.account(merchantId);
  if (!account || currency !== cardCurrency.code || !methods.includes('card')) throw new ProblemError('method_unavailable');
  if (transport && account.settings.transport !== transport) throw new ProblemError('method_unavailable');
  return account;
}
