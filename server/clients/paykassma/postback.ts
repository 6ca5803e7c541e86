/** Opens a postback from its raw bytes: refuses what is not signed, reads what is. Source: README.md, "Postback body". */
import { ExactNumber, type JsonObject, type JsonValue, parseExactJson } from './exact-json.ts';
import { minorUnits, type ReadAmount } from './minor-units.ts';
import { isSigned, type PostbackKeys } from './signature.ts';

export interface PostbackSettings extends PostbackKeys {
  /**
   * Where in the body the signed value stands; `body` is all of it but the signature. That the present documents mean
   * `additional_data` is inferred. One is configured and none is guessed: a forger must not choose.
   */
  signedPath: 'additional_data' | 'transactions' | 'body';
  /** Digits after the point of a currency, by ISO 4217. */
  minorUnitDigits(currency: string): number;
}

export type OpenedPostback =
  | { kind: 'signed'; postback: Postback }
  /** Rightly signed, and of no shape that we know: to be kept, and looked at by a person. */
  | { kind: 'unreadable' }
  /** Not proven to be Paykassma's. `not_signed`: it lacks a signature, or what is signed is missing or empty. */
  | { kind: 'refused'; reason: 'too_large' | 'not_json' | 'not_signed' | 'wrong_signature' };

/** An honest one has two thousand or so. */
export const largestPostback = 64 * 1024;

export function openPostback(raw: Uint8Array, settings: PostbackSettings): OpenedPostback {
  const refuse = (reason: Extract<OpenedPostback, { kind: 'refused' }>['reason']) => ({ kind: 'refused', reason }) as const;
  if (raw.byteLength > largestPostback) return refuse('too_large');
  const text = decode(raw);
  const body = text === undefined ? undefined : parseExactJson(text);
  if (!(body instanceof Map)) return refuse('not_json');
  const { signedPath } = settings;
  const signature = body.get('signature');
  const signed = signedPath === 'body' ? withoutSignature(body) : body.get(signedPath);
  if (typeof signature !== 'string' || signed === undefined || isEmpty(signed)) return refuse('not_signed');
  if (!isSigned(signed, signature, settings)) return refuse('wrong_signature');
  const postback = readPostback(body, settings);
  return postback ? { kind: 'signed', postback } : { kind: 'unreadable' };
}

function decode(raw: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return undefined;
  }
}

const withoutSignature = (body: JsonObject): JsonObject => new Map([...body].filter(([key]) => key !== 'signature'));

/** The signature of nothing is the same every time, so whoever has seen one could sign nothing for ever. */
function isEmpty(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return !(value instanceof Map) || value.size === 0;
}

/** A postback of Paykassma as we read it: what the signature covers, kept apart from what anybody could have changed. */
/** What is told of one transaction's money; null = not told. */
export interface PostbackAmounts {
  amount: ReadAmount | null;
  /** ISO 4217. */
  currency: string | null;
  walletType: string | null;
  /** The customer's id. */
  label: string | null;
}

export interface PostbackTransaction {
  /** The service's id of the transfer: the wallet's own number, or A-Pay's order. Signed. */
  transactionId: string | null;
  /** Ours, of the attempt. Signed. */
  customTransactionId: string | null;
  /**
   * `credited`: in the flat and the legacy shape a postback of a deposit means just that, which is inferred; in A-Pay's the
   * status says so. A payout, or a word that we do not know, is `unknown`.
   */
  outcome: 'credited' | 'refused' | 'unknown';
  signed: PostbackAmounts;
  /** To be compared, never to be believed. */
  unsigned: PostbackAmounts;
}

export interface Postback {
  shape: 'flat' | 'legacy' | 'apay';
  /** `ingoing` is a deposit. Not signed in the flat shape, except that a signed withdrawal is never `ingoing`. */
  direction: 'ingoing' | 'outgoing' | null;
  transactions: readonly PostbackTransaction[];
}

/** Reads a postback whose signature is right into what a payment can rest on. `undefined` = of no shape that we know. */
type Settings = Pick<PostbackSettings, 'signedPath' | 'minorUnitDigits'>;

export function readPostback(body: JsonObject, settings: Settings): Postback | undefined {
  const listed = listIn(body, settings.signedPath);
  if (!listed) return undefined;
  const { entries, shape } = listed;
  const direction = directionOf(body, entries);
  const around = factsOf(body, settings);
  // With more than one transaction nobody can tell whose amount the one beside the list is.
  const ofEach: PostbackAmounts = entries.length === 1 ? around : { ...around, amount: null };
  const isAroundSigned = settings.signedPath === 'body';

  const transactions = entries.map((entry): PostbackTransaction => {
    const own = factsOf(entry, settings);
    return {
      transactionId: textOf(entry.get(shape === 'apay' ? 'order_id' : 'transaction_id')),
      customTransactionId: textOf(entry.get(customIds[shape])),
      outcome: shape === 'apay' ? apayOutcome(entry) : direction === 'ingoing' || shape === 'legacy' ? 'credited' : 'unknown',
      signed: isAroundSigned ? merge(own, ofEach) : own,
      unsigned: isAroundSigned ? nothing : ofEach,
    };
  });
  return { shape, direction, transactions };
}

const customIds = { flat: 'plugin_custom_order_id', legacy: 'custom_id', apay: 'custom_transaction_id' } as const;

/** The transactions, and the shape that goes with the list they stand in: never a list that is not signed. */
function listIn(body: JsonObject, signedPath: Settings['signedPath']) {
  const names = signedPath === 'body' ? ['additional_data', 'transactions'].filter((name) => body.has(name)) : [signedPath];
  const [name = ''] = names;
  const list = body.get(name);
  if (names.length !== 1 || !Array.isArray(list)) return undefined;
  const entries = list.filter((entry): entry is JsonObject => entry instanceof Map);
  if (entries.length === 0 || entries.length !== list.length) return undefined;
  const has = (key: string) => entries.every((entry) => entry.has(key));
  if (name === 'additional_data') return has('transaction_id') ? { entries, shape: 'flat' as const } : undefined;
  if (has('order_id')) return { entries, shape: 'apay' as const };
  return has('transaction_id') ? { entries, shape: 'legacy' as const } : undefined;
}

function directionOf(body: JsonObject, entries: readonly JsonObject[]): Postback['direction'] {
  // Signed, so it outweighs what the unsigned word says: a payout sent again as a deposit must not become one.
  if (entries.some((entry) => ['withdrawal_id', 'withdrawal_status'].some((key) => (entry.get(key) ?? null) !== null))) {
    return 'outgoing';
  }
  const word = textOf(body.get('direction'))?.toLowerCase();
  return word === 'ingoing' || word === 'outgoing' ? word : null;
}

function apayOutcome(entry: JsonObject): PostbackTransaction['outcome'] {
  const status = textOf(entry.get('status'));
  if (status === 'Success') return 'credited';
  return status === 'Failed' || status === 'Rejected' ? 'refused' : 'unknown';
}

/** The names of all three shapes: none means different things in two of them. */
function factsOf(object: JsonObject, { minorUnitDigits }: Settings): PostbackAmounts {
  const word = textOf(object.get('currency_code') ?? object.get('currency'));
  const currency = word !== null && /^[A-Z]{3}$/.test(word) ? word : null;
  return {
    amount: amountOf(object.get('amount') ?? null, currency, minorUnitDigits),
    currency,
    walletType: textOf(object.get('wallet_type') ?? object.get('payment_system')),
    label: textOf(object.get('label') ?? object.get('custom_user_id')),
  };
}

/** An amount in no currency, or that is no number, is told all the same: it must not look like one that is not. */
function amountOf(value: JsonValue, currency: string | null, digitsOf: Settings['minorUnitDigits']): PostbackAmounts['amount'] {
  if (value === null) return null;
  const decimal = textOf(value);
  if (decimal === null || currency === null) return 'inexact';
  return minorUnits(decimal, digitsOf(currency)) ?? 'inexact';
}

const nothing: PostbackAmounts = { amount: null, currency: null, walletType: null, label: null };

const merge = (own: PostbackAmounts, around: PostbackAmounts): PostbackAmounts => ({
  amount: own.amount ?? around.amount,
  currency: own.currency ?? around.currency,
  walletType: own.walletType ?? around.walletType,
  label: own.label ?? around.label,
});

/** Ids come as strings and, some day, as numbers; an empty one is none. */
function textOf(value: JsonValue | undefined): string | null {
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'string' && value !== '' ? value : null;
}
