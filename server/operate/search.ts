/**
 * Understands what an operator types into the one search field: what a customer reads out, what a shop knows, what a payment service
 * calls it. A text may mean several things; they are tried in an order, and the first that finds anything counts.
 */
import { isDeepStrictEqual } from 'node:util';
import { asciiDigits, minorUnitDigits, paymentReference } from '#contract';
import type { PaymentPage, PaymentSummary } from '#contract/operate';
import { idBeginning } from '../payments/model/ids.ts';
import type { OperatorReads, PaymentFilter, SearchTerm, SummaryRecord } from '../payments/model/operator-reads.ts';
import { dayMs, isoTime } from '../payments/model/time.ts';
import { type ReadCursor, writeCursor } from './cursor.ts';
import { minorUnits } from './words.ts';

/** One thing that a search text may mean. */
interface Meaning {
  understoodAs: string;
  filter: Pick<PaymentFilter, 'term' | 'currency' | 'from' | 'before'>;
}

export async function searchPayments(
  reads: OperatorReads,
  text: string,
  filter: Omit<PaymentFilter, 'term'>,
  after: ReadCursor | undefined,
  limit: number,
): Promise<PaymentPage> {
  const meanings: (Meaning | null)[] = text === '' ? [null] : understand(text);
  for (const [way, meaning] of meanings.entries()) {
    if (after && after.way !== way) continue;
    const wanted = { ...filter, ...meaning?.filter };
    const { payments, next } = await reads.findPayments(wanted, after ?? null, limit);
    if (payments.length === 0 && next === null && !after && way < meanings.length - 1) continue;
    return {
      payments: payments.map(summary),
      next: next && writeCursor(next, way),
      understoodAs: payments.length > 0 || meanings.length === 1 ? (meaning?.understoodAs ?? null) : null,
    };
  }
  return { payments: [], next: null, understoodAs: null };
}

/** What the text may mean, the surest first. Exported for its tests. */
export function understand(text: string): Meaning[] {
  const written = text.trim();
  const typed = simplified(written);
  const [, name = '', rest = ''] = /^([a-z]+)[:：]\s*(.+)$/is.exec(written) ?? [];
  const named = byName[name.toLowerCase()];
  if (named) return named(rest);
  return [
    ...ids(typed),
    ...(/^PD/i.test(typed) ? reference(typed, 4) : []),
    ...order(written),
    ...label(written),
    ...upstream(written),
    ...day(typed),
    ...(/[.,]\d|[a-z]{3}$|^[a-z]{3}/i.test(typed) ? amount(typed) : []),
    ...reference(typed, 8),
    ...end(typed),
    ...number(typed),
    ...phone(typed),
    ...amount(typed),
  ].filter(({ filter }, at, all) => all.findIndex((other) => isDeepStrictEqual(other.filter, filter)) === at);
}

/** Digits and letters of every kind as the ones of ASCII, so that `１２` and `၁၂` are 12. */
const simplified = (text: string): string => asciiDigits(text.normalize('NFKC')).trim();

type Reader = (text: string) => Meaning[];

const meaning = (understoodAs: string, term: SearchTerm): Meaning => ({ understoodAs, filter: { term } });

const ids: Reader = (text) => {
  const id = text.toLowerCase();
  if (/^pay_[0-9a-z]{26}$/.test(id)) return [meaning('payment id', { by: 'id', text: id })];
  return /^att_[0-9a-z]{26}$/.test(id) ? [meaning('attempt id', { by: 'attempt', text: id })] : [];
};
/** What others have named is stored as they wrote it, e.g. `№ 7`, which simplified is `No 7`. */
const asWritten =
  (understoodAs: string, by: 'order' | 'label' | 'upstreamId'): Reader =>
  (text) =>
    [...new Set([text, simplified(text)])].map((one) => meaning(understoodAs, { by, text: one }));
const order = asWritten('order', 'order');
const label = asWritten('label', 'label');
const upstream = asWritten('receipt or transaction of a payment service', 'upstreamId');

const plain = (text: string): string => text.replace(/[^0-9a-z]/gi, '').toUpperCase();

/** @param least So many of its eight characters are enough. */
function reference(text: string, least: number): Meaning[] {
  const start = idBeginning(text, least);
  return start === null ? [] : [meaning('reference', { by: 'idPrefix', text: start })];
}

const isNumberLike = (text: string): boolean => /^[\s0-9a-z*•·.-]+$/i.test(text) && /\d/.test(text);
/** What is stored of a card, a code or a number: its last characters, at most four. */
const end: Reader = (text) => {
  const last = plain(text);
  if (!isNumberLike(text) || last.length < 2 || last.length > 4) return [];
  return [meaning('end of a card, code or number', { by: 'tail', text: last })];
};
const number: Reader = (text) =>
  isNumberLike(text) && plain(text).length >= 4
    ? [meaning('transaction number, or the end of one', { by: 'numberEnd', text: backwards(plain(text)) })]
    : [];
const phone: Reader = (text) => {
  const digits = plain(text);
  if (!/^\+?[\s0-9().*-]+$/.test(text) || digits.length < 4 || digits.length > 15) return [];
  return [meaning('phone, or the end of one', { by: 'phoneEnd', text: backwards(digits) })];
};

const backwards = (text: string): string => [...text].reverse().join('');

const amount: Reader = (text) => {
  const [, before = '', number = '', after = ''] = /^([a-z]{3})?\s*(\d{1,13}(?:[.,]\d{1,4})?)\s*([a-z]{3})?$/i.exec(text) ?? [];
  if (number === '' || (before !== '' && after !== '')) return [];
  const decimal = number.replace(',', '.');
  const currency = (before || after).toUpperCase();
  const digits = currency ? [minorUnitDigits(currency)] : [0, 2, 3, 4];
  const byDigits = Object.fromEntries(digits.flatMap((n) => entry(n, minorUnits(decimal, n))));
  if (Object.keys(byDigits).length === 0) return [];
  return [{ understoodAs: 'amount', filter: { term: { by: 'amount', byDigits }, ...(currency && { currency }) } }];
};
const entry = (digits: number, minor: number | null): [number, number][] => (minor === null ? [] : [[digits, minor]]);

const day: Reader = (text) => {
  const [, d, m, y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const iso = y === undefined ? text : `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`;
  const from = dayStart(iso);
  return from === null ? [] : [{ understoodAs: 'day', filter: { from, before: from + dayMs } }];
};

/** The first moment of a day `2026-11-29`, UTC; null if there is no such day. */
export function dayStart(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) || !isoTime(at).startsWith(text) ? null : at;
}

/** The search can be told what it looks for. */
const byName: Readonly<Record<string, Reader>> = {
  id: (text) => ids(simplified(text)),
  reference: (text) => reference(simplified(text), 4),
  order,
  label,
  receipt: upstream,
  number: (text) => number(simplified(text)),
  card: (text) => end(simplified(text)),
  code: (text) => end(simplified(text)),
  phone: (text) => phone(simplified(text)),
  amount: (text) => amount(simplified(text)),
  day: (text) => day(simplified(text)),
};

const summary = ({ discount, createdAt, updatedAt, paidAt: _, ...payment }: SummaryRecord): PaymentSummary => ({
  ...payment,
  reference: paymentReference(payment.id),
  due: payment.amount - discount,
  createdAt: isoTime(createdAt),
  updatedAt: isoTime(updatedAt),
});
