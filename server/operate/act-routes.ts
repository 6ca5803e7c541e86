/**
 * What operators do about a payment, an act that waits for a second person, a flag, and a reported transfer of no payment. The rules
 * are in `payments/acts.ts`; here are the requests, and who may send them.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { Empty, type Payment } from '#contract';
import {
  AcceptPayment,
  ActResult,
  DisposeEvidence,
  MatchPostback,
  PostbackItem,
  RecoverPayment,
  RefundPayment,
  ReopenPayment,
  ResolvePayment,
  WithNote,
} from '#contract/operate';
import type { Acts } from '../payments/acts.ts';
import { idempotencyKey, runIdempotentRequest } from '../payments/http/idempotency.ts';
import type { Operator } from '../payments/model/access-keys.ts';
import { ProblemError } from '../payments/model/errors.ts';
import type { Actor, ApprovalRecord, PostbackItemRecord } from '../payments/model/operator-records.ts';
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import type { Recoverer } from '../payments/recovered-owner.ts';
import { operatorName, requireVisible, type SignedIn } from './authenticate.ts';
import { type DetailDeps, findPayment, operatorApproval } from './payment-detail.ts';
import { PaymentKey, postbackView } from './read-routes.ts';

/** Who decides about a reported transfer, and for which merchants they may; null for all. */
interface Decider {
  by: Actor;
  merchants: readonly string[] | null;
}

export interface OperatorActDeps extends DetailDeps {
  store: Store;
  clock: Clock;
  sealer: Sealer;
  acts: Acts;
  /** The ids of all merchants of this moment. */
  merchantIds(): readonly string[];
  /** Enters a payment again that a restored backup does not know. */
  recover(wanted: RecoverPayment, who: Recoverer): Promise<void>;
  postbacks: {
    /** The id of the payment that the transfer pays from now on. */
    match(itemId: string, wanted: MatchPostback & Decider): Promise<string>;
    dismiss(itemId: string, wanted: WithNote & Decider): Promise<PostbackItemRecord>;
    sharers(merchantId: string): readonly string[];
  };
}

const Id = z.strictObject({ id: z.string().regex(/^\w{1,64}$/) });
const decides = { config: { operatorScope: 'resolve' } as const };
const refunds = { config: { operatorScope: 'refund' } as const };
const actsOnly = { config: { operatorScope: 'act' } as const };
const result = { response: { 200: ActResult, 202: ActResult } };
const onPayment = { params: PaymentKey, ...result };

export const operatorActRoutes: FastifyPluginAsyncZod<OperatorActDeps> = async (app, deps) => {
  const { store, acts, payments, postbacks } = deps;

  const readPayment = async (id: string): Promise<{ merchantId: string; payment: Payment }> => {
    const record = await store.payment(id);
    const payment = record && (await payments.read(record.merchantId, id));
    if (!record || !payment) throw new ProblemError('not_found');
    return { merchantId: record.merchantId, payment };
  };

  const perform = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    route: ApprovalRecord['act'] | 'recheck',
    work: (id: string, by: Actor) => Promise<ApprovalRecord | null>,
  ): Promise<ActResult> => {
    const found = await findPayment(deps, request.params.id);
    if (!found) throw new ProblemError('not_found');
    requireVisible(request.operator, found.merchantId);
    const by = operatorName(request.operator);
    let approval: ApprovalRecord | null = null;
    let isRepeated = true;
    await runIdempotentRequest(deps, request, `${found.id}:${by}:${route}`, found.id, async () => {
      isRepeated = false;
      approval = await work(found.id, by).catch((cause: unknown) => explain(cause, found.id));
    });
    if (isRepeated) approval = await stillPending(found.id, route, by);
    const { payment } = await readPayment(found.id);
    if (approval === null) return { payment };
    reply.code(202);
    return { payment, approval: operatorApproval(approval) };
  };

  /** Whoever decided about a payment that had changed sees at once what it is now. */
  const explain = async (cause: unknown, id: string): Promise<never> => {
    if (!(cause instanceof ProblemError) || cause.code !== 'version_conflict') throw cause;
    throw new ProblemError(cause.code, { ...cause.extras, payment: (await readPayment(id)).payment });
  };

  /** What a repeated request had led to, if a second person has not decided about it yet. */
  const stillPending = async (id: string, act: string, by: Actor): Promise<ApprovalRecord | null> =>
    (await store.approvals(id)).findLast((one) => one.act === act && one.requestedBy === by && one.status === 'pending') ?? null;

  const resolve = { ...onPayment, summary: 'Say what became of the money of an attempt', body: ResolvePayment };
  app.post('/operate/payments/:id/resolve', { ...decides, schema: resolve }, (request, reply) =>
    perform(request, reply, 'resolve', (id, by) => acts.resolve(id, request.body, by)),
  );
  const accept = { ...onPayment, summary: 'Accept too little money as enough', body: AcceptPayment };
  app.post('/operate/payments/:id/accept', { ...decides, schema: accept }, (request, reply) =>
    perform(request, reply, 'accept', (id, by) => acts.accept(id, request.body, by)),
  );
  const reopen = { ...onPayment, summary: 'Take back what was decided', body: ReopenPayment };
  app.post('/operate/payments/:id/reopen', { ...decides, schema: reopen }, (request, reply) =>
    perform(request, reply, 'reopen', (id, by) => acts.reopen(id, request.body, by)),
  );
  const dispose = { ...onPayment, summary: 'Say what becomes of money that is not counted', body: DisposeEvidence };
  app.post('/operate/payments/:id/dispose', { ...decides, schema: dispose }, async (request, reply) => {
    await requireOwnTarget(request.operator, request.body.toPaymentId);
    return perform(request, reply, 'dispose', (id, by) => acts.dispose(id, request.body, by));
  });
  const refund = { ...onPayment, summary: 'Give the money back, or record money returned by hand', body: RefundPayment };
  app.post('/operate/payments/:id/refund', { ...refunds, schema: refund }, (request, reply) =>
    perform(request, reply, 'refund', (id, by) => acts.refund(id, request.body, by, idempotencyKey(request))),
  );
  const recheck = { ...onPayment, summary: 'Ask the payment service now', body: Empty };
  app.post('/operate/payments/:id/recheck', { ...actsOnly, schema: recheck }, (request, reply) =>
    perform(request, reply, 'recheck', async (id) => {
      await acts.recheck(id);
      return null;
    }),
  );

  const recover = {
    summary: 'Enter a payment again that a restored backup does not know, as the shop has it',
    body: RecoverPayment,
    response: { 200: ActResult },
  };
  app.post('/operate/payments/recover', { ...decides, schema: recover }, async (request) => {
    const { operator, body } = request;
    const { merchantId, payment } = body;
    if (!deps.merchantIds().includes(merchantId)) throw new ProblemError('not_found', { field: 'merchantId' });
    requireVisible(operator, merchantId);
    const by = operatorName(operator);
    const { merchants } = operator;
    const actsForAll = !merchants || deps.merchantIds().every((id) => merchants.includes(id));
    const work = () => deps.recover(body, { by, actsForAll });
    await runIdempotentRequest(deps, request, `${payment.id}:${by}:recover`, payment.id, work);
    return { payment: (await readPayment(payment.id)).payment };
  });

  const requireOwnTarget = async (operator: Operator, paymentId: string | undefined): Promise<void> => {
    const target = paymentId === undefined ? null : await store.payment(paymentId);
    if (target) requireVisible(operator, target.merchantId);
  };

  const decide = async (request: FastifyRequest<{ Params: { id: string }; Body: WithNote }>, how: 'confirm' | 'reject') => {
    const { operator, params, body } = request;
    const approval = await store.approval(params.id);
    if (!approval) throw new ProblemError('not_found');
    requireVisible(operator, approval.merchantId);
    const needed = approval.act === 'refund' ? 'refund' : 'resolve';
    if (!operator.scopes.includes(needed))
      throw new ProblemError('forbidden', { detail: `this operator lacks the scope ${needed}` });
    const by = operatorName(operator);
    await runIdempotentRequest(deps, request, `${approval.id}:${by}:${how}`, approval.paymentId, async () => {
      await acts[how](approval.id, body.note, by).catch((cause: unknown) => explain(cause, approval.paymentId));
    });
    const decided = (await store.approval(approval.id)) ?? approval;
    return { payment: (await readPayment(approval.paymentId)).payment, approval: operatorApproval(decided) };
  };
  const confirm = {
    summary: 'Confirm what another person has requested',
    params: Id,
    body: WithNote,
    response: { 200: ActResult },
  };
  app.post('/operate/approvals/:id/confirm', { ...actsOnly, schema: confirm }, (request) => decide(request, 'confirm'));
  const reject = {
    summary: 'Reject what another person has requested',
    params: Id,
    body: WithNote,
    response: { 200: ActResult },
  };
  app.post('/operate/approvals/:id/reject', { ...actsOnly, schema: reject }, (request) => decide(request, 'reject'));

  const close = { summary: 'Close a flag: it was looked at', params: Id, body: WithNote, response: { 200: z.object({}) } };
  app.post('/operate/flags/:id/close', { ...actsOnly, schema: close }, async ({ operator, params, body }) => {
    const flag = await store.flag(params.id);
    if (!flag) throw new ProblemError('not_found');
    requireVisible(operator, flag.merchantId);
    await acts.closeFlag(flag.id, body.note, operatorName(operator));
    return {};
  });

  const deciderOf = (operator: SignedIn): Decider => ({ by: operatorName(operator), merchants: operator.merchants ?? null });
  const match = {
    summary: 'Say which payment a reported transfer pays',
    params: Id,
    body: MatchPostback,
    response: { 200: ActResult },
  };
  app.post('/operate/postbacks/:id/match', { ...decides, schema: match }, async (request) => {
    const { operator, params, body } = request;
    const decider = deciderOf(operator);
    await runIdempotentRequest(deps, request, `${params.id}:${decider.by}:match`, body.paymentId, async () => {
      await postbacks.match(params.id, { ...body, ...decider });
    });
    const { merchantId, payment } = await readPayment(body.paymentId);
    requireVisible(operator, merchantId);
    return { payment };
  });
  const dismiss = {
    summary: 'Say that a reported transfer pays nothing here',
    params: Id,
    body: WithNote,
    response: { 200: PostbackItem },
  };
  app.post('/operate/postbacks/:id/dismiss', { ...decides, schema: dismiss }, async (request) => {
    const decider = deciderOf(request.operator);
    const { id } = request.params;
    await runIdempotentRequest(deps, request, `${id}:${decider.by}:dismiss`, id, async () => {
      await postbacks.dismiss(id, { ...request.body, ...decider });
    });
    const item = await store.postbackItem(id);
    if (!item) throw new ProblemError('not_found');
    return postbackView(item);
  });
};
