/** Opens a postback from its raw bytes: checks the signature, then reads the body. Source: README.md, "Postback body". */
import { ExactNumber, type JsonObject, type JsonValue, minorUnits, parseExactJson, type ReadAmount } from './exact-json.ts';
import { digestOf, isSigned, type PostbackKeys } from './signature.ts';

export interface PostbackSettings extends PostbackKeys {
  /**
   * Where in the body the signed value stands; `body` means everything but the signature. That the current documents mean
   * `additional_data` is inferred. The path is configured and never guessed, so that a forger cannot choose it.
   */
  signedPath: 'additional_data' | 'transactions' | 'body';
  /** Digits after the point of a currency, by ISO 4217. */
  minorUnitDigits(currency: string): number;
}

/** `digest`: SHA-256 of what the signature covers, as hex. */
export type OpenedPostback =
  | { kind: 'signed'; postback: Postback; digest: string }
  /** Correctly signed, but of no known form: it is stored, and a person has to look at it. */
  | { kind: 'unreadable'; digest: string }
  /** Not proven to come from Paykassma. `not_signed`: the signature is missing, or the signed value is missing or empty. */
  | { kind: 'refused'; reason: 'too_large' | 'not_json' | 'not_signed' | 'wrong_signature' };

/** In bytes. A real postback has about 2,000. */
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
  const digest = digestOf(signed);
  return postback ? { kind: 'signed', postback, digest } : { kind: 'unreadable', digest };
}

function decode(raw: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return undefined;
  }
}

const withoutSignature = (body: JsonObject): JsonObject => new Map([...body].filter(([key]) => key !== 'signature'));

/** The signature of an empty value never changes, so whoever has seen one could send it again for ever. */
function isEmpty(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return !(value instanceof Map) || value.size === 0;
}

/** The money fields of one transaction. `null`: the postback does not contain the field. */
interface PostbackAmounts {
  amount: ReadAmount | null;
  /** ISO 4217. */
  currency: string | null;
  walletType: string | null;
  /** The customer's id. */
  label: string | null;
}

/** One transaction: what the signature covers is kept apart from what anybody could have changed. */
export interface PostbackTransaction {
  /** The service's id of the transfer: the wallet's own number, or A-Pay's order id. Signed. */
  transactionId: string | null;
  /** Our id of the attempt. Signed. */
  customTransactionId: string | null;
  /**
   * `credited`: the flat and the legacy form have no status, so a deposit's postback is taken to mean it (inferred); A-Pay's form
   * has a status. A payout, or a status that we do not know, is `unknown`.
   */
  outcome: 'credited' | 'refused' | 'unknown';
  signed: PostbackAmounts;
  /** Only for comparison; never believed. */
  unsigned: PostbackAmounts;
  /** SHA-256 of what the signature covers of it, as hex: by it a transaction without an id is recognised. */
  digest: string;
}

export interface Postback {
  shape: 'flat' | 'legacy' | 'apay';
  /** `ingoing` is a deposit. Not signed in the flat form, except that a signed withdrawal is never `ingoing`. */
  direction: 'ingoing' | 'outgoing' | null;
  transactions: readonly PostbackTransaction[];
}

type Settings = Pick<PostbackSettings, 'signedPath' | 'minorUnitDigits'>;

/** Reads a body whose signature has been checked. `undefined` = of no known form. */
function readPostback(body: JsonObject, settings: Settings): Postback | undefined {
  const listed = listIn(body, settings.signedPath);
  if (!listed) return undefined;
  const { entries, shape } = listed;
  const direction = directionOf(body, entries);
  const beside = amountsIn(body, settings);
  // With more than one transaction, nobody can know to which of them the amount beside the list belongs.
  const shared: PostbackAmounts = entries.length === 1 ? beside : { ...beside, amount: null };
  const isSharedSigned = settings.signedPath === 'body';

  const transactions = entries.map((entry): PostbackTransaction => {
    const own = amountsIn(entry, settings);
    return {
      transactionId: textOf(entry.get(shape === 'apay' ? 'order_id' : 'transaction_id')),
      customTransactionId: textOf(entry.get(customIds[shape])),
      outcome: shape === 'apay' ? apayOutcome(entry) : direction === 'ingoing' || shape === 'legacy' ? 'credited' : 'unknown',
      signed: isSharedSigned ? merge(own, shared) : own,
      unsigned: isSharedSigned ? nothing : shared,
      digest: digestOf(isSharedSigned && entries.length === 1 ? withoutSignature(body) : entry),
    };
  });
  return { shape, direction, transactions };
}

const customIds = { flat: 'plugin_custom_order_id', legacy: 'custom_id', apay: 'custom_transaction_id' } as const;

/** The list of transactions and the form that it belongs to. A list that is not signed is never read. */
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
  // These keys are signed, so they count more than the unsigned `direction`: a replayed payout must not become a deposit.
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

/** Reads the field names of all three forms at once, since no name has different meanings in two of them. */
function amountsIn(object: JsonObject, { minorUnitDigits }: Settings): PostbackAmounts {
  const word = textOf(object.get('currency_code') ?? object.get('currency'));
  const currency = word !== null && /^[A-Z]{3}$/.test(word) ? word : null;
  return {
    amount: amountOf(object.get('amount') ?? null, currency, minorUnitDigits),
    currency,
    walletType: textOf(object.get('wallet_type') ?? object.get('payment_system')),
    label: textOf(object.get('label') ?? object.get('custom_user_id')),
  };
}

/** An amount without a currency, or one that is no number, is `inexact` and not null: it must not look absent. */
function amountOf(value: JsonValue, currency: string | null, digitsOf: Settings['minorUnitDigits']): PostbackAmounts['amount'] {
  if (value === null) return null;
  const decimal = textOf(value);
  if (decimal === null || currency === null) return 'inexact';
  return minorUnits(decimal, digitsOf(currency)) ?? 'inexact';
}

const nothing: PostbackAmounts = { amount: null, currency: null, walletType: null, label: null };

const merge = (own: PostbackAmounts, shared: PostbackAmounts): PostbackAmounts => ({
  amount: own.amount ?? shared.amount,
  currency: own.currency ?? shared.currency,
  walletType: own.walletType ?? shared.walletType,
  label: own.label ?? shared.label,
});

/** Ids come as strings and might one day come as numbers. An empty one counts as absent. */
function textOf(value: JsonValue | undefined): string | null {
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'string' && value !== '' ? value : null;
}
