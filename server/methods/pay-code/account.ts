/** What a merchant's file says of PayCodes. Unknowns of the service are settings, each with paycodes.md §3's default. */
import * as z from 'zod';
import type { PayCodesClient } from '../../clients/paycodes/client.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';

const rule = {
  slug: z.string().min(1).max(100),
  /** ISO 4217. The contract of PayCodes has no currency, so there is no default. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Decimal digits in the rule's integer `price`: 2 where 2500 is 25.00. No default either. */
  priceScale: z.int().min(0).max(4),
  /** The signs a code may have, where they are known; lets a wrong sign be told before any call. */
  alphabet: z.string().min(2).max(64).optional(),
  /** How long a code is, where it is known. */
  length: z.int().min(4).max(32).optional(),
};

/** What the customer's phone has to send where, and what that costs them. */
const Sms = z.strictObject({
  /** The short number. */
  number: z.string().regex(/^\+?\d{3,15}$/),
  /** The word that the text begins with, or is. */
  keyword: z.string().regex(/^[^\p{C}]{1,60}$/u),
  /** The gross price of one SMS, in minor units. */
  price: z.int().min(1),
});

/**
 * `enter`: the customer has a code and types it · `sms`: they get one by SMS and type it · `reversed`: they are shown one and send it by SMS
 * · `discount`: a typed code takes something off, and the rest is paid otherwise. A typed code is looked up in the rules of its currency in
 * this order, reversed ones apart.
 */
const Rule = z.discriminatedUnion('kind', [
  z.strictObject({ ...rule, kind: z.literal('enter') }),
  z.strictObject({ ...rule, kind: z.literal('sms'), sms: Sms }),
  z.strictObject({ ...rule, kind: z.literal('reversed'), sms: Sms }),
  z.strictObject({ ...rule, kind: z.literal('discount') }),
]);

const authName = z.string().regex(/^[\w.-]{1,64}$/);
const Auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bearer'), key: z.string().min(1) }),
  z.strictObject({ type: z.literal('header'), name: authName, key: z.string().min(1) }),
  z.strictObject({ type: z.literal('param'), name: authName, key: z.string().min(1) }),
  z.strictObject({ type: z.literal('none') }),
]);

/** Each is a call upstream while a customer waits. */
const mostRules = 30;
const mostLookedUp = 10;

export const PayCodeSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** How the account shows who asks. Unsaid by the service; bearer is the usual reading. */
  auth: Auth,
  transport: z.enum(['jsonrpc', 'rest']).default('jsonrpc'),
  contentType: z.enum(['application/json', 'application/json-rpc']).default('application/json'),
  timeoutMs: z.int().min(100).max(30_000).default(10_000),
  /** Of times that come without an offset. */
  timeZone: z.string().default('Europe/Warsaw'),
  /**
   * Price of the code against the amount due. `exact`: they must be equal. `at_least`: a code worth more pays once the customer has agreed that
   * the rest is lost. `ignore`: any code of the rule pays what is due, whatever its price.
   */
  amountPolicy: z.enum(['exact', 'at_least', 'ignore']).default('exact'),
  /** Whether `get_code` tells our `client` of `use_code` again; without it a lost answer goes to a person. */
  clientRecovery: z.boolean().default(true),
  limits: z
    .strictObject({
      /** Wrong codes from one address (of IPv6: from one /64) in a day, and of all customers of the merchant in a minute. */
      wrongPerAddress: z.int().min(1).max(100_000).default(20),
      /** Codes shown to be sent by SMS, to one address in a day. */
      shownPerAddress: z.int().min(1).max(100_000).default(20),
      wrongPerMerchant: z.int().min(1).max(100_000).default(60),
      /** No wrong code is answered sooner, in milliseconds: how long it takes must not tell why it is wrong. */
      floorMs: z.int().min(0).max(5_000).default(400),
    })
    .prefault({}),
  /** Who codes are made by, in the books of PayCodes; by default the merchant's id after `payment-widget:`. */
  creator: z.string().min(1).max(64).optional(),
  /** Where in a discount rule's `config` its price deduction stands: names joined by dots. Unsaid by the service. */
  deductionPath: z
    .string()
    .regex(/^\w+(\.\w+)*$/)
    .default('price_deduction'),
  /** `client` of a use that the SMS gateway makes, where it is known; without it anybody's but ours counts. */
  smsClient: z.string().min(1).max(128).optional(),
  rules: z
    .array(Rule)
    .min(1)
    .max(mostRules)
    .refine((rules) => {
      const typed = rules.filter(({ kind }) => kind !== 'reversed').map(({ currency }) => currency);
      return typed.every((currency) => typed.filter((other) => other === currency).length <= mostLookedUp);
    }, `expected at most ${mostLookedUp} rules of one currency, reversed ones apart`),
});
export type PayCodeSettings = z.infer<typeof PayCodeSettings>;
export type PayCodeRule = PayCodeSettings['rules'][number];

/** What the room of pay codes needs: one PayCodes account per merchant that sells by code. */
export interface PayCodeAccount {
  client: PayCodesClient;
  settings: PayCodeSettings;
}

export interface PayCodeDeps {
  /** Null for a merchant that sells nothing by code. */
  account(merchantId: string): PayCodeAccount | null;
  sealer: Sealer;
  clock: Clock;
  observer: Telemetry;
}

/** What a payment by code needs besides. */
export interface PayCodePaymentDeps extends PayCodeDeps {
  payments: Payments;
  store: Store;
}

/** The currency gate: the rules that a typed code may be of in this currency, in the order they are tried. One that is shown is never typed. */
export const rulesFor = (settings: PayCodeSettings | undefined, currency: string): PayCodeRule[] =>
  settings?.rules.filter((rule) => rule.kind !== 'reversed' && rule.currency === currency) ?? [];
