/** What a merchant's file says of Payme. Unknowns of the service are settings. */
import * as z from 'zod';
import type { PaymeClient } from '../../clients/payme/client.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord, Refusal } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';

const limit = (usual: number) => z.int().min(1).max(10_000).default(usual);

export const CardSettings = z.strictObject({
  /** Whole, path included: `https://checkout.paycom.uz/api`. */
  url: z.url({ protocol: /^https?$/ }),
  cashboxId: z.string().regex(/^[0-9a-f]{24}$/i, 'expected the 24 hex digits of the cashbox'),
  key: z.string().min(1),
  /**
   * `bff`: the card frame tells the card to this server, which tells Payme. `direct`: it tells Payme itself, where Payme's CORS lets it,
   * and this server gets the confirmed token only.
   */
  transport: z.enum(['bff', 'direct']).default('bff'),
  /** The account field that the cashbox was set up with, and what it is filled with. */
  account: z
    .strictObject({
      field: z
        .string()
        .regex(/^\w{1,64}$/)
        .default('order_id'),
      from: z.enum(['orderId', 'label', 'paymentId']).default('orderId'),
    })
    .prefault({}),
  /** Whether a payment needs the payer's phone: asked for where the merchant's server has not told it. */
  payerPhone: z.enum(['required', 'optional']).default('required'),
  /** Payme's public offer. Its address is not in any page we know, so there is no default. */
  offerUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether customers may have a card saved. */
  saveCards: z.boolean().default(true),
  /** How a saved card is confirmed before it pays: by an SMS as a new one, or by the customer's click. Payme asks for the SMS. */
  confirmSaved: z.enum(['sms', 'click']).default('sms'),
  /** Total time of one call, in milliseconds. Payme may take 30 s to pay. */
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
      /** Cards told from one address (of IPv6: from one /64) in an hour. */
      cardsPerAddress: limit(10),
      /** Wrong codes of one SMS, and of one card in a day. */
      wrongCodesPerSms: limit(3),
      wrongCodesPerCard: limit(5),
      /** SMS for one payment in an hour, and to the phone of one card in ten minutes. */
      smsPerPayment: limit(5),
      smsPerPhone: limit(3),
    })
    .prefault({}),
});
export type CardSettings = z.infer<typeof CardSettings>;

/** What the room of cards needs: one Payme cashbox per merchant that sells by card. */
export interface CardAccount {
  /** Names the cashbox: tokens belong to it. */
  id: string;
  /** Names the service in the evidence of money: it outlives an exchange of cashboxes. */
  upstream: string;
  client: PaymeClient;
  settings: CardSettings;
}

export interface CardDeps {
  /** Null for a merchant that sells nothing by card. */
  account(merchantId: string): CardAccount | null;
  /** Where browsers reach this server. */
  publicUrl: URL;
  sealer: Sealer;
  clock: Clock;
  observer: Telemetry;
  store: Store;
}

/** What a customer's or a merchant's word needs besides. */
export interface CardPaymentDeps extends CardDeps {
  payments: Payments;
  /** Redeems the discount code of a payment, if it has one, before the rest is charged. */
  redeemDiscount(paymentId: string): Promise<{ kind: 'clear' } | { kind: 'refused'; refusal: Refusal }>;
}

/** Payme's only currency: ISO 4217, and its number on receipts. Its minor unit is the tiyin, a hundredth, so no amount is ever converted. */
export const cardCurrency = { code: 'UZS', number: 860 } as const;

/** The cashbox that takes this payment, before anything is begun. */
/** The currency gate. Throws `method_unavailable`. */
export function requireAccount(
  parts: CardDeps,
  { merchantId, currency, methods }: Pick<PaymentRecord, 'merchantId' | 'currency' | 'methods'>,
  transport?: CardAccount['settings']['transport'],
): CardAccount {
  const account = parts.account(merchantId);
  if (!account || currency !== cardCurrency.code || !methods.includes('card')) throw new ProblemError('method_unavailable');
  if (transport && account.settings.transport !== transport) throw new ProblemError('method_unavailable');
  return account;
}
