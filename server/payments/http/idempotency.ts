/**
 * A request with an Idempotency-Key has its effect once. Only the id of the payment is stored, never an answer: a repetition is
 * answered from the present state. A POST of the browser (`submitOnce`) is also answered within 8 seconds whatever the upstream does,
 * by the fresh view, alone or inside a problem. A merchant's request may wait longer (`merchantCallDeadline`).
 */
import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { PaymentStatus, PaymentView, ProblemCode } from '#contract';
import { paymentReference } from '#contract';
import type { ApiKey, ApiKeyScope } from '../model/api-key.ts';
import { ProblemError, type ProblemExtras, retryFor } from '../model/errors.ts';
import { hashBearer } from '../model/ids.ts';
import type { Clock, Merchant, Sealer, Telemetry } from '../model/ports.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { IdempotencyRecord, Store } from '../model/store.ts';
import { isoTime, minuteMs } from '../model/time.ts';
import type { Payments } from '../payments.ts';

/** What the authentication hooks add to a request before any route of `payments/` or `methods/` runs. */
declare module 'fastify' {
  interface FastifyRequest {
    /** On merchant routes: whose API key it is, and which one. */
    merchant: Merchant;
    apiKey: ApiKey;
    /** On browser routes: the payment that the client secret belongs to, as it was when the request came. */
    payment: PaymentRecord;
  }
  interface FastifyContextConfig {
    /** On merchant routes: what an API key must be allowed to do. A merchant's route without it stops the start. */
    scope?: ApiKeyScope;
  }
}

/** For so long a process that has died holds a key. One that lives renews its lease. */
const leaseMs = 10_000;
const renewEveryMs = 3_000;

export interface KeyUse {
  /** Whose key it is and for which route: the same key in another scope is another key. */
  scope: string;
  key: string;
  /** The keyed hashes of what a repetition must send again, as `Sealer.fingerprints` makes them. The first one is stored. */
  fingerprints: readonly string[];
  /** How many keys of the scope are remembered, the newest; by default all, for 30 days. */
  most?: number;
}

/**
 * Runs `work` unless this key has done so already.
 * @param work Returns the id of the payment that it created or changed. If it throws, it has changed nothing, so the key is
 * freed.
 * @returns The id of the payment.
 * @throws ProblemError `idempotency_conflict`: 422 if the key was used with another body, 409 while its first use is running.
 */
export async function runIdempotent(
  deps: { store: Store; clock: Clock },
  use: KeyUse,
  work: () => Promise<string>,
): Promise<string> {
  const { store, clock } = deps;
  const now = clock.now();
  const keyHash = hashBearer(use.key);
  const row = {
    scope: use.scope,
    keyHash,
    fingerprint: use.fingerprints[0] ?? '',
    status: 'running' as const,
    paymentId: null,
    leaseUntil: now + leaseMs,
    createdAt: now,
  };
  const existing = await store.reserveKey(row, use.most).catch(async (cause: unknown) => {
    // The key may have been reserved all the same. Then a repetition would wait for work that nobody does.
    await retryInBackground(() => store.releaseKey(row));
    throw cause;
  });
  if (existing) {
    if (!use.fingerprints.includes(existing.fingerprint)) {
      throw new ProblemError('idempotency_conflict', { status: 422, detail: 'this Idempotency-Key was used with another body' });
    }
    if (existing.status === 'done' && existing.paymentId) return existing.paymentId;
    // The process of the first use has died: whoever takes over the lease goes on from what is stored.
    if (existing.leaseUntil > now || !(await store.takeOverKey(row, now))) {
      throw new ProblemError('idempotency_conflict', { retryAt: isoTime(now + 1000), detail: 'still running' });
    }
  }
  const endLease = keepLease(deps, row);
  let paymentId: string;
  try {
    paymentId = await work();
  } catch (cause) {
    await retryInBackground(async () => store.releaseKey(await endLease()));
    throw cause;
  }
  // The work is done, even if the store cannot record that just now.
  await retryInBackground(() => store.finishKey(use.scope, keyHash, paymentId), endLease);
  return paymentId;
}

/** Renews a lease until it is ended. Returns what ends it, which returns the row as it is stored then. */
function keepLease({ store, clock }: { store: Store; clock: Clock }, row: IdempotencyRecord): () => Promise<IdempotencyRecord> {
  let held: IdempotencyRecord = row;
  let ended = false;
  let renewing = Promise.resolve();
  const renew = async () => {
    const leaseUntil = clock.now() + leaseMs;
    if (!ended && (await store.renewKey(held, leaseUntil))) held = { ...held, leaseUntil };
  };
  const timer = setInterval(() => {
    renewing = renewing.then(renew).catch(() => undefined);
  }, renewEveryMs).unref();
  return async () => {
    clearInterval(timer);
    ended = true;
    await renewing;
    return held;
  };
}

/** Tries once; if the store fails, tries on in the background for a minute. Never rejects. */
const retryInBackground = (work: () => Promise<void>, after?: () => unknown): Promise<void> =>
  work()
    .then(after, () => void Promise.allSettled([retryFor(minuteMs, work, () => true)]).then(after))
    .then(() => undefined);

/**
 * A merchant's POST about one payment: with an Idempotency-Key it has its effect once, and without one each time.
 * @param scope Names the payment and the route.
 * @throws What `work` throws, and what `runIdempotent` throws.
 */
export async function runIdempotentRequest(
  deps: { store: Store; clock: Clock; sealer: Sealer },
  request: FastifyRequest,
  scope: string,
  paymentId: string,
  work: () => Promise<void>,
): Promise<void> {
  const key = idempotencyKey(request);
  if (key === null) return work();
  const fingerprints = deps.sealer.fingerprints(JSON.stringify(request.body ?? null));
  await runIdempotent(deps, { scope, key, fingerprints }, async () => {
    await work();
    return paymentId;
  });
}

/** The header `Idempotency-Key`; null without it. Throws `invalid_request` unless it has 1 to 255 characters. */
export function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 255) return key;
  throw new ProblemError('invalid_request', {
    field: 'Idempotency-Key',
    detail: 'expected 1 to 255 signs',
    reference: request.payment && paymentReference(request.payment.id),
  });
}

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
   * What else a repetition must send again and must not be stored. It is compared by a hash that only somebody who has the
   * Idempotency-Key can compute, which is stored nowhere; under a key that could be guessed it is not compared.
   */
  secret?: object;
  /**
   * Whether the request tries to pay. Then a problem of the payment is the answer to this request, and not left over from an
   * earlier one.
   */
  attempt: boolean;
  /** May throw a ProblemError, which declines the request. */
  work(payment: PaymentRecord): Promise<void>;
}

const answerWithinMs = 7_500; // The rest of the 8 seconds is for the network.
const unguessableLength = 32; // As long as 128 random bits in hex, which is what the widget sends.
/** More than any customer needs. Each is a row, and whoever has a client secret could make hundreds in a second. */
const keysOfRoute = 200;

/** What a submission led to: the fresh view, and why the request was declined; null if it was not. */
interface SubmitResult {
  view: PaymentView;
  problem: (Omit<ProblemExtras, 'view'> & { code: ProblemCode }) | null;
}

/** Returns the fresh view. Throws a ProblemError that carries it if the request is declined. */
export async function submitOnce(deps: CheckoutDeps, request: FastifyRequest, submission: Submission): Promise<PaymentView> {
  const { view, problem } = await submit(deps, request, submission);
  if (problem) throw new ProblemError(problem.code, { ...problem, view });
  return view;
}

async function submit(deps: CheckoutDeps, request: FastifyRequest, submission: Submission): Promise<SubmitResult> {
  const work = runOnce(deps, request, submission).then(() => null, asDecline);
  const declined = await withinAnswerTime(deps, work);
  const view = await deps.payments.view(request.payment.id);
  if (!declined) return { view, problem: submission.attempt ? view.problem : null };
  const { code, extras } = declined;
  // The payment was paid meanwhile, e.g. in another tab. The view tells the customer more than "not now".
  if (code === 'payment_processing' && paid.has(view.status)) return { view, problem: null };
  return { view, problem: { reference: view.reference, ...extras, code } };
}

const paid: ReadonlySet<PaymentStatus> = new Set(['succeeded', 'underpaid', 'refunding', 'refunded']);

async function runOnce(deps: CheckoutDeps, request: FastifyRequest, { route, body, secret, work }: Submission): Promise<void> {
  const { payment } = request;
  const key = idempotencyKey(request);
  if (key === null) return work(payment);
  const scope = `${payment.id}:${route}`;
  const bound =
    secret && key.length >= unguessableLength && createHmac('sha256', key).update(JSON.stringify(secret)).digest('hex');
  const fingerprints = [...(bound ? deps.sealer.fingerprints(`${body} ${bound}`) : []), ...deps.sealer.fingerprints(body)];
  await runIdempotent(deps, { scope, key, fingerprints, most: keysOfRoute }, async () => {
    await work(payment);
    return payment.id;
  });
}

function asDecline(cause: unknown): ProblemError {
  if (cause instanceof ProblemError) return cause;
  throw cause;
}

/** Waits for the work as long as the answer may take. After that the work goes on, and the customer follows it by the view. */
async function withinAnswerTime({ observer }: CheckoutDeps, work: Promise<ProblemError | null>): Promise<ProblemError | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, answerWithinMs, 'timeout');
  });
  const first = await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
  if (first !== 'timeout') return first;
  // Nobody waits for a decline any more; the view shows it. A bug is reported.
  void work.catch((cause: unknown) => observer.failure('submit', cause));
  return null;
}
