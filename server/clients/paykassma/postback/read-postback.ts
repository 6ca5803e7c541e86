/** Reads a postback whose signature is right into what a payment can rest on. `undefined` = of no shape that we know. */

import type { JsonObject, JsonValue } from '../exact-json.ts';
import { JsonNumber } from '../json-number.ts';
import { minorUnits } from '../minor-units.ts';
import type { PostbackSettings } from '../postback.ts';
import type { Facts, Postback, PostbackTransaction } from './postback.ts';

type Settings = Pick<PostbackSettings, 'signedPath' | 'minorUnitDigits'>;

export function readPostback(body: JsonObject, settings: Settings): Postback | undefined {
  const listed = listIn(body, settings.signedPath);
  if (!listed) return undefined;
  const { entries, shape } = listed;
  const direction = directionOf(body, entries);
  const around = factsOf(body, settings);
  // With more than one transaction nobody can tell whose amount the one beside the list is.
  const ofEach: Facts = entries.length === 1 ? around : { ...around, amount: null };
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
function factsOf(object: JsonObject, { minorUnitDigits }: Settings): Facts {
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
function amountOf(value: JsonValue, currency: string | null, digitsOf: Settings['minorUnitDigits']): Facts['amount'] {
  if (value === null) return null;
  const decimal = textOf(value);
  if (decimal === null || currency === null) return 'inexact';
  return minorUnits(decimal, digitsOf(currency)) ?? 'inexact';
}

const nothing: Facts = { amount: null, currency: null, walletType: null, label: null };

const merge = (own: Facts, around: Facts): Facts => ({
  amount: own.amount ?? around.amount,
  currency: own.currency ?? around.currency,
  walletType: own.walletType ?? around.walletType,
  label: own.label ?? around.label,
});

/** Ids come as strings and, some day, as numbers; an empty one is none. */
function textOf(value: JsonValue | undefined): string | null {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'string' && value !== '' ? value : null;
}
