/** Requests and answers of the merchant's server: `/v1/payments`, `/v1/pay-codes` and Payme's receipts. */
import * as z from 'zod/mini';
import { Payment } from './payment.ts';
import { atLeast, atMost, longestMerchantId, PaymentMethod, ReturnUrls } from './payment-basics.ts';

/** Text that both databases can store and return unchanged: no NUL, no half of a surrogate pair. */
const storable = z.refine<string>((value) => !value.includes('\0') && !/\p{Cs}/u.test(value));
const text = (maxLength: number) => z.string().check(atLeast(1), atMost(maxLength), storable);

/** One line of the fiscal receipt. `price`: of one piece, in minor units. */
const Item = z.strictObject({
  title: text(128),
  price: z.int().check(z.gte(0)),
  count: z.int().check(z.gte(1)),
  code: text(64),
  units: z.optional(z.int()),
  vatPercent: z.int().check(z.gte(0), z.lte(100)),
  packageCode: text(64),
});

function readLocale(text: string): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(
      text
        .trim()
        .replace(/[.@].*/s, '')
        .replaceAll('_', '-'),
    );
    return tag !== undefined && tag.length <= 35 ? tag : undefined;
  } catch {
    return undefined;
  }
}

function readPhone(text: string): string | undefined {
  const digits = text.replace(/[\s\p{Pd}()./]|\p{Cf}/gu, '');
  return /^\+?\d{7,15}$/.test(digits) ? digits : undefined;
}

/** `POST /v1/payments`. */
export const CreatePayment = z.strictObject({
  /** Minor units at the ISO 4217 exponent: 2500 is 25.00 PLN. */
  amount: z.int().check(z.gte(1), z.lte(1_000_000_000_000)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  orderId: text(longestMerchantId),
  label: text(longestMerchantId),
  description: z.optional(text(256)),
  methods: z.optional(z.array(PaymentMethod).check(atLeast(1), atMost(3))),
  /** The one wallet to pay by, e.g. `wavepay`; without it the customer chooses. */
  walletType: z.optional(z.string().check(z.regex(/^\w{1,40}$/))),
  /** BCP 47 (`ru-RU`), or as systems write it (`ru_RU.UTF-8`). What is neither counts as absent: it is no reason to refuse money. */
  locale: z.optional(z.pipe(z.string(), z.transform(readLocale))),
  /** In any spelling: `+998 90 123-45-67`. What is no phone counts as absent, and the customer is asked. */
  phone: z.optional(z.pipe(z.string(), z.transform(readPhone))),
  items: z.optional(z.array(Item).check(atLeast(1), atMost(100))),
  returnUrls: z.optional(ReturnUrls),
  /** Seconds the customer has; default one hour. */
  expiresIn: z.optional(z.int().check(z.gte(60), z.lte(7 * 24 * 3600))),
  metadata: z.optional(z.record(z.string().check(atMost(40)), z.string().check(atMost(500)))),
});
export type CreatePayment = z.infer<typeof CreatePayment>;

/**
 * `PATCH /v1/payments/:id`: what is absent stays as it is. `version`: the version that whoever changes it has seen. `description`: null
 * removes it. `expiresIn`: seconds from now, not less than what is left.
 */
export const ChangePayment = z.strictObject({
  version: z.int().check(z.gte(1)),
  amount: z.optional(CreatePayment.shape.amount),
  items: CreatePayment.shape.items,
  description: z.optional(z.nullable(text(256))),
  returnUrls: CreatePayment.shape.returnUrls,
  expiresIn: CreatePayment.shape.expiresIn,
  metadata: CreatePayment.shape.metadata,
});
export type ChangePayment = z.infer<typeof ChangePayment>;

export const CreatedPayment = z.object({ payment: Payment, clientSecret: z.string(), pluginUrl: z.string() });
export type CreatedPayment = z.infer<typeof CreatedPayment>;

/**
 * `POST /v1/payments/:id/fiscal-receipt`. The address is drawn as a QR code and linked, so it is a plain https one, without a user in
 * front of the host, and as short as a code that phones can read.
 */
export const ReportFiscalReceipt = z.strictObject({
  kind: z.enum(['sale', 'refund']),
  receiptId: z.int().check(z.gte(0)),
  qrUrl: z.string().check(atMost(300), z.regex(/^https:\/\/[A-Za-z0-9.-]+(:\d+)?([/?#][!-~]*)?$/)),
  fiscalSign: z.optional(z.string().check(z.regex(/^\d{1,32}$/))),
  terminalId: z.optional(z.string().check(z.regex(/^[A-Za-z0-9]{1,32}$/))),
  issuedAt: z.optional(z.iso.datetime({ offset: true })),
});
export type ReportFiscalReceipt = z.infer<typeof ReportFiscalReceipt>;

/** Whether the day exists: 31 February does not. */
const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
/** `YYYY-MM-DD`, in PayCodes' time zone. */
const day = z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine(isDay)));
const rule = z.string().check(atLeast(1), atMost(100));

export const GeneratePayCode = z.strictObject({ rule, validFrom: day, validTo: day });
export type GeneratePayCode = z.infer<typeof GeneratePayCode>;

export const GeneratePayCodes = z.strictObject({
  rule,
  count: z.int().check(z.gte(1), z.lte(1000)),
  validFrom: day,
  validTo: day,
});
export type GeneratePayCodes = z.infer<typeof GeneratePayCodes>;

export const LookUpPayCode = z.strictObject({ rule, code: z.string().check(z.regex(/^[A-Za-z0-9]{4,64}$/)) });
export type LookUpPayCode = z.infer<typeof LookUpPayCode>;

/**
 * A generated code. The same Idempotency-Key returns it again for 24 hours, or until `batchId` is acknowledged; after that it is
 * not stored here any more. `price`: minor units; null where PayCodes gives none, or none in whole minor units.
 */
export const PayCodeView = z.object({
  batchId: z.string(),
  rule: z.string(),
  code: z.string(),
  price: z.nullable(z.int()),
  currency: z.string(),
});
export type PayCodeView = z.infer<typeof PayCodeView>;

/** `codes`: all different; fewer than requested where PayCodes generated fewer. `batchId` as in `PayCodeView`. */
export const PayCodeBatch = z.object({ batchId: z.string(), rule: z.string(), codes: z.array(z.string()) });

export const PayCodeState = z.object({
  rule: z.string(),
  state: z.enum(['usable', 'used', 'expired', 'not_yet_valid', 'inactive', 'rule_inactive', 'not_found']),
  price: z.nullable(z.int()),
  currency: z.string(),
  validFrom: z.nullable(z.string()),
  validTo: z.nullable(z.string()),
  usedAt: z.nullable(z.string()),
  /** Who used it, by PayCodes' answer. */
  client: z.nullable(z.string()),
});

/**
 * What became of requested codes: `running`, `made`, or `unknown` if PayCodes' answer was lost; PayCodes has them under the
 * creator `pw:<id>`. `count`: how many were generated, or requested as long as that is unknown. `kept`: the Idempotency-Key still
 * returns them.
 */
export const PayCodeBatchState = z.object({
  id: z.string(),
  rule: z.string(),
  status: z.enum(['running', 'made', 'unknown']),
  count: z.int(),
  kept: z.boolean(),
  createdAt: z.string(),
});
export type PayCodeBatchState = z.infer<typeof PayCodeBatchState>;

/** A receipt of Payme. */
export const ReceiptView = z.object({
  id: z.string(),
  /** Payme's own number: 0 created, 4 paid, 21 being cancelled, 50 cancelled; the others are in progress. */
  state: z.int(),
  /** Minor units. */
  amount: z.int(),
  /** ISO 4217; null where Payme's answer has none. */
  currency: z.nullable(z.string()),
  description: z.string(),
  account: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Masked and without the expiry, since the form promises the customer that the shop never sees it. */
  card: z.nullable(z.object({ number: z.string() })),
  createdAt: z.nullable(z.string()),
  paidAt: z.nullable(z.string()),
  canceledAt: z.nullable(z.string()),
});
export type ReceiptView = z.infer<typeof ReceiptView>;

/** `unreadable`: how many more receipts could not be read. */
export const ReceiptList = z.object({ receipts: z.array(ReceiptView), unreadable: z.int() });
export type ReceiptList = z.infer<typeof ReceiptList>;
