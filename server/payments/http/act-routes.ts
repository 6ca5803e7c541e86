/** The routes by which a merchant's server decides about its payments: what an operator can do, the merchant's server can do too. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { Empty, type Payment } from '#contract';
import {
  AcceptPayment,
  type Approval,
  DecidedPayment,
  DisposeEvidence,
  RefundPayment,
  ReopenPayment,
  ResolvePayment,
} from '#contract/operate';
import './idempotency.ts';
import type { Acts } from '../acts.ts';
import { ProblemError } from '../model/errors.ts';
import type { Actor, ApprovalRecord } from '../model/operator-records.ts';
import { isoTime } from '../model/time.ts';
import { idempotencyKey, runIdempotentRequest } from './idempotency.ts';
import type { MerchantRouteDeps } from './merchant-routes.ts';

export interface ActRouteDeps extends MerchantRouteDeps {
  acts: Acts;
}

const Id = z.strictObject({
  id: z
    .string()
    .regex(/^\w{1,64}$/)
    .meta({ description: 'The id of the payment, `pay_…`.', examples: ['pay_7q4k19tz3m8c5x0v2b6n1d4fga'] }),
});
const decides = { config: { scope: 'resolve' } as const };
const asks = { config: { scope: 'payments' } as const };
const refunds = { config: { scope: 'refunds' } as const };
const common = { tags: ['merchant'], params: Id, response: { 200: DecidedPayment, 202: DecidedPayment } };

/** In one sentence what a second person confirms. */
export const approvalView = (approval: ApprovalRecord): Approval => ({
  id: approval.id,
  paymentId: approval.paymentId,
  act: approval.act,
  summary: `${approval.act} this payment, as requested by ${approval.requestedBy}`,
  amount: approval.amount,
  currency: approval.currency,
  status: approval.status,
  requestedBy: approval.requestedBy,
  requestedAt: isoTime(approval.requestedAt),
  note: approval.note,
  decidedBy: approval.decidedBy,
  decidedAt: approval.decidedAt === null ? null : isoTime(approval.decidedAt),
});

export const actRoutes: FastifyPluginAsyncZod<ActRouteDeps> = async (app, deps) => {
  const { acts, payments } = deps;

  /** Throws `not_found` for an unknown payment and for a payment of another merchant. */
  const read = async (merchantId: string, id: string): Promise<Payment> => {
    const payment = await payments.read(merchantId, id);
    if (!payment) throw new ProblemError('not_found');
    return payment;
  };

  const perform = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    route: string,
    work: (id: string, by: Actor) => Promise<ApprovalRecord | null>,
  ): Promise<DecidedPayment> => {
    const { merchant, params } = request;
    const { id } = await read(merchant.id, params.id);
    const by = `merchant:${merchant.id}` as const;
    let approval: ApprovalRecord | null = null;
    let isRepeated = true;
    await runIdempotentRequest(deps, request, `${id}:${route}`, id, async () => {
      isRepeated = false;
      approval = await work(id, by);
    });
    // A repetition gets the same answer as long as the act waits for a second person.
    if (isRepeated) approval = await waitingFor(id, route, by);
    const payment = await read(merchant.id, id);
    if (approval === null) return payment;
    reply.code(202);
    return { ...payment, approval: approvalView(approval) };
  };

  const waitingFor = async (id: string, route: string, by: Actor): Promise<ApprovalRecord | null> => {
    const approvals = await deps.store.approvals(id);
    return approvals.findLast((one) => one.act === route && one.requestedBy === by && one.status === 'pending') ?? null;
  };

  const resolve = { ...common, summary: 'Say what became of the money of an attempt', body: ResolvePayment };
  app.post('/v1/payments/:id/resolve', { ...decides, schema: resolve }, (request, reply) =>
    perform(request, reply, 'resolve', (id, by) => acts.resolve(id, request.body, by)),
  );
  const accept = { ...common, summary: 'Accept too little money as enough', body: AcceptPayment };
  app.post('/v1/payments/:id/accept', { ...decides, schema: accept }, (request, reply) =>
    perform(request, reply, 'accept', (id, by) => acts.accept(id, request.body, by)),
  );
  const reopen = { ...common, summary: 'Take back what was decided', body: ReopenPayment };
  app.post('/v1/payments/:id/reopen', { ...decides, schema: reopen }, (request, reply) =>
    perform(request, reply, 'reopen', (id, by) => acts.reopen(id, request.body, by)),
  );
  const dispose = { ...common, summary: 'Say what becomes of money that is not counted', body: DisposeEvidence };
  app.post('/v1/payments/:id/dispose', { ...decides, schema: dispose }, (request, reply) =>
    perform(request, reply, 'dispose', (id, by) => acts.dispose(id, request.body, by)),
  );
  const recheck = { ...common, summary: 'Ask the payment services now what became of it', body: Empty };
  app.post('/v1/payments/:id/recheck', { ...asks, schema: recheck }, (request, reply) =>
    perform(request, reply, 'recheck', async (id) => {
      await acts.recheck(id);
      return null;
    }),
  );
  const refund = { ...common, summary: 'Give the whole payment back, or record money returned by hand', body: RefundPayment };
  app.post('/v1/payments/:id/refund', { ...refunds, schema: refund }, (request, reply) =>
    perform(request, reply, 'refund', (id, by) => acts.refund(id, request.body, by, idempotencyKey(request))),
  );
};
