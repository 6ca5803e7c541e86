/**
 * Handles a POST of the browser: it has its effect once per Idempotency-Key, it answers within 8 seconds whatever the upstream
 * does, and the answer is always the fresh view, alone or inside a problem.
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
  /** The name of the route, for the scope of the Idempotency-Key. */
  route: string;
  /**
   * What a repetition with the same Idempotency-Key must send again. Its keyed hash is stored, so it must not contain a whole
   * card number, an SMS code or a card token. Stored hashes are compared for 30 days: a route must not change this text.
   */
  body: string;
  /**
   * Whether the request tries to pay. Then a problem of the payment is the answer to this request, and not left over from an
   * earlier one.
   */
  attempt: boolean;
  /** May throw a ProblemError, which is the answer. Any other error is our own bug. */
  work(payment: PaymentRecord): Promise<void>;
}

/** Of the 8 seconds, the rest is for the network. */
const answerWithinMs = 7_500;

/** Throws a ProblemError that carries the fresh view if the request is declined. */
export async function submitOnce(deps: CheckoutDeps, request: FastifyRequest, submission: Submission): Promise<PaymentView> {
  const { payment } = request;
  try {
    await withinAnswerTime(deps, runOnce(deps, request, submission));
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const view = await deps.payments.view(payment.id);
    // The payment was paid meanwhile, e.g. in another tab. The view tells the customer more than "not now".
    if (cause.code === 'payment_processing' && paid.has(view.status)) return view;
    throw new ProblemError(cause.code, { ref: view.reference, ...cause.extras, view });
  }
  const view = await deps.payments.view(payment.id);
  if (submission.attempt && view.problem) throw new ProblemError(view.problem.code, { ...view.problem, view });
  return view;
}

const paid: ReadonlySet<PaymentStatus> = new Set(['succeeded', 'underpaid', 'refunding', 'refunded']);

async function runOnce(deps: CheckoutDeps, request: FastifyRequest, { route, body, work }: Submission): Promise<void> {
  const { payment } = request;
  const key = idempotencyKey(request);
  if (key === null) return work(payment);
  const scope = `${payment.id}:${route}`;
  await runIdempotent(deps, { scope, key, fingerprint: deps.sealer.fingerprint(body) }, async () => {
    await work(payment);
    return payment.id;
  });
}

/** Waits for the work as long as the answer may take. After that the work goes on, and the customer follows it by the view. */
async function withinAnswerTime({ observer }: CheckoutDeps, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, answerWithinMs, 'timeout');
  });
  const first = await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
  // Nobody waits for a decline any more; the view shows it. A bug is reported.
  if (first === 'timeout')
    void work.catch((cause: unknown) => cause instanceof ProblemError || observer.failure('submit', cause));
}
