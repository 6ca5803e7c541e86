/** What the Paykassma client answers. Values, refusals included; only a broken upstream is thrown (`UpstreamError`). */

import * as z from 'zod';
import { ExactNumber, type JsonValue } from './exact-json.ts';
import { minorUnits, type ReadAmount } from './minor-units.ts';

/**
 * Paykassma's `fail`. Its text is of no stable wording, so it is not even kept; `fields` are those that a message by field
 * names, as far as we sent them.
 */
export interface PaykassmaRefusal {
  kind: 'refused';
  fields: readonly RequestField[];
}

export interface AvailableWallet {
  walletType: string;
  /** ISO 4217. */
  currency: string;
  /** Where it stands in a list. */
  order: number;
  name: string;
  /** Inferred: true → the manual family, paid by `possibleTransaction`. */
  isManual: boolean;
  /** Inferred: true → the service wants a picture of the payment. */
  screenshot: boolean;
}

export type AvailableAnswer = { kind: 'available'; wallets: readonly AvailableWallet[] } | PaykassmaRefusal;

export type CreateAnswer =
  /**
   * What the customer pays to, in the service's order. An open map: `identifier`, `account_type` and `is_check_amount` are
   * names of the wire, any other key is a caption ready to be shown.
   */
  { kind: 'requisites'; params: readonly (readonly [key: string, value: string | boolean | null])[] } | PaykassmaRefusal;

export type ActivateAnswer =
  /** The money is here. The amount may differ from the one that was asked. */
  | { kind: 'credited'; amount: ReadAmount; currency: string }
  /** `ok` without a deposit: the transfer was found and nothing is credited yet. A postback may follow. */
  | { kind: 'accepted_not_credited' }
  /** Being checked. A postback may follow. */
  | { kind: 'pending' }
  /** No such transfer yet; the service goes on looking. A postback may follow. */
  | { kind: 'possible_transaction_created' }
  | PaykassmaRefusal;

export type PossibleTransactionAnswer =
  /** Taken for a person to look at. Nothing is credited before a postback says so. */
  { kind: 'submitted' } | PaykassmaRefusal;

/**
 * Tells Paykassma's documented answers apart. `undefined` = none of them, so what became of the call is unknown.
 *
 * The HTTP status of a `fail` is undocumented, so it is believed with 2xx and 4xx, and not with 5xx: what a service in
 * trouble says of a spending call proves nothing. Every other answer needs a 2xx.
 */
type Answer = JsonValue | undefined;

export function readAvailable(answer: Answer, status: number): AvailableAnswer | undefined {
  const wallets = readOk(Available, answer, status);
  return wallets ? { kind: 'available', wallets } : readRefused(answer, status);
}

export function readCreate(answer: Answer, status: number): CreateAnswer | undefined {
  const params = readOk(Created, answer, status);
  return params ? { kind: 'requisites', params } : readRefused(answer, status);
}

export function readActivate(
  answer: Answer,
  status: number,
  minorUnitDigits: (currency: string) => number,
): ActivateAnswer | undefined {
  const credited = readOk(Credited, answer, status);
  if (credited) {
    const currency = credited.currency.code;
    const amount = minorUnits(credited.deposit_amount, minorUnitDigits(currency));
    return amount === undefined ? undefined : { kind: 'credited', amount, currency };
  }
  if (readOk(AcceptedNotCredited, answer, status)) return { kind: 'accepted_not_credited' };
  const waiting = readOk(Waiting, answer, status);
  return waiting ? { kind: waiting.status } : readRefused(answer, status);
}

export function readPossibleTransaction(answer: Answer, status: number): PossibleTransactionAnswer | undefined {
  return readOk(Submitted, answer, status) ? { kind: 'submitted' } : readRefused(answer, status);
}

const isOk = (status: number) => status >= 200 && status <= 299;

const readOk = <Schema extends z.ZodType>(schema: Schema, answer: Answer, status: number): z.output<Schema> | undefined =>
  isOk(status) ? schema.safeParse(answer).data : undefined;

function readRefused(answer: Answer, status: number): PaykassmaRefusal | undefined {
  const fail = isOk(status) || (status >= 400 && status <= 499) ? Fail.safeParse(answer).data : undefined;
  return fail && { kind: 'refused', fields: fail.message };
}

/**
 * Paykassma's answers as they come, read tolerantly where nothing depends on it and strictly where a wrong guess would cost
 * money. Objects come as maps and numbers as text (`read-json.ts`). Source: README.md, "Calls".
 */
/** An object with these keys, and whatever else the service adds. */
const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.preprocess((value) => (value instanceof Map ? Object.fromEntries(value) : value), z.looseObject(shape));

/** Decimal text. The service's older pages write amounts as strings. */
const decimal = z.union([z.instanceof(ExactNumber).transform(({ text }) => text), z.string().regex(/^\d+(\.\d+)?$/)]);

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
    .instanceof(ExactNumber)
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

const param = z.union([z.string(), z.boolean(), z.null(), z.instanceof(ExactNumber).transform(({ text }) => text)]);

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
