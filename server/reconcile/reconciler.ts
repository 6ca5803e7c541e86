/**
 * Finds out what became of attempts whose outcome is unknown or whose process died, ends payments whose time is over, and
 * forgets Idempotency-Keys that nobody will repeat.
 * Works on leased rows, so any number of processes may run one. Nothing waits for anything else here: an upstream that hangs
 * holds up only what is asked of it (`lanes.ts`), and time goes on for every payment.
 */

import { type AttemptSession, openSession } from '../payments/attempts/attempt-session.ts';
import { minCheckIntervalMs } from '../payments/attempts/check-schedule.ts';
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import type { RefundOutcome } from '../payments/model/outcome.ts';
import type { Clock, MethodPort, PendingAttempt, Telemetry } from '../payments/model/ports.ts';
import type { AttemptRecord, PaymentRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import type { Payments } from '../payments/payments.ts';
import { createLanes } from './lanes.ts';

export interface ReconcilerDeps {
  store: Store;
  payments: Payments;
  methods: readonly MethodPort[];
  clock: Clock;
  observer: Telemetry;
  /** From how long on an upstream hangs, and how long it is then left alone, in milliseconds. */
  hanging?: { slowMs: number; restMs: number };
}

export interface Reconciler extends PollingLoop {
  /** One pass over what is due now, and what the methods have left to do; answers how many attempts were looked at. */
  runOnce(): Promise<number>;
  /** Before `start`, with an embedded database: whoever held a lease is dead, so all of it is due at once. */
  recover(): Promise<void>;
}

/** Longer than one settling may take: reads and at most one call that spends. */
const leaseMs = 60_000;
const everyMs = 1_000;
const atOnce = 20;
/** In all lanes together: each is a call upstream and a few queries. Whoever has an end makes room for the next. */
const mostAtWork = 200;

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** So long an answer that holds fresh pay codes can be had again. */
const codesLiveMs = 24 * hourMs;
/** Nobody repeats a request after this long. */
const keysLiveMs = 30 * 24 * hourMs;

export function createReconciler(parts: ReconcilerDeps): Reconciler {
  const { store, payments, clock, observer } = parts;

  const { slowMs, restMs } = parts.hanging ?? { slowMs: 4_000, restMs: 30_000 };
  const lanes = createLanes(slowMs, restMs);
  const running = new Set<Promise<void>>();

  let forgotAt = 0;
  let erasedAt = 0;
  const keepTime = async (): Promise<void> => {
    while ((await payments.expireDue(atOnce)) === atOnce && !stopped);
    const now = clock.now();
    if (now - erasedAt >= minuteMs) {
      erasedAt = now;
      await store.eraseCodes({ endedBefore: now - codesLiveMs });
    }
    if (now - forgotAt < hourMs) return;
    forgotAt = now;
    await store.pruneKeys(now - keysLiveMs);
    await store.pruneRateLimits(now);
  };

  /** Begins with what is due now and may be begun with; answers with how many. */
  const begin = async (): Promise<number> => {
    if (running.size >= mostAtWork) return 0;
    const now = clock.now();
    const lease = (limit: number, which: Parameters<Store['leaseDueAttempts']>[3]) =>
      store.leaseDueAttempts(now, now + leaseMs, limit, which);
    const due = await lease(atOnce, { except: lanes.closed() });
    for (const only of lanes.probing()) due.push(...(await lease(1, { only })));
    const found = await Promise.all(due.map(async (attempt) => ({ attempt, payment: await store.payment(attempt.paymentId) })));
    for (const { attempt, payment } of found) {
      const lane = { method: attempt.method, merchantId: payment?.merchantId ?? '' };
      const work = lanes
        .run(lane, () => settle(parts, attempt, payment))
        .finally(() => {
          running.delete(work);
          settling.wake();
        });
      running.add(work);
    }
    return due.length;
  };

  let stopped = false;
  const failed = (cause: unknown) => observer.failure('reconcile', cause);
  const settling = createPollingLoop(
    async () => {
      while (!stopped && (await begin()) >= atOnce);
    },
    everyMs,
    failed,
  );
  // What is only tidied up may take its time: nobody who waits for an answer waits for that.
  const sweeps = parts.methods.flatMap(({ cleanUp: sweep }) => sweep ?? []);
  const workers = [keepTime, ...sweeps].map((work) => createPollingLoop(work, everyMs, failed)).concat(settling);

  return {
    start() {
      for (const worker of workers) worker.start();
    },
    wake: () => settling.wake(),
    async runNow() {
      await Promise.all(workers.map((worker) => worker.runNow()));
      while (running.size > 0) {
        await Promise.all(running);
        await settling.runNow();
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all(running);
    },
    async runOnce() {
      for (const sweep of sweeps) await sweep();
      await keepTime();
      const begun = await begin();
      await Promise.all(running);
      return begun;
    },
    recover: () => store.releaseAllLeases(clock.now()),
  };
}

/** One broken row never holds up the others: it is told, and looked at again at its next time. */
async function settle(
  { store, payments, methods, observer, clock }: ReconcilerDeps,
  attempt: AttemptRecord,
  payment: PaymentRecord | null,
): Promise<void> {
  try {
    const port = methods.find(({ method }) => method === attempt.method);
    if (!payment || !port) throw new Error('an attempt without its payment or method');
    const intents = await store.intents(attempt.id);
    const session = openSession(payments, attempt, intents);
    const unsettled: PendingAttempt = { payment, attempt, intents, recordIntent: session.recordIntent };
    if (watched.has(attempt.status)) return await watch(session, store, port, unsettled, clock.now());
    if (attempt.status === 'refunding') {
      const outcome: RefundOutcome = (await port.refund?.(unsettled)) ?? { kind: 'review', why: 'no way to give it back' };
      return await session.settleRefund(outcome);
    }
    await session.settle(await port.reconcile(unsettled));
  } catch (cause) {
    observer.failure('settle', cause);
    if (watched.has(attempt.status))
      return store.scheduleCheck(attempt, clock.now() + everyMs * 10, clock.now() + minCheckIntervalMs);
    const session = openSession(payments, attempt);
    const settled =
      attempt.status === 'refunding' ? session.settleRefund({ kind: 'unknown' }) : session.settle({ kind: 'unknown' });
    await settled.catch((again: unknown) => observer.failure('settle', again));
  }
}

/** Nothing is asked of anybody for them: they are only looked at. */
const watched: ReadonlySet<AttemptRecord['status']> = new Set(['live', 'watched', 'held', 'refused']);

async function watch(
  session: AttemptSession,
  store: Store,
  port: MethodPort,
  unsettled: PendingAttempt,
  now: number,
): Promise<void> {
  const { attempt } = unsettled;
  const seen = await port.poll?.(unsettled);
  if (seen?.kind === 'paid' || seen?.kind === 'review') return session.settle(seen);
  if (seen?.kind === 'over' && attempt.status === 'refused') return store.stopChecks(attempt.id);
  if (seen?.kind === 'over') return session.settle({ kind: 'asked', refusal: seen.refusal, watched: false });
  if (seen) await store.scheduleCheck(attempt, now + seen.inMs, now + minCheckIntervalMs);
}
