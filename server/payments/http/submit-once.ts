/**
 * A POST of the browser: one effect for one Idempotency-Key, an answer within 8 seconds whatever upstream does, and always
 * the fresh view, as the answer or inside the problem.
 */
import type { FastifyRequest } from 'fastify';
import type { PaymentStatus, PaymentView } from '#contract';
import './request-context.ts';
import type { Clock, Sealer, Telemetry } from '../model/ports.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { Store } from '../model/store.ts';
import type { Payments } from '../payments.ts';
import { idempotencyKey, runIdempotent } from './idempotency.ts';

export interface CheckoutDeps {
  store: Store;
  clock: Clock;
  sealer: Sealer;
  payments: Payments;
  observer: Telemetry;
}

export interface Submission {
  /** Names the route in the scope of the key. */
  route: string;
  /** What a replay must bring again; only its keyed hash is kept. */
  body: string;
  /** Whether it tries to pay: then the problem it ends with is its own answer, and not one of an earlier try. */
  attempt: boolean;
  work(payment: PaymentRecord): Promise<void>;
}

/** The rest of 8 s is for the way back. */
const answerWithinMs = 7_500;

export async function submitOnce(parts: CheckoutDeps, request: FastifyRequest, submission: Submission): Promise<PaymentView> {
  const { payment } = request;
  try {
    await inTime(parts, run(parts, request, submission));
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const view = await parts.payments.view(payment.id);
    // Paid meanwhile, by another tab or by late news: that is the better answer than "not now".
    if (cause.code === 'payment_processing' && paid.has(view.status)) return view;
    throw new ProblemError(cause.code, { ref: view.reference, ...cause.extras, view });
  }
  const view = await parts.payments.view(payment.id);
  if (submission.attempt && view.problem) throw new ProblemError(view.problem.code, { ...view.problem, view });
  return view;
}

const paid: ReadonlySet<PaymentStatus> = new Set(['succeeded', 'underpaid', 'refunding', 'refunded']);

async function run(parts: CheckoutDeps, request: FastifyRequest, { route, body, work }: Submission): Promise<void> {
  const { payment } = request;
  const key = idempotencyKey(request);
  if (key === null) return work(payment);
  const scope = `${payment.id}:${route}`;
  await runIdempotent(parts, { scope, key, fingerprint: parts.sealer.fingerprint(body) }, async () => {
    await work(payment);
    return payment.id;
  });
}

/** Waits for the work as long as an answer may take; after that the work goes on and the view follows it. */
async function inTime({ observer }: CheckoutDeps, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, answerWithinMs, 'late');
  });
  const first = await Promise.race([work, late]).finally(() => clearTimeout(timer));
  if (first === 'late') void work.catch((cause: unknown) => cause instanceof ProblemError || observer.failure('submit', cause));
}
