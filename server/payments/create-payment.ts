/**
 * Creates the payment of an order, or finds the existing one: an order has at most one payment that is not over. A refunded payment is
 * over, so a merchant's server may have the same order paid again.
 */
import type { CreatePayment, ReturnUrls } from '#contract';
import { hasOtherLivePayment } from './attempts/admission.ts';
import { ProblemError } from './model/errors.ts';
import { hashBearer, newClientSecret, newId } from './model/ids.ts';
import { leavesOrderFree } from './model/payment-state.ts';
import type { Clock, Merchant, MethodPort } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries, Store } from './model/store.ts';
import { dayMs, isoTime } from './model/time.ts';
import { returnUrl } from './return-url.ts';

/** How long a payment may be paid if the merchant names no time. */
const defaultSeconds = 3_600;
const currencies = new Set(Intl.supportedValuesOf('currency'));

export interface CreateDeps {
  store: Store;
  clock: Clock;
  methods: readonly MethodPort[];
}

/**
 * Returns the existing payment if order, customer, amount and currency are the same. Throws `order_conflict` if the amount or
 * currency differs, or the customer: another one must see neither the payment nor the saved cards of the first. Throws
 * `method_unavailable` if no method of this merchant accepts the currency, and `invalid_request` for an unknown currency or a
 * return address that is not allowed.
 * @param link The payment is created by a signed link. `mostInDay`: how many payments of this order a day may have; beyond it throws
 * `too_many_attempts`.
 */
export async function createPayment(
  deps: CreateDeps,
  merchant: Merchant,
  wanted: CreatePayment,
  link?: { mostInDay: number },
): Promise<PaymentRecord> {
  if (!currencies.has(wanted.currency))
    throw new ProblemError('invalid_request', { field: 'currency', detail: 'not an ISO 4217 currency' });
  const returnUrls = safeReturnUrls(merchant, wanted.returnUrls ?? {});
  const methods = offeredMethods(deps, merchant, wanted);
  return deps.store.transaction(async (tx) => {
    const existing = await tx.paymentOfOrder(merchant.id, wanted.orderId);
    // A link is opened by the customer, perhaps long after the refund. Whether the order is to be paid again is the merchant's to say.
    if (existing && (link || !leavesOrderFree(existing))) return requireSame(existing, wanted);
    if (link) await assertNotTooMany(tx, merchant, wanted, link.mostInDay, deps.clock.now());
    const fresh = freshPayment(merchant, { ...wanted, returnUrls }, methods, deps.clock.now());
    const payment = { ...fresh, fromLink: link !== undefined };
    if (!(await tx.insertPayment(payment))) {
      const concurrent = await tx.paymentOfOrder(merchant.id, wanted.orderId);
      if (!concurrent) throw changedMeanwhile();
      return requireSame(concurrent, wanted);
    }
    // A refunded payment was reopened at the same moment, and this one would be the order's second.
    if (existing && (await hasOtherLivePayment(tx, payment))) throw changedMeanwhile();
    const data = { orderId: payment.orderId, amount: payment.amount, currency: payment.currency, version: payment.version };
    const { id: paymentId, createdAt: at } = payment;
    const created = { id: newId('aud'), paymentId, merchantId: merchant.id, type: 'payment.created', data, at };
    await tx.insertAudit(created, { isFirst: true });
    return payment;
  });
}

const changedMeanwhile = () => new ProblemError('busy', { detail: 'this order changed at the same moment' });

async function assertNotTooMany(
  tx: Queries,
  merchant: Merchant,
  { orderId }: CreatePayment,
  mostInDay: number,
  now: number,
): Promise<void> {
  const made = (await tx.paymentsOfOrder(merchant.id, orderId))
    .map(({ createdAt }) => createdAt)
    .filter((at) => at > now - dayMs);
  const blocking = made.at(-mostInDay);
  if (blocking !== undefined) throw new ProblemError('too_many_attempts', { retryAt: isoTime(blocking + dayMs) });
}

/** A page makes a secret whenever it is loaded. Nobody has so many pages of one payment open. */
const secretsOfPayment = 20;

/** Makes one more client secret. The earlier ones stay valid, so that a second tab does not lose its payment; the 21st ends the first. */
export async function addClientSecret(queries: Queries, paymentId: string, now: number): Promise<string> {
  const secret = newClientSecret();
  await queries.insertClientSecret(hashBearer(secret), paymentId, now, secretsOfPayment);
  return secret;
}

function requireSame(existing: PaymentRecord, wanted: CreatePayment): PaymentRecord {
  if (existing.label !== wanted.label)
    throw new ProblemError('order_conflict', { field: 'label', detail: 'this order has a payment of another customer' });
  if (existing.amount === wanted.amount && existing.currency === wanted.currency) return existing;
  throw new ProblemError('order_conflict', {
    field: 'orderId',
    detail: 'this order has a payment of another amount or currency',
  });
}

/**
 * The requested methods, by default all, of which this merchant accepts the currency. Throws `method_unavailable` if there is
 * none.
 */
function offeredMethods(deps: CreateDeps, merchant: Merchant, wanted: CreatePayment): PaymentRecord['methods'] {
  const requested = wanted.methods ?? deps.methods.map((port) => port.method);
  const ports = requested.map((method) => deps.methods.find((port) => port.method === method));
  const offered = ports.filter((port) => port?.offers(merchant.id, wanted.currency)).map((port) => port?.method);
  const methods = [...new Set(offered)].filter((method) => method !== undefined);
  if (methods.length === 0)
    throw new ProblemError('method_unavailable', { detail: `no method of this merchant takes ${wanted.currency}` });
  return methods;
}

/** The return addresses as `returnUrl` spells them. Throws `invalid_request` for one that is not allowed. */
export function safeReturnUrls(merchant: Merchant, wanted: ReturnUrls): ReturnUrls {
  const safe: ReturnUrls = {};
  for (const [name, text] of Object.entries(wanted) as [keyof ReturnUrls, string][]) {
    const url = returnUrl(merchant, text);
    if (url === null)
      throw new ProblemError('invalid_request', { field: `returnUrls.${name}`, detail: 'not an address on an allowed origin' });
    safe[name] = url;
  }
  return safe;
}

function freshPayment(merchant: Merchant, wanted: CreatePayment, methods: PaymentRecord['methods'], now: number): PaymentRecord {
  return {
    id: newId('pay'),
    merchantId: merchant.id,
    orderId: wanted.orderId,
    label: wanted.label,
    description: wanted.description ?? null,
    status: 'open',
    version: 1,
    sequence: 0,
    test: merchant.test,
    amount: wanted.amount,
    discount: 0,
    discountCode: null,
    amountPaid: 0,
    acceptedAmount: null,
    approvalId: null,
    decidedBy: null,
    amountRefunded: 0,
    currency: wanted.currency,
    paidLate: false,
    fromLink: false,
    orderAlreadyPaidBy: null,
    methods,
    walletType: wanted.walletType ?? null,
    locale: wanted.locale ?? null,
    phone: wanted.phone ?? null,
    items: wanted.items ?? null,
    returnUrls: wanted.returnUrls ?? {},
    metadata: wanted.metadata ?? {},
    problem: null,
    fiscalReceipts: null,
    attemptId: null,
    createdAt: now,
    updatedAt: now,
    expiresAt: now + (wanted.expiresIn ?? defaultSeconds) * 1000,
    paidAt: null,
  };
}
