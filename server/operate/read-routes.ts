/** What operators read: what waits, the search, a payment. Whoever reads about a person leaves a line in the operators' log. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { PaymentMethod, PaymentStatus } from '#contract';
import {
  Approval,
  OperatorStatus,
  OperatorView,
  PaymentDetail,
  PaymentPage,
  PostbackItem,
  PostbackPage,
  QueueKind,
  QueuePage,
} from '#contract/operate';
import type { Operator } from '../payments/model/access-keys.ts';
import { ProblemError } from '../payments/model/errors.ts';
import type { MerchantIds } from '../payments/model/operator-reads.ts';
import type { PostbackItemRecord } from '../payments/model/operator-records.ts';
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { dayMs, isoTime, minuteMs } from '../payments/model/time.ts';
import { merchantsOf, requireVisible } from './authenticate.ts';
import { After, writeCursor } from './cursor.ts';
import { exportCsv } from './export.ts';
import { logRead } from './operator-log.ts';
import { type DetailDeps, findPayment, operatorApproval, paymentDetail } from './payment-detail.ts';
import { readQueue } from './queue.ts';
import { dayStart, searchPayments } from './search.ts';
import { readStatus, type StatusDeps } from './status.ts';
import { serviceText } from './words.ts';

export interface ReadDeps extends DetailDeps, StatusDeps {
  store: Store;
  clock: Clock;
  sealer: Pick<Sealer, 'fingerprint'>;
  /** The merchants of this moment. */
  merchantIds(): readonly string[];
  postbacks: {
    /** All merchants whose postbacks come to the same account as this one's. */
    sharers(merchantId: string): readonly string[];
  };
}

const merchant = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)
  .optional();
const limit = z.coerce.number().int().min(1).max(100).default(25);
/** A day in UTC; as the end of a range it is the last one. */
const day = z.string().refine((text) => dayStart(text) !== null, 'expected a day such as 2026-11-29');
const page = { merchant, after: After.optional(), limit };

/** PostgreSQL refuses to compare with anything else: a NUL, half of a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text);

const Queue = z.strictObject({ ...page, kind: z.optional(QueueKind) });
const Search = z.strictObject({
  ...page,
  q: z.string().max(200).refine(isStorable, 'expected text without control characters').default(''),
  status: z.optional(PaymentStatus),
  method: z.optional(PaymentMethod),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  from: day.optional(),
  to: day.optional(),
});
const Postbacks = z.strictObject({ ...page, status: z.optional(PostbackItem.shape.status) });
const Export = z
  .strictObject({ merchant, from: day, to: day.optional() })
  .transform(({ to, ...rest }) => ({ ...rest, to: to ?? rest.from }))
  .refine(({ from, to }) => from <= to, { path: ['to'] });
/** A year of payments is read page by page, and may take a while. */
const exportMs = 30 * minuteMs;
export const PaymentKey = z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) });

export const readRoutes: FastifyPluginAsyncZod<ReadDeps> = async (app, deps) => {
  const { reads, clock, sealer } = deps;
  /** Without those of an account that is shared with merchants of others: nobody knows whose customer such a transfer names. */
  const postbacksOf = (operator: Operator, merchants: MerchantIds): MerchantIds => {
    const own = merchantsOf(operator);
    if (!own || !merchants) return merchants;
    return merchants.filter((id) => deps.postbacks.sharers(id).every((sharer) => own.includes(sharer)));
  };

  const me = { summary: 'Who is signed in', response: { 200: OperatorView } };
  app.get('/operate/me', { schema: me }, ({ operator }) => ({
    name: operator.name,
    person: operator.person,
    role: operator.role,
    scopes: [...operator.scopes],
    merchants: operator.merchants ? [...operator.merchants] : null,
    merchantIds: deps.merchantIds().filter((id) => merchantsOf(operator)?.includes(id) ?? true),
  }));

  const queue = { summary: 'What waits for a person, oldest first', querystring: Queue, response: { 200: QueuePage } };
  app.get('/operate/queue', { schema: queue }, ({ operator, query }) => {
    const { merchant: only, kind, after, limit } = query;
    const merchants = visibleMerchants(operator, only);
    return readQueue(reads, { merchants, postbacksOf: postbacksOf(operator, merchants), kind, after, limit }, clock.now());
  });

  const status = { summary: 'The state of the whole', response: { 200: OperatorStatus } };
  app.get('/operate/status', { schema: status }, ({ operator }) => {
    const merchants = merchantsOf(operator);
    return readStatus(deps, { merchants, postbacksOf: postbacksOf(operator, merchants) }, clock.now());
  });

  const search = { summary: 'Find payments, newest first', querystring: Search, response: { 200: PaymentPage } };
  app.get('/operate/payments', { schema: search }, async ({ operator, query }) => {
    const { q, merchant: only, after, limit, from, to, ...filter } = query;
    const range = {
      from: from === undefined ? undefined : (dayStart(from) ?? undefined),
      before: to === undefined ? undefined : (dayStart(to) ?? 0) + dayMs,
    };
    const merchants = visibleMerchants(operator, only);
    const found = await searchPayments(reads, q, { ...filter, ...range, merchants }, after, limit);
    // The text may be a phone or a card number, so only a keyed hash of it is kept: enough to find the same search again.
    const text = q === '' ? {} : { text: sealer.fingerprint(q), understoodAs: found.understoodAs };
    await logRead(deps, operator, 'search', '', { ...text, ...filter, from, to, merchant: only, found: found.payments.length });
    return found;
  });

  const detail = { summary: 'One payment with its history', params: PaymentKey, response: { 200: PaymentDetail } };
  app.get('/operate/payments/:id', { schema: detail }, async ({ operator, params }) => {
    const payment = await findPayment(deps, params.id);
    if (!payment) throw new ProblemError('not_found');
    requireVisible(operator, payment.merchantId);
    await logRead(deps, operator, 'read_payment', payment.id);
    return paymentDetail(deps, payment);
  });

  const approval = {
    summary: 'An act that waits, or waited, for a second person',
    params: PaymentKey,
    response: { 200: Approval },
  };
  app.get('/operate/approvals/:id', { schema: approval }, async ({ operator, params }) => {
    const found = await deps.store.approval(params.id);
    if (!found) throw new ProblemError('not_found');
    requireVisible(operator, found.merchantId);
    await logRead(deps, operator, 'read_approval', found.paymentId);
    return operatorApproval(found);
  });

  const csv = { summary: 'The payments of some days for accounting, as CSV', querystring: Export };
  app.get('/operate/export.csv', { schema: csv, handlerTimeout: exportMs }, async ({ operator, query }, reply) => {
    const { from, to, merchant: only } = query;
    await logRead(deps, operator, 'export', '', { from, to, merchant: only });
    const range = { from: dayStart(from) ?? 0, before: (dayStart(to) ?? 0) + dayMs };
    const file = from === to ? from : `${from}-to-${to}`;
    reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="payments-${file}.csv"`);
    return reply.send(exportCsv(reads, { ...range, merchants: visibleMerchants(operator, only) }));
  });

  const list = { summary: 'Reported transfers of no payment', querystring: Postbacks, response: { 200: PostbackPage } };
  app.get('/operate/postbacks', { schema: list }, async ({ operator, query }) => {
    const { merchant: only, status = 'unmatched', after, limit } = query;
    const merchants = postbacksOf(operator, visibleMerchants(operator, only));
    await logRead(deps, operator, 'list_postbacks', '', { status, merchant: only });
    const found = await reads.postbackItems({ merchants, status, after, limit: limit + 1 });
    const postbacks = found.slice(0, limit);
    const last = postbacks.at(-1);
    const next = found.length > limit && last ? writeCursor({ at: last.receivedAt, id: last.id }) : null;
    return { postbacks: postbacks.map(postbackView), next };
  });
};

/** @param only What the operator has asked for; a merchant of others is like one that does not exist. */
export function visibleMerchants(operator: Operator, only: string | undefined): readonly string[] | null {
  const own = merchantsOf(operator);
  if (only === undefined) return own;
  return own === null || own.includes(only) ? [only] : [];
}

export const postbackView = ({
  receivedAt,
  postbackId: _p,
  itemKey: _k,
  matchedAt: _m,
  ...item
}: PostbackItemRecord): PostbackItem => ({
  ...item,
  account: serviceText(item.account),
  receivedAt: isoTime(receivedAt),
});
