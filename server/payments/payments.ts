/** The use cases of a payment, bound to their parts. Routes, methods and the reconciler call these and nothing below. */
import type { CreatePayment, Payment, PaymentView } from '#contract';
import { secondPayment } from './attempts/admission.ts';
import { commitBurn, type DiscountOutcome, removeDiscount, settleDiscount } from './attempts/discount.ts';
import {
  beginAttempt,
  type LiveAttempt,
  type NewAttempt,
  type Resumption,
  resumeAttempt,
  startAttempt,
  submitAttempt,
  type Told,
} from './attempts/open-attempt.ts';
import { commitBeside, commitIntent, keepSealed } from './attempts/record-intent.ts';
import { conclude } from './attempts/settle-attempt.ts';
import type { Changes } from './change-feed.ts';
import { abandon, cancel, expire } from './close-payment.ts';
import { addClientSecret, createPayment } from './create-payment.ts';
import { merchantPayment } from './model/merchant-view.ts';
import type { NewIntent, Outcome, RefundOutcome } from './model/outcome.ts';
import type { Clock, ListFilter, Merchant, MethodPort, Observer, Queries, Store } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord } from './model/records.ts';
import { patiently } from './model/store-unavailable.ts';
import { paymentView } from './payment-views.ts';
import { type Answer, type AnswerFiles, createPendingAnswers } from './pending-answers.ts';
import { concludeRefund, startRefund } from './refunds.ts';

export interface PaymentsParts {
  store: Store;
  clock: Clock;
  changes: Changes;
  methods: readonly MethodPort[];
  merchant(id: string): Merchant;
  observer: Observer;
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
  begin(paymentId: string, wanted: NewAttempt): Promise<AttemptRecord>;
  /** Shows the customer what to do; the attempt waits. */
  start(paymentId: string, wanted: LiveAttempt): Promise<AttemptRecord>;
  /** The customer has done it, in time or up to seven days late. */
  submit(paymentId: string, told: Told): Promise<AttemptRecord>;
  /** The customer has done what the live attempt asked for; it goes on. */
  resume(paymentId: string, wanted: Resumption): Promise<AttemptRecord>;
  /** Puts away what an attempt in flight has to know from now on. */
  keepSealed(paymentId: string, attemptId: string, kept: Parameters<typeof keepSealed>[3]): Promise<AttemptRecord>;
  commitIntent(paymentId: string, attemptId: string, wanted: NewIntent): Promise<IntentRecord>;
  /** A call beside the payment, once at most; null where it may have been made. */
  commitBeside(paymentId: string, attemptId: string, call: Parameters<typeof commitBeside>[3]): Promise<IntentRecord | null>;
  /** `calls`: of how many spending calls of this attempt the outcome speaks. */
  conclude(paymentId: string, attemptId: string, outcome: Outcome, calls: number): Promise<void>;
  /** Writes down that the discount code is used, before it is. */
  commitBurn(paymentId: string, attemptId: string, call: Parameters<typeof commitBurn>[3]): Promise<IntentRecord>;
  settleDiscount(paymentId: string, attemptId: string, outcome: DiscountOutcome): Promise<void>;
  removeDiscount(paymentId: string): Promise<void>;
  /** Gives the money back; throws `refund_unsupported`, or `payment_processing` where nothing is paid. */
  refund(paymentId: string): Promise<void>;
  concludeRefund(paymentId: string, attemptId: string, outcome: RefundOutcome, calls: number): Promise<void>;
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
const lookAgainMs = 1_000;

export function createPayments(parts: PaymentsParts): Payments {
  const { store, clock, changes, methods } = parts;
  const stepParts = {
    store,
    clock,
    changed(paymentId: string) {
      changes.tell(paymentId);
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
      if (answer.about === 'refund') return concludeRefund(answerParts, paymentId, attemptId, answer.outcome, answer.calls);
      const method =
        answer.about === 'attempt'
          ? await conclude(answerParts, paymentId, attemptId, answer.outcome, answer.calls)
          : await settleDiscount(answerParts, paymentId, attemptId, answer.outcome);
      if (method) parts.observer.attempt(method, answer.about === 'attempt' ? answer.outcome.kind : 'paid');
    },
  });
  const settle = (answer: Answer) => answers.settle(answer);

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
        await changes.wait(paymentId, Math.min(left, lookAgainMs), signal);
      }
    },
    begin: (paymentId, wanted) => beginAttempt(stepParts, paymentId, wanted),
    start: (paymentId, wanted) => startAttempt(stepParts, paymentId, wanted),
    submit: (paymentId, told) => submitAttempt(stepParts, paymentId, told),
    resume: (paymentId, wanted) => resumeAttempt(stepParts, paymentId, wanted),
    keepSealed: (paymentId, attemptId, kept) => patiently(() => keepSealed(answerParts, paymentId, attemptId, kept)),
    commitIntent: (paymentId, attemptId, wanted) => patiently(() => commitIntent(stepParts, paymentId, attemptId, wanted)),
    commitBeside: (paymentId, attemptId, call) => commitBeside(stepParts, paymentId, attemptId, call),
    conclude: (paymentId, attemptId, outcome, calls) => settle({ about: 'attempt', paymentId, attemptId, outcome, calls }),
    commitBurn: (paymentId, attemptId, call) => patiently(() => commitBurn(stepParts, paymentId, attemptId, call)),
    settleDiscount: (paymentId, attemptId, outcome) => settle({ about: 'discount', paymentId, attemptId, outcome }),
    removeDiscount: (paymentId) => removeDiscount(stepParts, paymentId),
    async refund(paymentId) {
      await startRefund(stepParts, methods, paymentId);
      parts.wakeReconciler?.();
    },
    concludeRefund: (paymentId, attemptId, outcome, calls) => settle({ about: 'refund', paymentId, attemptId, outcome, calls }),
    async abandon(paymentId) {
      await abandon(stepParts, paymentId);
      parts.wakeReconciler?.();
    },
    cancel: (paymentId) => cancel(stepParts, paymentId),
    async recheck(paymentId) {
      const payment = await store.payment(paymentId);
      const moving = payment?.status === 'processing' || payment?.status === 'awaiting_customer';
      if (!moving || !payment.attemptId) return;
      await store.checkSoon(payment.attemptId, clock.now());
      parts.wakeReconciler?.();
    },
    async expireDue(limit) {
      let failed = 0;
      for (;;) {
        // Those that fail stay the first that are due: whoever comes after them must not wait for that.
        const due = await store.duePayments(clock.now(), limit, failed);
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
