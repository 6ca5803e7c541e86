/** The payments of some days as CSV (RFC 4180) for accounting, one row each. It is made page by page while it is sent. */
import { Readable } from 'node:stream';
import { paymentReference } from '#contract';
import type { Cursor, MerchantIds, OperatorReads, SummaryRecord } from '../payments/model/operator-reads.ts';
import { isoTime } from '../payments/model/time.ts';
import { decimalText } from './words.ts';

/** Created at or after `from` and before `before`, newest first. */
export interface ExportRange {
  merchants: MerchantIds;
  from: number;
  before: number;
}

const pageSize = 500;

export const exportCsv = (reads: OperatorReads, range: ExportRange): Readable => Readable.from(lines(reads, range));

async function* lines(reads: OperatorReads, range: ExportRange): AsyncGenerator<string> {
  yield line(Object.keys(columns));
  for (let after: Cursor | null = null; ; ) {
    const { payments, next } = await reads.findPayments(range, after, pageSize);
    const reported = await reads.reportedByServices(payments.map(({ id }) => id));
    yield payments.map((one) => line(Object.values(columns).map((read) => read(one, reported.get(one.id) ?? 0)))).join('');
    if (next === null) return;
    after = next;
  }
}

/**
 * Amounts are decimal numbers of the currency. What a payment service keeps as its fee is not known here. `amount_by_service`: how much of
 * `amount_paid` the payment services have reported; the rest is what people decided and what a shop handed in after a restore.
 */
const columns: Readonly<Record<string, (payment: SummaryRecord, reported: number) => string>> = {
  created: ({ createdAt }) => isoTime(createdAt),
  paid: ({ paidAt }) => (paidAt === null ? '' : isoTime(paidAt)),
  merchant: ({ merchantId }) => merchantId,
  payment: ({ id }) => id,
  reference: ({ id }) => paymentReference(id),
  order: ({ orderId }) => text(orderId),
  label: ({ label }) => text(label),
  test: ({ test }) => (test ? 'yes' : 'no'),
  status: ({ status }) => status,
  method: ({ method }) => method ?? '',
  currency: ({ currency }) => currency,
  amount: ({ amount, currency }) => decimalText(amount, currency),
  discount: ({ discount, currency }) => decimalText(discount, currency),
  due: ({ amount, discount, currency }) => decimalText(amount - discount, currency),
  amount_paid: ({ amountPaid, currency }) => decimalText(amountPaid, currency),
  amount_refunded: ({ amountRefunded, currency }) => decimalText(amountRefunded, currency),
  amount_by_service: ({ currency }, reported) => decimalText(reported, currency),
};

/**
 * What a spreadsheet would take for a formula begins with an apostrophe instead: at the beginning, and after a semicolon, because
 * where the decimal sign is a comma a spreadsheet separates columns by semicolons and takes no heed of our quotes.
 */
const text = (value: string): string => value.replace(/(^|[;\t\r\n]\s*)(?=[=+\-@\t\r＝＋－＠])/g, "$1'");

const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
