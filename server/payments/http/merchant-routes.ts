/** The routes by which a merchant's server creates, reads, cancels and refunds its payments. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { CreatedPayment, CreatePayment, Empty, Payment, PaymentStatus } from '#contract';
import './idempotency.ts';
import { ProblemError } from '../model/errors.ts';
import type { Clock, Sealer } from '../model/ports.ts';
import type { Store } from '../model/store.ts';
import type { Payments } from '../payments.ts';
import { idempotencyKey, runIdempotent, runIdempotentRequest } from './idempotency.ts';

export interface MerchantRouteDeps {
  store: Store;
  clock: Clock;
  sealer: Sealer;
  payments: Payments;
  /** The address under which the plugin window is served. */
  publicUrl: URL;
}

const PaymentId = z.string().regex(/^\w{1,64}$/);
const Id = z.strictObject({ id: PaymentId });
const List = z.strictObject({
  orderId: z.optional(CreatePayment.shape.orderId),
  status: z.optional(PaymentStatus),
  /** The id of the last payment of the previous page. */
  after: PaymentId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const Page = z.object({ payments: z.array(Payment), hasMore: z.boolean() });
const tags = ['merchant'];
const needsPayments = { scope: 'payments' } as const;
const needsRefunds = { scope: 'refunds' } as const;

/** Enough for a hundred items of a receipt. */
const createBytes = 256 * 1024;

export const merchantRoutes: FastifyPluginAsyncZod<MerchantRouteDeps> = async (app, deps) => {
  const { payments } = deps;

  const create = { summary: 'Create the payment of an order', tags, body: CreatePayment, response: { 201: CreatedPayment } };
  app.post('/v1/payments', { config: needsPayments, schema: create, bodyLimit: createBytes }, async (request, reply) => {
    const key = idempotencyKey(request);
    if (key === null) {
      throw new ProblemError('invalid_request', { status: 400, field: 'Idempotency-Key', detail: 'this header is required' });
    }
    const { merchant, body } = request;
    const use = { scope: `${merchant.id}:create`, key, fingerprints: deps.sealer.fingerprints(JSON.stringify(body)) };
    const id = await runIdempotent(deps, use, () => payments.create(merchant, body));
    const clientSecret = await payments.addClientSecret(id);
    const pluginUrl = new URL('/plugin/', deps.publicUrl);
    pluginUrl.searchParams.set('merchant', merchant.id);
    pluginUrl.hash = clientSecret;
    reply.code(201);
    return { payment: await requirePayment(merchant.id, id), clientSecret, pluginUrl: pluginUrl.href };
  });

  const list = { summary: 'Payments, newest first', tags, querystring: List, response: { 200: Page } };
  app.get('/v1/payments', { config: needsPayments, schema: list }, async ({ merchant, query }) => {
    const { limit, orderId, status, after } = query;
    const filter = { limit: limit + 1, ...(orderId && { orderId }), ...(status && { status }), ...(after && { after }) };
    const found = await payments.list(merchant.id, filter);
    return { payments: found.slice(0, limit), hasMore: found.length > limit };
  });

  const read = { summary: 'One payment, with attempts and evidence', tags, params: Id, response: { 200: Payment } };
  app.get('/v1/payments/:id', { config: needsPayments, schema: read }, ({ merchant, params }) =>
    requirePayment(merchant.id, params.id),
  );

  const cancel = { summary: 'Cancel a payment that nobody is paying', tags, params: Id, response: { 200: Payment } };
  app.post('/v1/payments/:id/cancel', { config: needsPayments, schema: cancel }, async (request) => {
    const { merchant, params } = request;
    const { id } = await requirePayment(merchant.id, params.id);
    await runIdempotentRequest(deps, request, `${id}:merchant-cancel`, id, () => payments.cancel(id));
    return requirePayment(merchant.id, id);
  });

  const refund = { summary: 'Give the whole payment back', tags, params: Id, body: Empty, response: { 200: Payment } };
  app.post('/v1/payments/:id/refund', { config: needsRefunds, schema: refund }, async (request) => {
    const { merchant, params } = request;
    const { id } = await requirePayment(merchant.id, params.id);
    await runIdempotentRequest(deps, request, `${id}:refund`, id, () => payments.refund(id));
    return requirePayment(merchant.id, id);
  });

  /** Throws `not_found` for an unknown payment and for a payment of another merchant. */
  const requirePayment = async (merchantId: string, id: string): Promise<Payment> => {
    const payment = await payments.read(merchantId, id);
    if (!payment) throw new ProblemError('not_found');
    return payment;
  };
};
