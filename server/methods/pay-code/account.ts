/**
 * A merchant's account with PayCodes: its settings in the merchants file, and what this method needs to run. What the service
 * leaves open is a setting; `server/clients/paycodes/README.md` says what is known of each and why the default is what it is.
 */
import * as z from 'zod';
import type { PayCodesClient } from '../../clients/paycodes/client.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';

export interface PayCodeAccount {
  client: PayCodesClient;
  settings: PayCodeSettings;
}

export interface PayCodeDeps {
  /** Null for a merchant that does not sell by code. */
  account(merchantId: string): PayCodeAccount | null;
  sealer: Sealer;
  clock: Clock;
  observer: Telemetry;
}

/** What changing a payment needs besides. */
export interface PayCodePaymentDeps extends PayCodeDeps {
  payments: Payments;
  store: Store;
}

const commonFields = {
  slug: z.string().min(1).max(100),
  /** ISO 4217. PayCodes has no currencies, so there is no default. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /**
   * How many decimal digits the rule's integer `price` has: 2 where 2500 means 25.00. PayCodes does not say, so there is no
   * default.
   */
  priceScale: z.int().min(0).max(4),
  /** The characters a code may have, where they are known. A code with another character is then declined without a call. */
  alphabet: z.string().min(2).max(64).optional(),
  /** How many characters a code has, where that is known. */
  length: z.int().min(4).max(32).optional(),
};

/** The SMS that the customer's phone sends. */
const Sms = z.strictObject({
  /** The short number it is sent to. */
  number: z.string().regex(/^\+?\d{3,15}$/),
  /** The word that the text begins with, or consists of. */
  keyword: z.string().regex(/^[^\p{C}]{1,60}$/u),
  /** The gross price of one SMS, in minor units. */
  price: z.int().min(1),
});

/**
 * `enter`: the customer has a code and types it · `sms`: they get a code by SMS and type it · `reversed`: they are shown a code
 * and send it by SMS · `discount`: a typed code reduces what is due, and the rest is paid another way. A typed code is looked up
 * in the rules of the payment's currency, in the order of the settings; `reversed` rules are left out.
 */
const Rule = z.discriminatedUnion('kind', [
  z.strictObject({ ...commonFields, kind: z.literal('enter') }),
  z.strictObject({ ...commonFields, kind: z.literal('sms'), sms: Sms }),
  z.strictObject({ ...commonFields, kind: z.literal('reversed'), sms: Sms }),
  z.strictObject({ ...commonFields, kind: z.literal('discount') }),
]);

const authName = z.string().regex(/^[\w.-]{1,64}$/);
const Auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bearer'), key: z.string().min(1) }),
  z.strictObject({ type: z.literal('header'), name: authName, key: z.string().min(1) }),
  z.strictObject({ type: z.literal('param'), name: authName, key: z.string().min(1) }),
  z.strictObject({ type: z.literal('none') }),
]);

const maxRules = 30;
/** Each rule of a currency can cost one call while the customer waits. */
const maxRulesOfOneCurrency = 10;

export const PayCodeSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** How we authenticate. PayCodes does not document it; a bearer token is the usual reading. */
  auth: Auth,
  transport: z.enum(['jsonrpc', 'rest']).default('jsonrpc'),
  contentType: z.enum(['application/json', 'application/json-rpc']).default('application/json'),
  /** The deadline of one call, in milliseconds. */
  timeoutMs: z.int().min(100).max(30_000).default(10_000),
  /** The time zone of times that PayCodes sends without an offset. */
  timeZone: z.string().default('Europe/Warsaw'),
  /**
   * How the price of a code is compared with the amount due. `exact`: they must be equal. `at_least`: a code worth more also
   * pays, once the customer has agreed to lose the difference. `ignore`: any code of the rule pays what is due, whatever its
   * price.
   */
  amountPolicy: z.enum(['exact', 'at_least', 'ignore']).default('exact'),
  /**
   * Whether `get_code` returns the `client` that we sent with `use_code`. Without it, an attempt with a lost answer goes to a
   * person.
   */
  clientRecovery: z.boolean().default(true),
  limits: z
    .strictObject({
      /** Wrong codes from one address (of IPv6: from one /64; twice as many from a /56, four times from a /48) in a day. */
      wrongPerAddress: z.int().min(1).max(100_000).default(20),
      /** Wrong codes of one customer (label) in a day. */
      wrongPerCustomer: z.int().min(1).max(100_000).default(20),
      /** Codes shown to one address in a day, to be sent by SMS. */
      shownPerAddress: z.int().min(1).max(100_000).default(20),
      /** More wrong codes than these of all customers of the merchant in a minute are reported. They lock nobody. */
      wrongPerMerchant: z.int().min(1).max(100_000).default(60),
      /**
       * A wrong code is answered after this many milliseconds at the earliest, so that the time taken does not reveal why it is
       * wrong.
       */
      floorMs: z.int().min(0).max(5_000).default(400),
    })
    .prefault({}),
  /** The creator that PayCodes records for shown codes; by default `payment-widget:` and the merchant's id. */
  creator: z.string().min(1).max(64).optional(),
  /** Where in a discount rule's `config` its price deduction is: property names joined by dots. PayCodes does not document it. */
  deductionPath: z
    .string()
    .regex(/^\w+(\.\w+)*$/)
    .default('price_deduction'),
  /** The `client` of a use by the SMS gateway, where it is known. Without it, a use by anybody but us counts as the gateway's. */
  smsClient: z.string().min(1).max(128).optional(),
  rules: z
    .array(Rule)
    .min(1)
    .max(maxRules)
    .refine((rules) => {
      const typed = rules.filter(({ kind }) => kind !== 'reversed').map(({ currency }) => currency);
      return typed.every((currency) => typed.filter((other) => other === currency).length <= maxRulesOfOneCurrency);
    }, `expected at most ${maxRulesOfOneCurrency} rules of one currency, reversed ones apart`),
});
export type PayCodeSettings = z.infer<typeof PayCodeSettings>;
export type PayCodeRule = PayCodeSettings['rules'][number];

/**
 * The rules that a typed code may belong to, in the order in which they are tried. This is the currency gate of typed codes.
 * Codes of `reversed` rules are shown and never typed, so those rules are left out.
 */
export const rulesFor = (settings: PayCodeSettings | undefined, currency: string): PayCodeRule[] =>
  settings?.rules.filter((rule) => rule.kind !== 'reversed' && rule.currency === currency) ?? [];

/** Undefined where the merchant, or the rule, has been removed from the merchants file. */
export const findRule = (account: PayCodeAccount | null, slug: string | undefined): PayCodeRule | undefined =>
  account?.settings.rules.find((rule) => rule.slug === slug);
