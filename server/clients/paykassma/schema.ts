/**
 * Paykassma's answers as they come, read tolerantly where nothing depends on it and strictly where a wrong guess would cost
 * money. Objects come as maps and numbers as text (`read-json.ts`). Source: paykassma.md §2.
 */
import * as z from 'zod';
import { JsonNumber } from './json-number.ts';

/** An object with these keys, and whatever else the service adds. */
const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.preprocess((value) => (value instanceof Map ? Object.fromEntries(value) : value), z.looseObject(shape));

/** Decimal text. The service's older pages write amounts as strings. */
const decimal = z.union([z.instanceof(JsonNumber).transform(({ text }) => text), z.string().regex(/^\d+(\.\d+)?$/)]);

const currencyCode = z.string().regex(/^[A-Z]{3}$/);

const requestFields = [
  'currency',
  'currency_code',
  'wallet_type',
  'label',
  'key1',
  'amount',
  'custom_transaction_id',
  'screenshot',
] as const;
export type RequestField = (typeof requestFields)[number];

export const Fail = object({
  status: z.literal('fail'),
  message: z
    .instanceof(Map)
    // Only names that we sent: whatever else stands there is upstream's own text, which goes no further.
    .transform((fields) => requestFields.filter((field) => fields.has(field)))
    .catch([]),
});

const AvailableWalletRow = object({
  // By a pattern: `min` would measure, and choke on, whatever has a `length`.
  type: z.string().regex(/./s),
  currency_code: currencyCode,
  order: z
    .instanceof(JsonNumber)
    .transform(({ text }) => Number(text))
    .catch(Number.MAX_SAFE_INTEGER),
  name: z.string().nullish().catch(null),
  is_manual: z.boolean().nullish().catch(null),
  uploading_payment_bill: z.boolean().nullish().catch(null),
}).transform(({ type, currency_code, order, name, is_manual, uploading_payment_bill }) => ({
  walletType: type,
  currency: currency_code,
  order,
  name: name ?? type,
  isManual: is_manual ?? false,
  screenshot: uploading_payment_bill ?? false,
}));

export const Available = object({
  status: z.literal('ok'),
  params: object({ wallets: z.array(z.unknown()) }),
}).transform(({ params }) =>
  // One wallet that cannot be read hides itself, not the others.
  params.wallets.flatMap((wallet) => AvailableWalletRow.safeParse(wallet).data ?? []),
);

const param = z.union([z.string(), z.boolean(), z.null(), z.instanceof(JsonNumber).transform(({ text }) => text)]);

export const Created = object({ status: z.literal('ok'), params: z.instanceof(Map<string, unknown>) })
  .transform(({ params }) =>
    // What is no plain value is no row that could be shown.
    [...params].flatMap(([key, value]) => {
      const read = param.safeParse(value);
      return read.success ? [[key, read.data] as const] : [];
    }),
  )
  // The kind of an account is no account.
  .refine((params) => params.some(([key, value]) => key !== 'account_type' && typeof value === 'string' && value.trim() !== ''));

export const Credited = object({
  status: z.literal('ok'),
  deposit: z.literal(true),
  deposit_amount: decimal,
  currency: object({ code: currencyCode }),
});

export const AcceptedNotCredited = object({ status: z.literal('ok'), deposit: z.literal(false) });

export const Waiting = object({ status: z.enum(['pending', 'possible_transaction_created']) });

export const Submitted = object({ status: z.literal('success') });
