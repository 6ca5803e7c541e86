/**
 * The shop's calls of Pay Desk, as a merchant's server makes them: with an API key, an Idempotency-Key, and amounts in minor
 * units.
 */
import type { CreatedPayment, CreatePayment, ProblemDetails, SavedCard } from '#contract';

export interface PaymentApi {
  /** `POST /v1/payments`. @throws PaymentApiError Where the answer is neither 201 nor 200. */
  create(payment: CreatePayment): Promise<CreatedPayment>;
  /** `POST /v1/payments/:id/cancel`. @returns The HTTP status of the answer. */
  cancel(paymentId: string): Promise<number>;
  /** `POST /v1/payments/:id/refund`, the whole amount. @returns The HTTP status of the answer. */
  refund(paymentId: string): Promise<number>;
  /** `POST /v1/payments/:id/fiscal-receipt`, as the shop's cash register does after a sale. @returns The HTTP status of the answer. */
  fiscalReceipt(paymentId: string): Promise<number>;
  /** Removes every card that a customer has saved. */
  removeCards(label: string): Promise<void>;
}

/** The fiscal receipt that a cash register reports. There is no tax office in the demo, so nothing is at its address. */
const fiscalReceipt = {
  kind: 'sale',
  receiptId: 121,
  qrUrl: 'https://ofd.example/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082',
  fiscalSign: '800031554082',
  terminalId: 'EP000000000025',
};

/** Pay Desk answered an error. */
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
  const request = (path: string, init: RequestInit = {}) => {
    const headers = { ...init.headers, authorization: `Bearer ${options.apiKey}` };
    return fetch(new URL(path, options.bffUrl), { ...init, headers, signal: AbortSignal.timeout(15_000) });
  };
  const post = (path: string, key: string, body: unknown) =>
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
  const move = async (paymentId: string, to: 'cancel' | 'refund' | 'fiscal-receipt', body = {}) => {
    const response = await post(`/v1/payments/${encodeURIComponent(paymentId)}/${to}`, `${to}-${paymentId}`, body);
    await response.arrayBuffer();
    return response.status;
  };
  return {
    async create(payment) {
      // The order's number is the key, so that repeated requests create one payment.
      const response = await post('/v1/payments', payment.orderId, payment);
      if (!response.ok) throw new PaymentApiError(response.status, (await response.json()) as ProblemDetails);
      return (await response.json()) as CreatedPayment;
    },
    cancel: (paymentId) => move(paymentId, 'cancel'),
    refund: (paymentId) => move(paymentId, 'refund'),
    fiscalReceipt: (paymentId) => move(paymentId, 'fiscal-receipt', fiscalReceipt),
    async removeCards(label) {
      const path = `/v1/customers/${encodeURIComponent(label)}/cards`;
      const { cards } = (await (await request(path)).json()) as { cards: SavedCard[] };
      for (const { id } of cards) await (await request(`${path}/${id}`, { method: 'DELETE' })).arrayBuffer();
    },
  };
}
