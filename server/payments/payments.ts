/**
 * The use cases of a payment, bound to their dependencies. Routes, methods and the reconciler change payments only through
 * these.
 */
import type { ChangePayment, CreatePayment, Payment, PaymentView } from '#contract';
import { secondPayment } from './attempts/admission.ts';
import { leaseMs } from './attempts/attempt-session.ts';
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
import { fullPayment, type UnitOfWork } from './attempts/update-payment.ts';
import { createUnitOfWork } from './change-feed.ts';
import { changePayment } from './change-payment.ts';
import { abandon, cancel, expire, readNow } from './close-payment.ts';
import { addClientSecret, createPayment } from './create-payment.ts';
import { retryBriefly } from './model/errors.ts';
import type { ChangeNotifier, Clock, Merchant, MethodPort, NewIntent, Outcome, RefundOutcome, Telemetry } from './model/ports.ts';
import type { AttemptInFlight, IntentRecord, PaymentRecord, WaitingAttempt } from './model/records.ts';
import type { Queries, Store } from './model/store.ts';
import type { WebhookWishes } from './model/webhook-queries.ts';
import { paymentView } from './payment-views.ts';
import { type AnswerFiles, createPendingAnswers } from './pending-answers.ts';
import { type RefundRequest, settleRefund, startRefund } from './refunds.ts';

export interface PaymentsDeps extends WebhookWishes {
  store: Store;
  clock: Clock;
  changes: ChangeNotifier;
  methods: readonly MethodPort[];
  merchant(id: string): Merchant;
  observer: Telemetry;
  /** Where answers that the store could not take outlive the process. Without it they are kept in memory only. */
  answerFiles?: AnswerFiles;
  /** Called after each commit that may have left a webhook to send. */
  wakeSender?(): void;
  /** Called when an attempt should be checked now. */
  wakeReconciler?(): void;
}

export interface Payments {
  /** Creates the payment of an order, or finds the existing one. Returns its id. Throws what `createPayment` throws. */
  create(merchant: Merchant, wanted: CreatePayment, link?: { mostInDay: number }): Promise<string>;
  /** Changes a payment that nobody is paying. Throws what `changePayment` throws. */
  change(merchant: Merchant, paymentId: string, wanted: ChangePayment): Promise<void>;
  addClientSecret(paymentId: string): Promise<string>;
  /** Null for an unknown payment, and also for a payment of another merchant. */
  read(merchantId: string, paymentId: string): Promise<Payment | null>;
  list(merchantId: string, filter: Parameters<Queries['listPayments']>[1]): Promise<Payment[]>;
  /** The payment as its customer sees it. Throws `not_found`. */
  view(paymentId: string): Promise<PaymentView>;
  /** The view as soon as its version is greater than `since`, else the view after `waitMs` milliseconds. */
  follow(paymentId: string, since: number, waitMs: number, signal?: AbortSignal): Promise<PaymentView>;
  /** Opens an attempt that calls upstream at once. */
  beginImmediate(paymentId: string, wanted: NewAttempt): Promise<AttemptInFlight>;
  /** Opens an attempt that waits until the customer has done what it shows. */
  showInstructions(paymentId: string, wanted: Instructions): Promise<WaitingAttempt>;
  /** The customer submits what they have done, in time or up to seven days late. */
  acceptSubmission(paymentId: string, submitted: SubmittedReference): Promise<AttemptInFlight>;
  /** The live attempt goes on, because the customer has done what it showed. */
  continueAttempt(paymentId: string, wanted: Continuation): Promise<AttemptInFlight>;
  /** Stores what an attempt in flight needs from now on, encrypted by the caller. */
  storeSecret(paymentId: string, attemptId: string, secret: Parameters<typeof storeSecret>[3]): Promise<AttemptInFlight>;
  /** Records a call before it is made. */
  recordIntent(paymentId: string, attemptId: string, wanted: NewIntent): Promise<IntentRecord>;
  /** Records a call that is made at most once and moves no money. Null if it may have been made already. */
  recordSideEffectOnce(
    paymentId: string,
    attemptId: string,
    call: Parameters<typeof recordSideEffectOnce>[3],
  ): Promise<IntentRecord | null>;
  /**
   * Stores what became of an attempt. Methods do this through an attempt session (`openSession`), which counts their calls.
   * @param calls Of how many recorded calls of the attempt the outcome speaks.
   */
  settleAttempt(paymentId: string, attemptId: string, outcome: Outcome, calls: number): Promise<void>;
  renewLease(attemptId: string): Promise<void>;
  /** Records the call that redeems the discount code, before it is made. */
  recordDiscountRedemption(
    paymentId: string,
    discountId: string,
    call: Parameters<typeof recordDiscountRedemption>[3],
  ): Promise<IntentRecord>;
  finishDiscountRedemption(paymentId: string, discountId: string, outcome: DiscountOutcome): Promise<void>;
  /** Throws `discount_taken` if the code is redeemed or may be. */
  removeDiscount(paymentId: string): Promise<void>;
  /** Starts the refund of the whole payment. Throws what `startRefund` throws. @param unit By what it is written; its own by default. */
  refund(paymentId: string, request?: RefundRequest, unit?: UnitOfWork): Promise<void>;
  settleRefund(paymentId: string, attemptId: string, outcome: RefundOutcome, calls: number): Promise<void>;
  /** Ends the live attempt. Throws `payment_processing` while a call is in flight. */
  abandon(paymentId: string): Promise<void>;
  /** Ends the payment. Throws `payment_processing` while money may be moving or has moved. */
  cancel(paymentId: string): Promise<void>;
  /** Checks the attempt upstream now and not only at the next planned time. */
  recheck(paymentId: string): Promise<void>;
  /** Expires payments whose time is over, `limit` of them at a time. Returns how many were due in the last round. */
  expireDue(limit: number): Promise<number>;
  /** Stores the answers that an earlier process could not store. */
  recoverAnswers(): Promise<void>;
  /** How many answers are not stored yet. */
  pendingAnswers(): number;
  /** Ends the work in the background. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks at the store while `follow` waits: changes by other processes notify nobody here. */
const pollStoreMs = 1_000;

export function createPayments(deps: PaymentsDeps): Payments {
  const { store, clock, changes, methods } = deps;
  const unitOfWork = createUnitOfWork(deps);
  const answerWork = { ...unitOfWork, answer: true };
  const answers = createPendingAnswers({
    files: deps.answerFiles ?? null,
    observer: deps.observer,
    async apply(answer) {
      const { paymentId, attemptId } = answer;
      if (answer.about === 'refund') return settleRefund(answerWork, paymentId, attemptId, answer.outcome, answer.calls);
      const method =
        answer.about === 'attempt'
          ? await settleAttempt(answerWork, paymentId, attemptId, answer.outcome, answer.calls)
          : await finishDiscountRedemption(answerWork, paymentId, attemptId, answer.outcome);
      if (method) deps.observer.attempt(method, answer.about === 'attempt' ? answer.outcome.kind : 'paid');
      // The money is stored. A count that stays because this fails only makes the customer wait later.
      if (answer.about === 'attempt' && answer.outcome.kind === 'paid')
        await store.giveBackCounts(attemptId).catch((cause: unknown) => deps.observer.failure('tries', cause));
    },
  });
  const { settle } = answers;

  const current = (paymentId: string): Promise<PaymentRecord> =>
    readNow(
      unitOfWork,
      () => store.payment(paymentId),
      (payment) => payment,
    );

  const viewOf = async (paymentId: string): Promise<PaymentView> => {
    // One query for both, since this is what customers ask for most.
    const { payment, attempts } = await readNow(
      unitOfWork,
      () => store.paymentWithAttempts(paymentId),
      (found) => found.payment,
    );
    const merchant = deps.merchant(payment.merchantId);
    const applicable = methods.filter(
      (port) => payment.methods.includes(port.method) && port.offers(merchant.id, payment.currency),
    );
    const entries = payment.status === 'open' ? await Promise.all(applicable.map((port) => port.entryAction(payment))) : [];
    const second = payment.status === 'open' ? await secondPayment(store, payment, attempts, clock.now()) : null;
    const attempt = attempts.find(({ id }) => id === payment.attemptId);
    const port = methods.find(({ method }) => method === attempt?.method);
    const shown = attempt ? (port?.reveal ? port.reveal(attempt) : attempt.action) : null;
    const held = (await store.restoreHold()) !== null;
    const now = clock.now();
    const names = applicable.map(({ method }) => method);
    const parts = { payment, attempts, merchant, methods: names, shown, entries };
    return paymentView({ ...parts, secondPayment: second, held, now });
  };

  return {
    async create(merchant, wanted, link) {
      const existing = await store.paymentOfOrder(merchant.id, wanted.orderId);
      // Its time may be over although nobody has noticed yet. Then it expires now, and its order is free for a new payment.
      if (existing) await current(existing.id);
      return (await createPayment(deps, merchant, wanted, link)).id;
    },
    change: (merchant, paymentId, wanted) => changePayment(unitOfWork, merchant, paymentId, wanted),
    addClientSecret: (paymentId) => addClientSecret(store, paymentId, clock.now()),
    read: (merchantId, paymentId) =>
      store.snapshot(async (tx) => {
        const payment = await tx.paymentOfMerchant(merchantId, paymentId);
        return payment && fullPayment(payment, tx);
      }),
    list: (merchantId, filter) =>
      store.snapshot(async (tx) => {
        const found: Payment[] = [];
        for (const payment of await tx.listPayments(merchantId, filter)) found.push(await fullPayment(payment, tx));
        return found;
      }),
    view: viewOf,
    async follow(paymentId, since, waitMs, signal) {
      const until = performance.now() + waitMs;
      for (;;) {
        const payment = await current(paymentId);
        const left = until - performance.now();
        if (payment.version > since || left <= 0 || signal?.aborted || changes.closed) return viewOf(payment.id);
        await changes.waitForChange(paymentId, Math.min(left, pollStoreMs), signal);
      }
    },
    beginImmediate: (paymentId, wanted) => beginImmediate(unitOfWork, paymentId, wanted),
    showInstructions: (paymentId, wanted) => showInstructions(unitOfWork, paymentId, wanted),
    acceptSubmission: (paymentId, submitted) => acceptSubmission(unitOfWork, paymentId, submitted),
    continueAttempt: (paymentId, wanted) => continueAttempt(unitOfWork, paymentId, wanted),
    storeSecret: (paymentId, attemptId, secret) => retryBriefly(() => storeSecret(answerWork, paymentId, attemptId, secret)),
    recordIntent: (paymentId, attemptId, wanted) => retryBriefly(() => recordIntent(unitOfWork, paymentId, attemptId, wanted)),
    recordSideEffectOnce: (paymentId, attemptId, call) => recordSideEffectOnce(unitOfWork, paymentId, attemptId, call),
    settleAttempt: (paymentId, attemptId, outcome, calls) => settle({ about: 'attempt', paymentId, attemptId, outcome, calls }),
    renewLease: (attemptId) => store.renewLease('attempts', attemptId, clock.now(), clock.now() + leaseMs),
    recordDiscountRedemption: (paymentId, discountId, call) =>
      retryBriefly(() => recordDiscountRedemption(unitOfWork, paymentId, discountId, call)),
    finishDiscountRedemption: (paymentId, id, outcome) => settle({ about: 'discount', paymentId, attemptId: id, outcome }),
    removeDiscount: (paymentId) => removeDiscount(unitOfWork, paymentId),
    async refund(paymentId, request = {}, unit = unitOfWork) {
      await startRefund(unit, methods, paymentId, request);
      deps.wakeReconciler?.();
    },
    settleRefund: (paymentId, attemptId, outcome, calls) => settle({ about: 'refund', paymentId, attemptId, outcome, calls }),
    async abandon(paymentId) {
      await abandon(unitOfWork, paymentId);
      deps.wakeReconciler?.();
    },
    cancel: (paymentId) => cancel(unitOfWork, paymentId),
    async recheck(paymentId) {
      const payment = await store.payment(paymentId);
      const moving = payment?.status === 'processing' || payment?.status === 'awaiting_customer';
      if (!moving || !payment.attemptId) return;
      await store.expediteCheck(payment.attemptId, clock.now());
      deps.wakeReconciler?.();
    },
    async expireDue(limit) {
      let failed = 0;
      for (;;) {
        // Payments that fail to expire stay the first that are due. They are left out, so that the others do not wait for them.
        const due = await store.paymentsPastExpiry(clock.now(), limit, failed);
        const failedBefore = failed;
        for (const { id } of due) {
          await expire(unitOfWork, id).catch((cause: unknown) => {
            failed += 1;
            deps.observer.failure('expire', cause);
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
