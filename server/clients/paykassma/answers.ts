/** Reads what Paykassma answered to each call. Refusals are values; only a broken service is thrown (`UpstreamError`). */
import * as z from 'zod';
import { isSuccess } from '../http.ts';
import { ExactNumber, type JsonValue, minorUnits, type ReadAmount } from './exact-json.ts';

/**
 * Paykassma's `fail`. The wording of its text is not stable, so the text is not kept. `fields` are the request fields that a
 * message by field names, if we sent them.
 */
interface PaykassmaRefusal {
  kind: 'refused';
  fields: readonly RequestField[];
}

interface AvailableWallet {
  walletType: string;
  /** ISO 4217. */
  currency: string;
  /** Its position in a list. */
  order: number;
}

export type AvailableAnswer = { kind: 'available'; wallets: readonly AvailableWallet[] } | PaykassmaRefusal;

export type CreateAnswer =
  /**
   * The account that the customer pays to, in the service's order. The map is open: `identifier`, `account_type` and
   * `is_check_amount` are names of the wire; any other key is a caption that can be shown as it is.
   */
  { kind: 'requisites'; params: readonly (readonly [key: string, value: string | boolean | null])[] } | PaykassmaRefusal;

export type ActivateAnswer =
  /** The money has arrived. The amount may differ from the requested one. */
  | { kind: 'credited'; amount: ReadAmount; currency: string }
  /** `ok` without a deposit: the transfer was found, but nothing is credited yet. A postback may follow. */
  | { kind: 'accepted_not_credited' }
  /** The service is checking. A postback may follow. */
  | { kind: 'pending' }
  /** There is no such transfer yet; the service goes on looking. A postback may follow. */
  | { kind: 'possible_transaction_created' }
  | PaykassmaRefusal;

export type PossibleTransactionAnswer =
  /** Accepted for a person to look at. Nothing is credited before a postback. */
  { kind: 'submitted' } | PaykassmaRefusal;

/** A parsed body; undefined = not JSON. */
type Answer = JsonValue | undefined;

/*
 * Each reader returns `undefined` for an answer that is none of the documented ones: the outcome of the call is then unknown.
 */

export function readAvailable(answer: Answer, status: number): AvailableAnswer | undefined {
  const wallets = readSuccess(Available, answer, status);
  return wallets ? { kind: 'available', wallets } : readRefusal(answer, status);
}

export function readCreate(answer: Answer, status: number): CreateAnswer | undefined {
  const params = readSuccess(Created, answer, status);
  return params ? { kind: 'requisites', params } : readRefusal(answer, status);
}

export function readActivate(
  answer: Answer,
  status: number,
  minorUnitDigits: (currency: string) => number,
): ActivateAnswer | undefined {
  const credited = readSuccess(Credited, answer, status);
  if (credited) {
    const currency = credited.currency.code;
    const amount = minorUnits(credited.deposit_amount, minorUnitDigits(currency));
    return amount === undefined ? undefined : { kind: 'credited', amount, currency };
  }
  if (readSuccess(AcceptedNotCredited, answer, status)) return { kind: 'accepted_not_credited' };
  const waiting = readSuccess(Waiting, answer, status);
  return waiting ? { kind: waiting.status } : readRefusal(answer, status);
}

export function readPossibleTransaction(answer: Answer, status: number): PossibleTransactionAnswer | undefined {
  return readSuccess(Submitted, answer, status) ? { kind: 'submitted' } : readRefusal(answer, status);
}

const readSuccess = <Schema extends z.ZodType>(schema: Schema, answer: Answer, status: number): z.output<Schema> | undefined =>
  isSuccess(status) ? schema.safeParse(answer).data : undefined;

/**
 * The HTTP status of a `fail` is not documented, so it is believed with 2xx and 4xx. With 5xx it is not: what a service in
 * trouble answers to a spending call proves nothing.
 */
function readRefusal(answer: Answer, status: number): PaykassmaRefusal | undefined {
  const fail = isSuccess(status) || (status >= 400 && status <= 499) ? Fail.safeParse(answer).data : undefined;
  return fail && { kind: 'refused', fields: fail.message };
}

/*
 * The answers as they come on the wire (README.md, "Calls"), with objects as maps and numbers as text (`exact-json.ts`).
 */

/** An object with these keys, and whatever else the service adds. */
const object = <Fields extends z.core.$ZodLooseShape>(fields: Fields) =>
  z.preprocess((value) => (value instanceof Map ? Object.fromEntries(value) : value), z.looseObject(fields));

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
type RequestField = (typeof requestFields)[number];

export const Fail = object({
  status: z.literal('fail'),
  message: z
    .instanceof(Map)
    // Only names that we sent: any other key is text of the service, which is not passed on.
    .transform((fields) => requestFields.filter((field) => fields.has(field)))
    .catch([]),
});

const AvailableWalletRow = object({
  // By a pattern, since `min` would also measure, and fail on, anything else that has a `length`.
  type: z.string().regex(/./s),
  currency_code: currencyCode,
  order: z
    .instanceof(ExactNumber)
    .transform(({ text }) => Number(text))
    .catch(Number.MAX_SAFE_INTEGER),
}).transform(({ type, currency_code, order }) => ({ walletType: type, currency: currency_code, order }));

const Available = object({
  status: z.literal('ok'),
  params: object({ wallets: z.array(z.unknown()) }),
}).transform(({ params }) =>
  // A wallet that cannot be read is left out; the others stay available.
  params.wallets.flatMap((wallet) => AvailableWalletRow.safeParse(wallet).data ?? []),
);

const param = z.union([z.string(), z.boolean(), z.null(), z.instanceof(ExactNumber).transform(({ text }) => text)]);

const Created = object({ status: z.literal('ok'), params: z.instanceof(Map<string, unknown>) })
  .transform(({ params }) =>
    // Only a plain value can be shown as a row.
    [...params].flatMap(([key, value]) => {
      const read = param.safeParse(value);
      return read.success ? [[key, read.data] as const] : [];
    }),
  )
  // The type of an account alone is no account that one could pay to.
  .refine((params) => params.some(([key, value]) => key !== 'account_type' && typeof value === 'string' && value.trim() !== ''));

const Credited = object({
  status: z.literal('ok'),
  deposit: z.literal(true),
  deposit_amount: decimal,
  currency: object({ code: currencyCode }),
});

const AcceptedNotCredited = object({ status: z.literal('ok'), deposit: z.literal(false) });

const Waiting = object({ status: z.enum(['pending', 'possible_transaction_created']) });

const Submitted = object({ status: z.literal('success') });
