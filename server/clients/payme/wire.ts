/** Our requests in the words of the wire: only names that Payme documents, and nothing for what was not said. */
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

/** Which amounts may be sent: whole tiyin, for a fraction or NaN could be rounded to other money on the way. */
/** What a receipt may be made out for. */
export const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0;

/** Every price of a receipt's detail; a gift has none. */
export const arePrices = ({ shipping, items = [] }: ReceiptDetail): boolean =>
  [shipping?.price ?? 0, ...items.flatMap(({ price, discount = 0 }) => [price, discount])].every(
    (price) => Number.isSafeInteger(price) && price >= 0,
  );
