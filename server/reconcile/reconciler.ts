/**
 * The background work on payments: it finds out what became of attempts and discounts whose outcome is unknown or whose process
 * died, expires payments, and erases pay codes and Idempotency-Keys that are no longer needed.
 *
 * It works on leased rows, so any number of processes may run it. A payment service that hangs delays only its own attempts
 * (`lanes.ts`), and payments expire in time whatever the services do.
 */

import { minCheckIntervalMs } from '../payments/attempts/attempt.ts';
import { type AttemptSession, keepLease, leaseMs, openSession } from '../payments/attempts/attempt-session.ts';
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import { hasPaid } from '../payments/model/payment-state.ts';
import type { Clock, MethodPort, PendingAttempt, RefundOutcome, Telemetry } from '../payments/model/ports.ts';
import type { AttemptRecord, DiscountRecord, EndedAttempt, PaymentRecord, WaitingAttempt } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { dayMs, hourMs, minuteMs } from '../payments/model/time.ts';
import type { Payments } from '../payments/payments.ts';
import { createLanes } from './lanes.ts';

interface ReconcilerDeps {
  store: Store;
  payments: Payments;
  methods: readonly MethodPort[];
  clock: Clock;
  observer: Telemetry;
  /** More work in the background, each in a loop of its own. */
  sweeps?: readonly (() => Promise<void>)[];
  /** How long a check may take before its service counts as hanging, and how long the service then rests; in milliseconds. */
  hanging?: { slowMs: number; restMs: number };
}

export interface Reconciler extends PollingLoop {
  /** One pass over everything that is due now. Returns how many attempts and discounts were checked. */
  runOnce(): Promise<number>;
  /** For an embedded database, before `start`: no other process has a lease, so everything is due at once. */
  recover(): Promise<void>;
}

const everyMs = 1_000;
const batchSize = 20;
/**
 * A slow database takes seconds to lease a batch. A lease with less time than this when its check would begin may end before it can be
 * renewed, so it is left to end; one that is still longer, but not new, is renewed at once and not only after two seconds.
 */
const shortLeaseMs = leaseMs / 2;
const newLeaseMs = leaseMs - 2_000;
/** In all lanes together. Each check is a call of a service and a few queries; the next starts when one ends. */
const mostRunning = 200;

/** For so long the answer with generated pay codes can be fetched again. */
const codesKeptMs = dayMs;
/** Nobody repeats a request after this long. */
const keysKeptMs = 30 * dayMs;

/** A leased attempt or discount. */
interface Due extends Pick<AttemptRecord, 'method' | 'paymentId' | 'leaseUntil'> {
  check(payment: PaymentRecord | null): Promise<void>;
}

export function createReconciler(deps: ReconcilerDeps): Reconciler {
  const { store, payments, clock, observer } = deps;
  const { slowMs, restMs } = deps.hanging ?? { slowMs: 4_000, restMs: 30_000 };
  const lanes = createLanes(slowMs, restMs);
  const running = new Set<Promise<void>>();
  let stopped = false;
  const onFailure = (cause: unknown) => observer.failure('reconcile', cause);

  let erasedAt = 0;
  let prunedAt = 0;
  const expireAndErase = async (): Promise<void> => {
    while ((await payments.expireDue(batchSize)) === batchSize && !stopped);
    const now = clock.now();
    if (now - erasedAt >= minuteMs) {
      erasedAt = now;
      await store.eraseCodes({ endedBefore: now - codesKeptMs });
    }
    if (now - prunedAt < hourMs) return;
    prunedAt = now;
    await store.pruneKeys(now - keysKeptMs);
    await store.pruneRateLimits(now);
  };

  /** Starts checks of attempts and discounts that are due and whose lane is open. Returns how many it started. */
  const startChecks = async (): Promise<number> => {
    if (running.size >= mostRunning) return 0;
    const now = clock.now();
    const leaseUntil = () => clock.now() + leaseMs;
    const lease = async (limit: number, which: Parameters<Store['leaseDueAttempts']>[3]): Promise<Due[]> => {
      const attempts = await store.leaseDueAttempts(now, leaseUntil, limit, which);
      const left = limit - attempts.length;
      const discounts = left > 0 ? await store.leaseDueDiscounts(now, leaseUntil, left, which) : [];
      const held = (table: 'attempts' | 'discounts', one: { id: string; leaseUntil: number }, work: () => Promise<void>) => {
        const renew = () => store.renewLease(table, one.id, clock.now(), leaseUntil());
        if (one.leaseUntil - clock.now() < newLeaseMs) void renew().catch(() => undefined);
        return keepLease(renew, work);
      };
      return [
        ...attempts.map(
          (one): Due => ({ ...one, check: (payment) => held('attempts', one, () => checkAttempt(deps, one, payment)) }),
        ),
        ...discounts.map(
          (one): Due => ({ ...one, check: (payment) => held('discounts', one, () => checkDiscount(deps, one, payment)) }),
        ),
      ];
    };
    const due = await lease(batchSize, { except: lanes.closed() });
    for (const only of lanes.probing()) due.push(...(await lease(1, { only })));
    const found = await Promise.all(due.map(async (one) => ({ ...one, payment: await store.payment(one.paymentId) })));
    const started = found.filter((one) => one.leaseUntil - clock.now() > shortLeaseMs);
    for (const { method, payment, check: work } of started) {
      const lane = { method, merchantId: payment?.merchantId ?? '' };
      const check = lanes
        .run(lane, () => work(payment))
        // Not even the failure could be stored. Nobody awaits this promise, and a rejection would end the process.
        .catch(onFailure)
        .finally(() => {
          running.delete(check);
          checking.wake();
        });
      running.add(check);
    }
    return started.length;
  };

  const checking = createPollingLoop(
    async () => {
      while (!stopped && (await startChecks()) >= batchSize);
    },
    everyMs,
    onFailure,
  );
  // Each clean-up has a loop of its own, so that a slow one delays no check that a customer waits for.
  const cleanUps = [...deps.methods.flatMap(({ cleanUp }) => cleanUp ?? []), ...(deps.sweeps ?? [])];
  const loops = [expireAndErase, ...cleanUps].map((work) => createPollingLoop(work, everyMs, onFailure)).concat(checking);

  return {
    start() {
      for (const loop of loops) loop.start();
    },
    wake: () => checking.wake(),
    async runNow() {
      await Promise.all(loops.map((loop) => loop.runNow()));
      while (running.size > 0) {
        await Promise.all(running);
        await checking.runNow();
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(running);
    },
    async runOnce() {
      for (const cleanUp of cleanUps) await cleanUp();
      await expireAndErase();
      const started = await startChecks();
      await Promise.all(running);
      return started;
    },
    recover: () => store.releaseAllLeases(clock.now()),
  };
}

/** Checks one attempt. A check that fails is reported and repeated later, and delays no other. @throws {StoreUnavailable} */
async function checkAttempt(
  { store, payments, methods, observer, clock }: ReconcilerDeps,
  attempt: AttemptRecord,
  payment: PaymentRecord | null,
): Promise<void> {
  try {
    const port = methods.find(({ method }) => method === attempt.method);
    if (!payment || !port) throw new Error('an attempt without its payment or method');
    const intents = await store.intents(attempt.id);
    const session = openSession(payments, attempt, intents);
    const work = { payment, intents, recordIntent: session.recordIntent };
    if (isPolled(attempt)) return await pollAttempt(session, store, port, { ...work, attempt }, clock.now());
    if (attempt.status === 'refunding') {
      const outcome: RefundOutcome | undefined = await port.refund?.({ ...work, attempt });
      return await session.settleRefund(outcome ?? { kind: 'needs_review', why: 'no way to give it back' });
    }
    if (attempt.status === 'processing') await session.settle(await port.reconcile({ ...work, attempt }));
  } catch (cause) {
    observer.failure('settle', cause);
    if (isPolled(attempt)) {
      return store.scheduleCheck(attempt, clock.now() + everyMs * 10, clock.now() + minCheckIntervalMs);
    }
    const session = openSession(payments, attempt);
    const settled =
      attempt.status === 'refunding' ? session.settleRefund({ kind: 'unknown' }) : session.settle({ kind: 'unknown' });
    await settled.catch((again: unknown) => observer.failure('settle', again));
  }
}

/** Nobody waits for the answer of a call. The attempt is only polled, since somebody else may pay it, or a lost call arrive. */
const isPolled = (attempt: AttemptRecord): attempt is PolledAttempt => attempt.status !== 'processing' && !hasPaid(attempt);

type PolledAttempt = WaitingAttempt | EndedAttempt;

async function pollAttempt(
  session: AttemptSession,
  store: Store,
  port: MethodPort,
  pending: PendingAttempt<PolledAttempt>,
  now: number,
): Promise<void> {
  const { attempt } = pending;
  const result = await port.poll?.(pending);
  if (result?.kind === 'paid' || result?.kind === 'needs_review') return session.settle(result);
  if (result?.kind === 'over' && attempt.status === 'declined') return store.stopChecks(attempt.id);
  if (result?.kind === 'over')
    return session.settle({ kind: 'correction_requested', decline: result.decline, unconfirmed: false });
  if (result) await store.scheduleCheck(attempt, now + result.inMs, now + minCheckIntervalMs);
}

/** Checks one discount code that was to be redeemed. Fails as `checkAttempt` does. @throws {StoreUnavailable} */
async function checkDiscount(
  { store, methods, observer, clock }: ReconcilerDeps,
  discount: DiscountRecord,
  payment: PaymentRecord | null,
): Promise<void> {
  const again = (inMs: number) => store.scheduleDiscountCheck(discount, clock.now() + inMs, clock.now() + minCheckIntervalMs);
  try {
    const port = methods.find(({ method }) => method === discount.method);
    if (!payment || !port) throw new Error('a discount without its payment or method');
    const intents = await store.intents(discount.id);
    const result = await port.pollDiscount?.({ payment, discount, intents });
    if (result?.kind === 'over') return await store.stopDiscountChecks(discount.id);
    if (result) await again(result.inMs);
  } catch (cause) {
    observer.failure('settle', cause);
    await again(everyMs * 10);
  }
}
