/** Our requests in the words of the wire: only names that Payme documents, and nothing for what was not said. */
import type { FiscalData, ReceiptDetail, ReceiptItem } from './requests.ts';

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
