/** Makes the payment of an order, or finds it: one order has at most one payment that is not over. */
import type { CreatePayment, ReturnUrls } from '#contract';
import { hashBearer, newClientSecret, newId } from './model/ids.ts';
import type { Clock, Merchant, MethodPort } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries, Store } from './model/store.ts';
import { returnUrl } from './return-url.ts';

const hour = 3_600;
const currencies = new Set(Intl.supportedValuesOf('currency'));

export interface CreateDeps {
  store: Store;
  clock: Clock;
  methods: readonly MethodPort[];
}

/**
 * Same order, same customer and same money: the same payment. Other money, or another customer, who must see neither the first one's
 * payment nor their saved cards: `order_conflict`. No method of this merchant fits the currency:
 * `method_unavailable`.
 */
export async function createPayment(parts: CreateDeps, merchant: Merchant, wanted: CreatePayment): Promise<PaymentRecord> {
  if (!currencies.has(wanted.currency))
    throw new ProblemError('invalid_request', { field: 'currency', detail: 'not an ISO 4217 currency' });
  const returnUrls = safeReturnUrls(merchant, wanted.returnUrls ?? {});
  const methods = offeredMethods(parts, merchant, wanted);
  return parts.store.transaction(async (tx) => {
    const standing = await tx.paymentOfOrder(merchant.id, wanted.orderId);
    if (standing) return thatOne(standing, wanted);
    const payment = freshPayment(merchant, { ...wanted, returnUrls }, methods, parts.clock.now());
    if (!(await tx.insertPayment(payment))) {
      const faster = await tx.paymentOfOrder(merchant.id, wanted.orderId);
      if (!faster) throw new ProblemError('busy', { detail: 'this order changed at the same moment' });
      return thatOne(faster, wanted);
    }
    const data = { orderId: payment.orderId, amount: payment.amount, currency: payment.currency, version: payment.version };
    await tx.insertAudit({
      id: newId('aud'),
      paymentId: payment.id,
      merchantId: merchant.id,
      type: 'payment.created',
      data,
      at: payment.createdAt,
    });
    return payment;
  });
}

/** One more client secret; none is ever taken back, so a second tab does not lose its payment. */
export async function addClientSecret(queries: Queries, paymentId: string, now: number): Promise<string> {
  const secret = newClientSecret();
  await queries.insertClientSecret(hashBearer(secret), paymentId, now);
  return secret;
}

function thatOne(standing: PaymentRecord, wanted: CreatePayment): PaymentRecord {
  if (standing.label !== wanted.label)
    throw new ProblemError('order_conflict', { field: 'label', detail: 'this order has a payment of another customer' });
  if (standing.amount === wanted.amount && standing.currency === wanted.currency) return standing;
  throw new ProblemError('order_conflict', {
    field: 'orderId',
    detail: 'this order has a payment of another amount or currency',
  });
}

function offeredMethods(parts: CreateDeps, merchant: Merchant, wanted: CreatePayment): PaymentRecord['methods'] {
  const asked = wanted.methods ?? parts.methods.map((port) => port.method);
  const ports = asked.map((method) => parts.methods.find((port) => port.method === method));
  const offered = ports.filter((port) => port?.offers(merchant.id, wanted.currency)).map((port) => port?.method);
  const methods = [...new Set(offered)].filter((method) => method !== undefined);
  if (methods.length === 0)
    throw new ProblemError('method_unavailable', { detail: `no method of this merchant takes ${wanted.currency}` });
  return methods;
}

/** A return address leads only where the merchant is at home. */
function safeReturnUrls(merchant: Merchant, wanted: ReturnUrls): ReturnUrls {
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
    currency: wanted.currency,
    late: false,
    orderAlreadyPaidBy: null,
    methods,
    walletType: wanted.walletType ?? null,
    locale: wanted.locale ?? null,
    phone: wanted.phone ?? null,
    items: wanted.items ?? null,
    returnUrls: wanted.returnUrls ?? {},
    metadata: wanted.metadata ?? {},
    problem: null,
    attemptId: null,
    createdAt: now,
    updatedAt: now,
    expiresAt: now + (wanted.expiresIn ?? hour) * 1000,
    paidAt: null,
  };
}
