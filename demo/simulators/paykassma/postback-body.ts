/** The signed body of a postback about one credited claim, in each of the known forms, and the settings of postbacks. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Transaction } from './money-book.ts';

export interface PostbackKeys {
  accessKey: string;
  privateKey: string;
}

type Shape = Pick<PostbackSettings, 'mode' | 'wrongSignature' | 'unsignedTimes' | 'unescapedBody'>;

export function postbackBody(transaction: Transaction, { accessKey, privateKey }: PostbackKeys, shape: Shape): string {
  const { mode, wrongSignature, unsignedTimes, unescapedBody } = shape;
  const signed = mode === 'flat' ? additionalData(transaction) : mode === 'apay' ? apay(transaction) : legacy(transaction);
  const json = phpEncode(signed, { unescaped: mode !== 'legacy-noflags' });
  const key = wrongSignature ? `${privateKey}-of-somebody-else` : privateKey;
  const signature = hex('sha1', accessKey + key + hex('md5', json));
  const amount = ((transaction.deposit_amount ?? 0) * unsignedTimes) / 100;
  const { wallet_type, currency_code, label } = transaction;
  const body = {
    flat: {
      signature,
      wallet_type,
      amount,
      currency_code,
      label,
      converted_amount: { [currency_code]: amount },
      direction: 'ingoing',
      additional_data: signed,
    },
    legacy: {
      access_key: accessKey,
      signature,
      label,
      stockpiling: { [currency_code]: amount },
      stockpiling_id: 77,
      transactions: signed,
    },
    apay: { access_key: accessKey, signature, transactions: signed },
  }[mode === 'legacy-noflags' ? 'legacy' : mode];
  return phpEncode(body, { unescaped: unescapedBody });
}

const hex = (digest: 'md5' | 'sha1', text: string) => createHash(digest).update(text).digest('hex');

const amountOf = ({ deposit_amount }: Transaction) => (deposit_amount ?? 0) / 100;

const additionalData = ({ key1, custom_transaction_id }: Transaction) => [
  { transaction_id: key1, plugin_custom_order_id: custom_transaction_id },
];

function legacy(transaction: Transaction) {
  const { currency_code, wallet_type, key1, custom_transaction_id, at } = transaction;
  // The service's times are those of Manila, unless its support has set another zone.
  const time = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  return [
    {
      amount: String(amountOf(transaction)),
      currency_code,
      wallet_type,
      transaction_id: key1,
      transaction_type: 1,
      from: null,
      created_datetime: time,
      activated_datetime: time,
      custom_id: custom_transaction_id,
    },
  ];
}

function apay(transaction: Transaction) {
  const { currency_code, wallet_type, key1, label, custom_transaction_id, at } = transaction;
  const time = Math.floor(Date.parse(at) / 1000);
  return [
    {
      order_id: hex('md5', key1 + custom_transaction_id).slice(0, 16),
      status: 'Success',
      amount: amountOf(transaction),
      currency: currency_code,
      payment_system: wallet_type,
      custom_transaction_id,
      custom_user_id: label,
      created_at: time,
      activated_at: time,
    },
  ];
}

/** How postbacks are sent; a test can change it at any time. Times are milliseconds of real time. */
export const PostbackSettings = z.strictObject({
  /** Where to send them; null: nowhere, as for a merchant without an address. */
  url: z.url({ protocol: /^https?$/ }).nullable(),
  /** The form of the body. `legacy-noflags` escapes `/` and everything beyond ASCII in the signed part. */
  mode: z.enum(['flat', 'legacy', 'legacy-noflags', 'apay']),
  /** Time between the answer to a claim and its postback. */
  delayMs: z.int().min(0).max(600_000),
  /** Time until a claim that waits is credited. */
  laterMs: z.int().min(0).max(600_000),
  /** How often it is sent until the answer is 200 with status ok, and the time between. */
  tries: z.int().min(1).max(100),
  retryMs: z.int().min(0).max(600_000),
  /** How many copies are sent at once. */
  copies: z.int().min(1).max(20),
  /** Whether it is signed with another key. */
  wrongSignature: z.boolean(),
  /** Whether the postback arrives before the answer to the claim. */
  beforeAnswer: z.boolean(),
  /** The factor by which the unsigned amount is too high. */
  unsignedTimes: z.int().min(1).max(1000),
  /** Whether slashes and Unicode in the body are not escaped. */
  unescapedBody: z.boolean(),
});
export type PostbackSettings = z.infer<typeof PostbackSettings>;

export const firstSettings: PostbackSettings = {
  url: null,
  mode: 'flat',
  delayMs: 0,
  laterMs: 3_000,
  tries: 3,
  retryMs: 5_000,
  copies: 1,
  wrongSignature: false,
  beforeAnswer: false,
  unsignedTimes: 1,
  unescapedBody: false,
};

/**
 * JSON as PHP's `json_encode` writes it. On purpose it does not use the code that checks signatures, so that a mistake in one
 * is not hidden by the same mistake in the other.
 */
export function phpEncode(value: unknown, { unescaped }: { unescaped: boolean }): string {
  const json = JSON.stringify(value).replace(/[\u2028\u2029]/g, unicode);
  return unescaped ? json : json.replaceAll('/', '\\/').replace(/[\u0080-\uffff]/g, unicode);
}

const unicode = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
