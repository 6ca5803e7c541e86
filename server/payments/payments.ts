/** The use cases of a payment, bound to their parts. Routes, methods and the reconciler call these and nothing below. */
import type { CreatePayment, Payment, PaymentView } from '#contract';
import { secondPayment } from './attempts/admission.ts';
import { type DiscountOutcome, finishDiscountRedemption, recordDiscountRedemption, removeDiscount } from './attempts/discount.ts';
import {
  acceptSubmission,
  beginImmediate,
  type Continuation,
  continueAttempt,
  type Instructions,
  type NewAttempt,
  type SubmittedReference,
  showInstructions,
} from './attempts/open-attempt.ts';
import { recordIntent, recordSideEffectOnce, storeSecret } from './attempts/record-intent.ts';
import { settleAttempt } from './attempts/settle-attempt.ts';
import type { ChangeNotifier } from './change-feed.ts';
import { abandon, cancel, expire } from './close-payment.ts';
import { addClientSecret, createPayment } from './create-payment.ts';
import { merchantPayment } from './model/merchant-view.ts';
import type { NewIntent, Outcome, RefundOutcome } from './model/outcome.ts';
import type { Clock, Merchant, MethodPort, Telemetry } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord } from './model/records.ts';
import type { ListFilter, Queries, Store } from './model/store.ts';
import { retryBriefly } from './model/store-unavailable.ts';
import { paymentView } from './payment-views.ts';
import { type AnswerFiles, createPendingAnswers, type PendingAnswer } from './pending-answers.ts';
import { settleRefund, startRefund } from './refunds.ts';

export interface PaymentsDeps {
  store: Store;
  clock: Clock;
  changes: ChangeNotifier;
  methods: readonly MethodPort[];
  merchant(id: string): Merchant;
  observer: Telemetry;
  /** Where answers outlive the process that the store did not take; memory only where there is none. */
  answerFiles?: AnswerFiles;
  /** Called after each commit that may have left a webhook to send. */
  wakeSender?(): void;
  /** Called when somebody asks for an answer sooner. */
  wakeReconciler?(): void;
}

export interface Payments {
  create(merchant: Merchant, wanted: CreatePayment): Promise<string>;
  addClientSecret(paymentId: string): Promise<string>;
  /** Null for an unknown payment and for another merchant's alike. */
  read(merchantId: string, paymentId: string): Promise<Payment | null>;
  list(merchantId: string, filter: ListFilter): Promise<Payment[]>;
  view(paymentId: string): Promise<PaymentView>;
  /** The view as soon as its version is over `since`, else as it is after `waitMs`. */
  follow(paymentId: string, since: number, waitMs: number, signal?: AbortSignal): Promise<PaymentView>;
  beginImmediate(paymentId: string, wanted: NewAttempt): Promise<AttemptRecord>;
  /** Shows the customer what to do; the attempt waits. */
  showInstructions(paymentId: string, wanted: Instructions): Promise<AttemptRecord>;
  /** The customer has done it, in time or up to seven days late. */
  acceptSubmission(paymentId: string, told: SubmittedReference): Promise<AttemptRecord>;
  /** The customer has done what the live attempt asked for; it goes on. */
  continueAttempt(paymentId: string, wanted: Continuation): Promise<AttemptRecord>;
  /** Puts away what an attempt in flight has to know from now on. */
  storeSecret(paymentId: string, attemptId: string, kept: Parameters<typeof storeSecret>[3]): Promise<AttemptRecord>;
  recordIntent(paymentId: string, attemptId: string, wanted: NewIntent): Promise<IntentRecord>;
  /** A call beside the payment, once at most; null where it may have been made. */
  recordSideEffectOnce(
    paymentId: string,
    attemptId: string,
    call: Parameters<typeof recordSideEffectOnce>[3],
  ): Promise<IntentRecord | null>;
  /** `calls`: of how many calls of this attempt the outcome speaks. Whoever works on an attempt settles by a session, which counts. */
  settleAttempt(paymentId: string, attemptId: string, outcome: Outcome, calls: number): Promise<void>;
  /** Writes down that the discount code is used, before it is. */
  recordDiscountRedemption(
    paymentId: string,
    attemptId: string,
    call: Parameters<typeof recordDiscountRedemption>[3],
  ): Promise<IntentRecord>;
  finishDiscountRedemption(paymentId: string, attemptId: string, outcome: DiscountOutcome): Promise<void>;
  removeDiscount(paymentId: string): Promise<void>;
  /** Gives the money back; throws `refund_unsupported`, or `payment_processing` where nothing is paid. */
  refund(paymentId: string): Promise<void>;
  settleRefund(paymentId: string, attemptId: string, outcome: RefundOutcome, calls: number): Promise<void>;
  abandon(paymentId: string): Promise<void>;
  cancel(paymentId: string): Promise<void>;
  /** Asks upstream now rather than at the next planned time. */
  recheck(paymentId: string): Promise<void>;
  /** Expires what is past its time; answers how many. */
  expireDue(limit: number): Promise<number>;
  /** Writes down the answers that an earlier process could not. */
  recoverAnswers(): Promise<void>;
  /** How many answers the store did not take yet. */
  pendingAnswers(): number;
  /** Ends the work in the background. */
  stop(): Promise<void>;
}

/** How often a waiting view looks at the store, for changes by other processes. */
const pollStoreMs = 1_000;

export function createPayments(parts: PaymentsDeps): Payments {
  const { store, clock, changes, methods } = parts;
  const stepParts = {
    store,
    clock,
    changed(paymentId: string) {
      changes.notify(paymentId);
      parts.wakeSender?.();
    },
    corrected: (paymentId: string) =>
      parts.observer.failure('money', new Error(`payment ${paymentId} was to be led away from its money`)),
  };

  const answerParts = { ...stepParts, answer: true };
  const answers = createPendingAnswers({
    files: parts.answerFiles ?? null,
    observer: parts.observer,
    async apply(answer) {
      const { paymentId, attemptId } = answer;
      if (answer.about === 'refund') return settleRefund(answerParts, paymentId, attemptId, answer.outcome, answer.calls);
      const method =
        answer.about === 'attempt'
          ? await settleAttempt(answerParts, paymentId, attemptId, answer.outcome, answer.calls)
          : await finishDiscountRedemption(answerParts, paymentId, attemptId, answer.outcome);
      if (method) parts.observer.attempt(method, answer.about === 'attempt' ? answer.outcome.kind : 'paid');
    },
  });
  const settle = (answer: PendingAnswer) => answers.settle(answer);

  const current = async (paymentId: string): Promise<PaymentRecord> => {
    const payment = await store.payment(paymentId);
    if (!payment) throw new ProblemError('not_found');
    const waiting = payment.status === 'open' || payment.status === 'awaiting_customer';
    if (!waiting || payment.expiresAt > clock.now()) return payment;
    await expire(stepParts, paymentId);
    return (await store.payment(paymentId)) ?? payment;
  };

  const viewOf = async (paymentId: string): Promise<PaymentView> => {
    const found = await store.paymentWithAttempts(paymentId);
    if (!found) throw new ProblemError('not_found');
    const { payment, attempts } = found;
    const merchant = parts.merchant(payment.merchantId);
    const fit = methods.filter((port) => payment.methods.includes(port.method) && port.offers(merchant.id, payment.currency));
    const entries = payment.status === 'open' ? await Promise.all(fit.map((port) => port.entryAction(payment))) : [];
    const second = payment.status === 'open' ? await secondPayment(store, payment, attempts, clock.now()) : null;
    const attempt = attempts.find(({ id }) => id === payment.attemptId);
    const port = methods.find(({ method }) => method === attempt?.method);
    const shown = attempt ? (port?.reveal ? port.reveal(attempt) : attempt.action) : null;
    const names = fit.map(({ method }) => method);
    return paymentView({ payment, attempts, merchant, methods: names, shown, entries, secondPayment: second, now: clock.now() });
  };

  const whole = async (tx: Queries, payment: PaymentRecord): Promise<Payment> =>
    merchantPayment(payment, await tx.attempts(payment.id), await tx.evidence(payment.id));

  return {
    async create(merchant, wanted) {
      const standing = await store.paymentOfOrder(merchant.id, wanted.orderId);
      // Past its time though nobody has looked since: looking ends it, and its order is free for a new one.
      if (standing) await current(standing.id);
      return (await createPayment(parts, merchant, wanted)).id;
    },
    addClientSecret: (paymentId) => addClientSecret(store, paymentId, clock.now()),
    read: (merchantId, paymentId) =>
      store.snapshot(async (tx) => {
        const payment = await tx.paymentOfMerchant(merchantId, paymentId);
        return payment && whole(tx, payment);
      }),
    list: (merchantId, filter) =>
      store.snapshot(async (tx) => {
        const found: Payment[] = [];
        for (const payment of await tx.listPayments(merchantId, filter)) found.push(await whole(tx, payment));
        return found;
      }),
    view: async (paymentId) => viewOf((await current(paymentId)).id),
    async follow(paymentId, since, waitMs, signal) {
      const until = performance.now() + waitMs;
      for (;;) {
        const payment = await current(paymentId);
        const left = until - performance.now();
        if (payment.version > since || left <= 0 || signal?.aborted || changes.closed) return viewOf(payment.id);
        await changes.waitForChange(paymentId, Math.min(left, pollStoreMs), signal);
      }
    },
    beginImmediate: (paymentId, wanted) => beginImmediate(stepParts, paymentId, wanted),
    showInstructions: (paymentId, wanted) => showInstructions(stepParts, paymentId, wanted),
    acceptSubmission: (paymentId, told) => acceptSubmission(stepParts, paymentId, told),
    continueAttempt: (paymentId, wanted) => continueAttempt(stepParts, paymentId, wanted),
    storeSecret: (paymentId, attemptId, kept) => retryBriefly(() => storeSecret(answerParts, paymentId, attemptId, kept)),
    recordIntent: (paymentId, attemptId, wanted) => retryBriefly(() => recordIntent(stepParts, paymentId, attemptId, wanted)),
    recordSideEffectOnce: (paymentId, attemptId, call) => recordSideEffectOnce(stepParts, paymentId, attemptId, call),
    settleAttempt: (paymentId, attemptId, outcome, calls) => settle({ about: 'attempt', paymentId, attemptId, outcome, calls }),
    recordDiscountRedemption: (paymentId, attemptId, call) =>
      retryBriefly(() => recordDiscountRedemption(stepParts, paymentId, attemptId, call)),
    finishDiscountRedemption: (paymentId, attemptId, outcome) => settle({ about: 'discount', paymentId, attemptId, outcome }),
    removeDiscount: (paymentId) => removeDiscount(stepParts, paymentId),
    async refund(paymentId) {
      await startRefund(stepParts, methods, paymentId);
      parts.wakeReconciler?.();
    },
    settleRefund: (paymentId, attemptId, outcome, calls) => settle({ about: 'refund', paymentId, attemptId, outcome, calls }),
    async abandon(paymentId) {
      await abandon(stepParts, paymentId);
      parts.wakeReconciler?.();
    },
    cancel: (paymentId) => cancel(stepParts, paymentId),
    async recheck(paymentId) {
      const payment = await store.payment(paymentId);
      const moving = payment?.status === 'processing' || payment?.status === 'awaiting_customer';
      if (!moving || !payment.attemptId) return;
      await store.expediteCheck(payment.attemptId, clock.now());
      parts.wakeReconciler?.();
    },
    async expireDue(limit) {
      let failed = 0;
      for (;;) {
        // Those that fail stay the first that are due: whoever comes after them must not wait for that.
        const due = await store.paymentsPastExpiry(clock.now(), limit, failed);
        const failedBefore = failed;
        for (const { id } of due) {
          await expire(stepParts, id).catch((cause: unknown) => {
            failed += 1;
            parts.observer.failure('expire', cause);
          });
        }
        if (due.length < limit || failed - failedBefore < limit) return due.length;
      }
    },
    recoverAnswers: () => answers.recover(),
    pendingAnswers: () => answers.count(),
    stop: () => answers.stop(),
  };
}
