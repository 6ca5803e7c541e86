/**
 * A receipt at Payme: what we request, whether an answered one is what we requested, what its state proves, and how it is read. Only
 * `receipts.get` proves success: `receipts.check` returns no more than a state. Nothing here spends.
 */
import type { CreatePayment, ProblemCode } from '#contract';
import { maskNumbersIn } from '../../clients/payme/schema.ts';
import type { NewReceipt, Receipt, ReceiptDetail } from '../../clients/payme/types.ts';
import type { Outcome, Telemetry } from '../../payments/model/ports.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs } from '../../payments/model/time.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { type CardSettings, cardCurrency } from './account.ts';
import { callPayme } from './call-payme.ts';

/** The description begins with the attempt's id, by which a lost receipt is found again. Each released version has written it so. */
export function newReceipt(payment: PaymentRecord, attempt: Pick<AttemptRecord, 'id'>, { account }: CardSettings): NewReceipt {
  const detail = receiptDetail(payment);
  const value = { orderId: payment.orderId, label: payment.label, paymentId: payment.id }[account.from];
  return {
    amount: payment.amount - payment.discount,
    account: { [account.field]: value },
    description: `${attempt.id} ${payment.orderId}`,
    ...(detail && { detail }),
  };
}

/** What looks like a card number is masked in a description that was read, so it is masked in what that is compared with, too. */
export const belongsToAttempt = ({ description }: Receipt, { id }: Pick<AttemptRecord, 'id'>): boolean =>
  description.startsWith(maskNumbersIn(id));

/**
 * Whether the answered receipt may be paid: it is for exactly what is due, unpaid, and not of another attempt. A receipt without
 * a description may be ours too.
 */
export const matchesRequest = (
  receipt: Receipt,
  requested: Pick<NewReceipt, 'amount'>,
  attempt: Pick<AttemptRecord, 'id'>,
): boolean =>
  receipt.amount === requested.amount &&
  receipt.currency === cardCurrency.number &&
  receipt.state === 0 &&
  (receipt.description === '' || belongsToAttempt(receipt, attempt));

/** Prices are minor units of UZS, which are tiyin. */
type Item = NonNullable<CreatePayment['items']>[number];

/**
 * What was bought, for Payme's fiscal receipt; undefined if the merchant's server sent no items. A discount is subtracted from
 * the items, because otherwise the receipt would report more to the tax office than was paid.
 */
export function receiptDetail({ items, discount }: Pick<PaymentRecord, 'items' | 'discount'>): ReceiptDetail | undefined {
  if (!items?.length) return undefined;
  // The contract has checked them when the payment was created.
  const bought = items as Item[];
  let priceLeft = bought.reduce((sum, item) => sum + priceOf(item), 0n);
  let discountLeft = BigInt(discount) < priceLeft ? BigInt(discount) : priceLeft;
  return {
    items: bought.map(({ units, ...item }) => {
      // In proportion to its price; the last item takes what rounding has left over.
      const off = priceLeft > 0n ? (discountLeft * priceOf(item)) / priceLeft : 0n;
      priceLeft -= priceOf(item);
      discountLeft -= off;
      return { ...item, ...(units !== undefined && { units }), ...(off > 0n && { discount: Number(off) }) };
    }),
  };
}

/** The price of the whole quantity. The product of two large numbers does not fit into a `number`. */
const priceOf = ({ price, count }: Pick<Item, 'price' | 'count'>): bigint => BigInt(price) * BigInt(count);

/**
 * What the state of a receipt proves about the money. `unpaid`: the receipt is at state 0, which proves nothing while a call to
 * pay it may still arrive. State 50 with a pay time: the money was taken and given back. State 50 without one: nothing was taken.
 * @param problem Why a receipt was cancelled unpaid, if that is known.
 */
export function interpretReceipt(
  receipt: Receipt,
  upstream: string,
  problem: ProblemCode = 'provider_unavailable',
): Outcome | 'unpaid' {
  const { id, state, amount, currency, payTime } = receipt;
  switch (state) {
    case 4: {
      const money = { upstream, upstreamId: id, amount };
      return currency === cardCurrency.number
        ? { kind: 'paid', evidence: { ...money, currency: cardCurrency.code } }
        : { kind: 'needs_review', why: 'paid in another currency', evidence: { ...money, currency: currencyName(currency) } };
    }
    case 5:
      return { kind: 'needs_review', why: 'the money is held, which was never asked for' };
    case 50:
      return { kind: 'declined', decline: { code: payTime > 0 ? 'payment_reversed' : problem } };
    default:
      return interpretReceiptState(state);
  }
}

/** As `interpretReceipt`, for a receipt that is neither paid nor frozen nor cancelled: its state says enough. */
export function interpretReceiptState(state: number): Outcome | 'unpaid' {
  if (state === 0) return 'unpaid';
  // Payme's support is looking at it.
  if (state === 20) return { kind: 'waiting', reason: 'review' };
  // 1, 2, 3, 6, 30: in progress. 21: being cancelled, which ends at 50. Any other number: we do not know what it means.
  return { kind: 'unknown' };
}

/** The currency of a receipt as an operator reads it: Payme's number of it, or `XXX`, the code of ISO 4217 for no currency. */
export const currencyName = (currency: number | null): string => (currency === null ? 'XXX' : `#${currency}`);

export interface ReceiptReader {
  deps: { observer: Telemetry };
  account: Pick<CardAccount, 'client' | 'upstream'>;
}

/**
 * The outcome of an attempt, read from its receipt.
 * @param whenUnpaid What to do if the receipt is at state 0; null if state 0 proves nothing yet.
 */
export async function fetchReceipt(
  { deps, account }: ReceiptReader,
  id: string,
  whenUnpaid: (() => Promise<Outcome>) | null,
): Promise<Outcome> {
  const answer = await callPayme(deps.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (answer.kind !== 'ok') return { kind: 'unknown' };
  const outcome = interpretReceipt(answer.result, account.upstream);
  if (outcome !== 'unpaid') return outcome;
  return whenUnpaid ? whenUnpaid() : { kind: 'unknown' };
}

/** `over`: the receipt is in an end state, so the whole of it was read. Otherwise its state is enough. */
type ReceiptPoll = { over: false; state: number } | { over: true; receipt: Receipt };

/** Paid, frozen, cancelled. */
const endStates: ReadonlySet<number> = new Set([4, 5, 50]);

/**
 * The state of a receipt; null if Payme could not be reached. It calls the cheap `receipts.check` first, and `receipts.get` only
 * for a state that decides something: `receipts.check` does not even return which receipt it speaks of.
 */
export async function pollReceipt({ deps, account }: ReceiptReader, id: string): Promise<ReceiptPoll | null> {
  const checked = await callPayme(deps.observer, 'receipts.check', () => account.client.receiptsCheck({ id }));
  if (checked.kind !== 'ok') return null;
  const { state } = checked.result;
  if (!endStates.has(state)) return { over: false, state };
  const read = await callPayme(deps.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (read.kind !== 'ok') return null;
  return endStates.has(read.result.state) ? { over: true, receipt: read.result } : { over: false, state: read.result.state };
}

const pageSize = 50;
/** A cashbox with more receipts than this since the call needs a person's eyes anyway. */
const mostPages = 10;

/**
 * All receipts of an attempt whose `receipts.create` got no answer; null if Payme could not be reached. We do not know whether
 * Payme includes the ends of a range, so the range is one day longer at either end. Payme lists the newest first.
 * @param since When the intent of the call was recorded, in milliseconds since 1970.
 */
export async function findReceipts(
  { observer, clock }: Pick<CardDeps, 'observer' | 'clock'>,
  { client }: CardAccount,
  attempt: Pick<AttemptRecord, 'id'>,
  since: number,
): Promise<Receipt[] | null> {
  const range = { from: since - dayMs, to: clock.now() + dayMs, count: pageSize };
  const found: Receipt[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...range, offset: page * pageSize };
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll(query));
    if (answer.kind !== 'ok') return null;
    const { receipts, unreadable } = answer.result;
    found.push(...receipts.filter((receipt) => belongsToAttempt(receipt, attempt)));
    if (found.length > 0 || receipts.length + unreadable < pageSize) break;
  }
  return found;
}
