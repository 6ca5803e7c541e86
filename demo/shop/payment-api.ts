/** The shop's server calls Pay Desk, as any merchant's server would: an API key, an Idempotency-Key, integers in minor units. */
import type { CreatedPayment, CreatePayment, ProblemDetails, SavedCard } from '#contract';

export interface PaymentApi {
  /** `POST /v1/payments`. @throws PaymentApiError when the answer is not 201 or 200. */
  create(payment: CreatePayment): Promise<CreatedPayment>;
  /** `POST /v1/payments/:id/cancel`. @returns The HTTP status of the answer. */
  cancel(paymentId: string): Promise<number>;
  /** `POST /v1/payments/:id/refund`: all of it. @returns As `cancel`. */
  refund(paymentId: string): Promise<number>;
  /** Removes every card that a customer has saved. */
  removeCards(label: string): Promise<void>;
}

/** Pay Desk said no. */
export class PaymentApiError extends Error {
  override readonly name = 'PaymentApiError';
  /** HTTP status of the answer. */
  readonly status: number;
  constructor(status: number, problem: ProblemDetails) {
    super(`Pay Desk answered ${status} ${problem.code}: ${problem.detail ?? problem.title}`);
    this.status = status;
  }
}

export function createPaymentApi(options: { bffUrl: string; apiKey: string }): PaymentApi {
  const ask = (path: string, init: RequestInit = {}) => {
    const headers = { ...init.headers, authorization: `Bearer ${options.apiKey}` };
    return fetch(new URL(path, options.bffUrl), { ...init, headers, signal: AbortSignal.timeout(15_000) });
  };
  const post = (path: string, key: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
  const move = async (paymentId: string, to: 'cancel' | 'refund') => {
    const response = await post(`/v1/payments/${encodeURIComponent(paymentId)}/${to}`, `${to}-${paymentId}`, {});
    await response.arrayBuffer();
    return response.status;
  };
  return {
    async create(payment) {
      // The order's number is the key: however often this is sent, the order has one payment.
      const response = await post('/v1/payments', payment.orderId, payment);
      if (!response.ok) throw new PaymentApiError(response.status, (await response.json()) as ProblemDetails);
      return (await response.json()) as CreatedPayment;
    },
    cancel: (paymentId) => move(paymentId, 'cancel'),
    refund: (paymentId) => move(paymentId, 'refund'),
    async removeCards(label) {
      const path = `/v1/customers/${encodeURIComponent(label)}/cards`;
      const { cards } = (await (await ask(path)).json()) as { cards: SavedCard[] };
      for (const { id } of cards) await (await ask(`${path}/${id}`, { method: 'DELETE' })).arrayBuffer();
    },
  };
}
