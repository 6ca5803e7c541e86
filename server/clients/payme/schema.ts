/**
 * Payme's results as they come, read tolerantly where nothing depends on it and strictly where a wrong guess would cost money.
 * Card numbers are masked here, whatever the service sends. Source: README.md, "Cards" and "Receipts".
 */
import * as z from 'zod';
import type { Card, Receipt, ReceiptList, VerifyCode } from './types.ts';

/** Card numbers, masked before they leave the client: Payme's lists may hold them in full. Source: README.md, "Receipts". */

/** First six digits, `******`, last four. What shows no more than those ten digits stays as it is. */
export function maskNumber(text: string): string {
  const digits = text.match(/\p{Nd}/gu) ?? [];
  return digits.length > 10 ? `${digits.slice(0, 6).join('')}******${digits.slice(-4).join('')}` : text;
}

/** The same for every number of 13 digits or more in a text, also one written in fours; the end of a word before it is left alone. */
export const maskNumbersIn = (text: string): string => text.replace(cardNumber, maskNumber);

const cardNumber = /\p{Nd}{13,}|(?<![\p{L}\p{Nd}_])\p{Nd}{4}([ \u00A0-])\p{Nd}{4}\1\p{Nd}{4}\1\p{Nd}{4,7}/gu;

/** A phone as Payme masks it, `99890*****66`: its first five digits and its last two, should it ever come in full; '' for what is no phone. */
export function maskPhone(text: string): string {
  if (!/^[+\d*() -]{1,24}$/.test(text)) return '';
  const digits = text.replace(/\D/g, '');
  return digits.length > 7 ? `${digits.slice(0, 5)}*****${digits.slice(-2)}` : text;
}

/** Not empty. By a pattern: `min` would measure, and choke on, whatever has a `length`. */
const FilledText = z.string().regex(/./s);

/** Two spellings of `MM/YY` on a card; a receipt turns the four digits round. Nothing depends on it, so an unknown one is empty. */
const cardExpire = z
  .string()
  .regex(/^(0[1-9]|1[0-2])\/?\d\d$/)
  .transform((text) => `${text.slice(0, 2)}/${text.slice(-2)}`)
  .catch('');
const receiptExpire = z
  .string()
  .regex(/^(\d\d(0[1-9]|1[0-2])|(0[1-9]|1[0-2])\/\d\d)$/)
  .transform((text) => (text.includes('/') ? text : `${text.slice(2)}/${text.slice(0, 2)}`))
  .catch('');

const CardObject = z
  .looseObject({
    number: z.string().transform(maskNumber),
    expire: cardExpire,
    token: z.string().regex(/^.{1,2048}$/s),
    // Not said is not promised: such a card is not offered again.
    recurrent: z.boolean().nullish().catch(null),
    verify: z.boolean(),
  })
  .transform(
    ({ number, expire, token, recurrent, verify }): Card => ({ number, expire, token, recurrent: recurrent ?? false, verify }),
  );

/** A `{card}` answer. */
export const CardResult = z.looseObject({ card: CardObject }).transform(({ card }) => card);

export const VerifyCodeResult = z
  .looseObject({
    sent: z.boolean(),
    phone: z.string().transform(maskPhone).catch(''),
    // A minute is what every answer that we know says; no code is good for longer than ten.
    wait: z.int().nonnegative().max(600_000).catch(60_000),
  })
  .transform(({ sent, phone, wait }): VerifyCode => ({ sent, phone, waitMs: wait }));

/** Milliseconds since 1970. Left out is "never"; what cannot be read is not, for a paid receipt must not pass for an unpaid one. */
const time = z
  .int()
  .nonnegative()
  .nullish()
  .transform((ms) => ms ?? 0);

const AccountRow = z
  .looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })
  .transform(({ name, value }) => ({ name, value: String(value) }));

const ReceiptObject = z
  .looseObject({
    _id: FilledText,
    state: z.int(),
    amount: z.int(),
    currency: z.int().nullish(),
    create_time: time.catch(0),
    pay_time: time,
    cancel_time: time,
    description: z.string().transform(maskNumbersIn).catch(''),
    account: z.array(z.unknown()).catch([]),
    card: z
      .looseObject({ number: z.string().transform(maskNumber), expire: receiptExpire })
      .transform(({ number, expire }) => ({ number, expire }))
      .nullish()
      .catch(null),
    payer: z.looseObject({ phone: FilledText.nullish() }).nullish().catch(null),
  })
  .transform(
    (receipt): Receipt => ({
      id: receipt._id,
      state: receipt.state,
      amount: receipt.amount,
      currency: receipt.currency ?? null,
      createTime: receipt.create_time,
      payTime: receipt.pay_time,
      cancelTime: receipt.cancel_time,
      description: receipt.description,
      account: receipt.account.flatMap((row) => AccountRow.safeParse(row).data ?? []),
      card: receipt.card ?? null,
      ...(receipt.payer?.phone ? { phone: receipt.payer.phone } : {}),
    }),
  );

/** A `{receipt}` answer. */
export const ReceiptResult = z.looseObject({ receipt: ReceiptObject }).transform(({ receipt }) => receipt);

export const StateResult = z.looseObject({ state: z.int() }).transform(({ state }) => ({ state }));

export const SuccessResult = z.looseObject({ success: z.boolean() }).transform(({ success }) => ({ success }));

/** A bare list. One receipt that cannot be read hides itself, not the others. */
export const ReceiptListResult = z.array(z.unknown()).transform((entries): ReceiptList => {
  const receipts = entries.flatMap((entry) => ReceiptObject.safeParse(entry).data ?? []);
  return { receipts, unreadable: entries.length - receipts.length };
});
