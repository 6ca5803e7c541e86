/** Our requests in the field names of the wire. A field that was not given is undefined, so it is not sent. */
import type { FiscalData, ReceiptDetail, ReceiptItem } from './types.ts';

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
  date: data.date,
});

/** Whether a receipt may be created for this amount: whole tiyin, since a fraction or NaN could become another amount. */
export const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0;

/** Whether every price of a receipt's detail may be sent. A price of 0, for a gift, may. */
export const arePrices = ({ shipping, items = [] }: ReceiptDetail): boolean =>
  [shipping?.price ?? 0, ...items.flatMap(({ price, discount = 0 }) => [price, discount])].every(
    (price) => Number.isSafeInteger(price) && price >= 0,
  );
