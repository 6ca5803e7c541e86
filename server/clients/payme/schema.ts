/**
 * The form of Payme's requests and results. A field of ours that was not given is undefined, so it is not sent. Results are read
 * tolerantly where nothing depends on a field and strictly where a wrong guess would cost money. Card numbers are masked here,
 * whatever the service sends. Source: README.md, "Cards" and "Receipts".
 */
import * as z from 'zod';
import type { Card, FiscalData, Receipt, ReceiptDetail, ReceiptItem, ReceiptList, VerifyCode } from './types.ts';

/**
 * A card number masked: first six digits, `******`, last four. Text with ten digits or fewer stays as it is. Payme's lists may
 * hold full numbers (README.md, "Receipts").
 */
export function maskNumber(text: string): string {
  const digits = text.match(/\p{Nd}/gu) ?? [];
  return digits.length > 10 ? `${digits.slice(0, 6).join('')}******${digits.slice(-4).join('')}` : text;
}

/** Masks every number of 13 digits or more in a text, also in groups of four. Digits that end a word are left alone. */
export const maskNumbersIn = (text: string): string => text.replace(cardNumber, maskNumber);

const cardNumber = /\p{Nd}{13,}|(?<![\p{L}\p{Nd}_])\p{Nd}{4}([ \u00A0-])\p{Nd}{4}\1\p{Nd}{4}\1\p{Nd}{4,7}/gu;

/** A phone masked as Payme does it, `99890*****66`, in case it ever comes in full; '' for anything that is no phone. */
function maskPhone(text: string): string {
  if (!/^[+\d*() -]{1,24}$/.test(text)) return '';
  const digits = text.replace(/\D/g, '');
  return digits.length > 7 ? `${digits.slice(0, 5)}*****${digits.slice(-2)}` : text;
}

/** Text that is not empty. By a pattern, since `min` would also measure, and fail on, anything else that has a `length`. */
const FilledText = z.string().regex(/./s);

/** A card's expiry is `MM/YY` or `MMYY`, a receipt's `YYMM`. Nothing depends on it, so any other text becomes empty. */
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
    // Absent means that nothing is promised: such a card is not offered again.
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
    // Every known answer has one minute. More than ten minutes is taken to be a mistake.
    wait: z.int().nonnegative().max(600_000).catch(60_000),
  })
  .transform(({ sent, phone, wait }): VerifyCode => ({ sent, phone, waitMs: wait }));

/** Milliseconds since 1970; absent = 0, "never". An unreadable time fails, since a paid receipt must not look unpaid. */
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
    }),
  );

/** A `{receipt}` answer. */
export const ReceiptResult = z.looseObject({ receipt: ReceiptObject }).transform(({ receipt }) => receipt);

export const StateResult = z.looseObject({ state: z.int() }).transform(({ state }) => ({ state }));

export const SuccessResult = z.looseObject({ success: z.boolean() }).transform(({ success }) => ({ success }));

/** A bare list. A receipt that cannot be read is left out and counted; the others stay. */
export const ReceiptListResult = z.array(z.unknown()).transform((entries): ReceiptList => {
  const receipts = entries.flatMap((entry) => ReceiptObject.safeParse(entry).data ?? []);
  return { receipts, unreadable: entries.length - receipts.length };
});

/** `receipt_type` 0 = a sale. */
export const wireDetail = ({ shipping, items }: ReceiptDetail) => ({
  receipt_type: 0,
  shipping: shipping && { title: shipping.title, price: shipping.price },
  items: items?.map(wireItem),
});

const wireItem = ({ title, price, count, code, units, vatPercent, packageCode, discount }: ReceiptItem) => ({
  title,
  price,
  count,
  code,
  units,
  vat_percent: vatPercent,
  package_code: packageCode,
  discount,
});

export const wireFiscalData = (data: FiscalData) => ({
  receipt_id: data.receiptId,
  qr_code_url: data.qrCodeUrl,
  status_code: data.statusCode,
  message: data.message,
  terminal_id: data.terminalId,
  fiscal_sign: data.fiscalSign,
  date: data.issuedAt === undefined ? undefined : timeInUzbekistan(data.issuedAt),
});

/** `YYYYMMDDHHMMSS`, five hours ahead of UTC all the year. */
const timeInUzbekistan = (time: number): string => new Date(time + 5 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);

/** Whether a receipt may be created for this amount: whole tiyin, since a fraction or NaN could become another amount. */
export const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0;

/** Whether every price of a receipt's detail may be sent. A price of 0, for a gift, may. */
export const arePrices = ({ shipping, items = [] }: ReceiptDetail): boolean =>
  [shipping?.price ?? 0, ...items.flatMap(({ price, discount = 0 }) => [price, discount])].every(
    (price) => Number.isSafeInteger(price) && price >= 0,
  );
