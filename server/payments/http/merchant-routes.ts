/** The routes by which a merchant's server creates, reads, changes and cancels its payments. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { ChangePayment, CreatedPayment, CreatePayment, Payment, PaymentStatus } from '#contract';
import './idempotency.ts';
import { ProblemError } from '../model/errors.ts';
import { idBeginning } from '../model/ids.ts';
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
const anId = 'pay_7q4k19tz3m8c5x0v2b6n1d4fga';
const Id = z.strictObject({ id: PaymentId.meta({ description: 'The id of the payment, `pay_…`.', examples: [anId] }) });
const about = (description: string, example: unknown) => ({ description, examples: [example] });
/** ISO 8601 with a time zone. */
const moment = (description: string, example: string) =>
  z.iso
    .datetime({ offset: true })
    .meta(about(description, example))
    .transform((text) => Date.parse(text))
    .optional();
const List = z
  .strictObject({
    reference: z
      .string()
      .max(40)
      .optional()
      .meta(about('Only the payment with this reference, as a customer reads it out.', 'PD-7Q4K-19TZ')),
    orderId: z.optional(CreatePayment.shape.orderId).meta(about('Only payments of this order.', '10482')),
    label: z.optional(CreatePayment.shape.label).meta(about('Only payments of this customer.', 'customer-7')),
    status: z.optional(PaymentStatus).meta(about('Only payments with this status.', 'needs_review')),
    // As text, because `25.00` would be read as the number 25 and then as 0.25.
    amount: z
      .string()
      .regex(/^[1-9]\d{0,12}$/)
      .meta(about('Only payments of this amount, in minor units of their currency: `2500` for 25.00.', '2500'))
      .transform(Number)
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .meta(about('Only payments in this currency.', 'PLN')),
    createdFrom: moment(
      'Only payments that were created at this moment or later, ISO 8601 with a time zone.',
      '2027-03-01T00:00:00Z',
    ),
    createdTo: moment('Only payments that were created before this moment, ISO 8601 with a time zone.', '2027-03-02T00:00:00Z'),
    after: PaymentId.optional().meta(about('The id of the last payment of the page before: the answer goes on behind it.', anId)),
    before: PaymentId.optional().meta(
      about('To go back: the id of the first payment of the page that follows. Not together with `after`.', anId),
    ),
    limit: z.coerce.number().int().min(1).max(100).default(20).meta(about('How many at most, 1 to 100; 20 by default.', 20)),
  })
  .refine(({ after, before }) => after === undefined || before === undefined, { path: ['before'] });
const Page = z.object({
  payments: z.array(Payment).meta({ description: 'Newest first.' }),
  hasMore: z.boolean().meta(about('Whether there are more in the direction that was read.', false)),
});
const tags = ['merchant'];
const needsPayments = { scope: 'payments' } as const;

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
    const { limit, reference, ...filter } = query;
    const beginning = reference === undefined ? undefined : idBeginning(reference);
    if (beginning === null) return { payments: [], hasMore: false };
    const found = await payments.list(merchant.id, { ...filter, idBeginning: beginning, limit: limit + 1 });
    const hasMore = found.length > limit;
    // One more was read to know whether there are more: going back, it is the first one.
    return { payments: query.before === undefined ? found.slice(0, limit) : found.slice(-limit), hasMore };
  });

  const read = { summary: 'One payment, with attempts and evidence', tags, params: Id, response: { 200: Payment } };
  app.get('/v1/payments/:id', { config: needsPayments, schema: read }, ({ merchant, params }) =>
    requirePayment(merchant.id, params.id),
  );

  const change = {
    summary: 'Change a payment that nobody is paying',
    tags,
    params: Id,
    body: ChangePayment,
    response: { 200: Payment },
  };
  app.patch('/v1/payments/:id', { config: needsPayments, schema: change, bodyLimit: createBytes }, async (request) => {
    const { merchant, params, body } = request;
    const { id } = await requirePayment(merchant.id, params.id);
    await runIdempotentRequest(deps, request, `${id}:change`, id, () =>
      payments.change(merchant, id, body).catch(async (cause: unknown) => {
        // Whoever cannot change it sees at once what it is now.
        if (!(cause instanceof ProblemError) || cause.code === 'invalid_request') throw cause;
        throw new ProblemError(cause.code, { ...cause.extras, payment: await requirePayment(merchant.id, id) });
      }),
    );
    return requirePayment(merchant.id, id);
  });

  const cancel = { summary: 'Cancel a payment that nobody is paying', tags, params: Id, response: { 200: Payment } };
  app.post('/v1/payments/:id/cancel', { config: needsPayments, schema: cancel }, async (request) => {
    const { merchant, params } = request;
    const { id } = await requirePayment(merchant.id, params.id);
    await runIdempotentRequest(deps, request, `${id}:merchant-cancel`, id, () => payments.cancel(id));
    return requirePayment(merchant.id, id);
  });

  /** Throws `not_found` for an unknown payment and for a payment of another merchant. */
  const requirePayment = async (merchantId: string, id: string): Promise<Payment> => {
    const payment = await payments.read(merchantId, id);
    if (!payment) throw new ProblemError('not_found');
    return payment;
  };
};
