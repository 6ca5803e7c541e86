/** The test bed of `payments/` with people who act: operators, the merchant's server, and a payment service that can be read. */
import assert from 'node:assert/strict';
import type { PossibleAct, ResolvePayment } from '../../server/contract/operate.ts';
import { type Acts, createActs } from '../../server/payments/acts.ts';
import { createChangeNotifier, createUnitOfWork } from '../../server/payments/change-feed.ts';
import { ProblemError } from '../../server/payments/model/errors.ts';
import type { Actor } from '../../server/payments/model/operator-records.ts';
import type { Telemetry } from '../../server/payments/model/ports.ts';
import type { Reading } from '../../server/payments/model/reading.ts';
import type { PaymentRecord } from '../../server/payments/model/records.ts';
import { reversePayment } from '../../server/payments/review.ts';
import { assertMoneyDecides } from './assert-money-decides.ts';
import { createPaymentTestBed, due, type PaymentTestBed } from './payment-test-bed.ts';

export const anna: Actor = 'operator:anna';
export const ben: Actor = 'operator:ben';

/** For `assert.rejects`: the act is declined with this code, and a detail that matches. */
export const refusedWith =
  (code: string, detail = /./) =>
  (cause: unknown): boolean => {
    assert.ok(cause instanceof ProblemError, String(cause));
    assert.equal(cause.code, code, cause.extras.detail);
    assert.match(cause.extras.detail ?? '-', detail);
    return true;
  };

export interface ActsTestBed extends PaymentTestBed {
  acts: Acts;
  /** What the card service answers when it is read, by attempt. Without an entry nothing can be read. */
  readings: Map<string, Reading>;
  /** Above this a second person has to confirm; null by default. */
  threshold: number | null;
  /** A payment in review whose attempt is in doubt, by wallet or card. */
  inReview(method: 'wallet' | 'card'): Promise<{ id: string; attemptId: string }>;
  /** A payment by wallet with money that nobody has counted yet: a person must decide what it pays. */
  uncounted(): Promise<{ id: string; attemptId: string; upstreamId: string }>;
  /** A payment that a card has paid in full. */
  paidByCard(): Promise<{ id: string; attemptId: string }>;
  /** The payment as it is stored, after its sums, its history and the background work were found in order. */
  checked(id: string): Promise<PaymentRecord>;
  /** The payment service says that it has returned money. */
  reverse(id: string, what: { attemptId: string; upstreamId: string }): Promise<void>;
  version(id: string): Promise<number>;
  /** The body of a resolve of the payment as it is now. */
  resolution(id: string, attemptId: string, own?: Partial<ResolvePayment>): Promise<ResolvePayment>;
  possible(id: string): Promise<PossibleAct['act'][]>;
}

export async function createActsTestBed(databaseUrl: string): Promise<ActsTestBed> {
  const bed = await createPaymentTestBed(databaseUrl);
  const { store, clock, methods, payments } = bed;
  const readings: ActsTestBed['readings'] = new Map();
  const [, wallet, card] = methods;
  assert.ok(wallet?.method === 'wallet' && card?.method === 'card');
  Object.assign(wallet, {
    decisionKey: (_payment: unknown, attempt: { submittedReference: string | null }, upstreamId: string | null) => {
      const number = upstreamId ?? attempt.submittedReference;
      return number === null ? null : { account: 'wallets', key: `wavepay:${number}` };
    },
  });
  Object.assign(card, { readOutcome: async ({ attempt }: { attempt: { id: string } }) => readings.get(attempt.id) ?? null });
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (where, cause) => void bed.failures.push({ where, cause }),
  };
  const unit = createUnitOfWork({ store, clock, changes: createChangeNotifier(), observer });
  const made: ActsTestBed = Object.assign(bed, {
    readings,
    threshold: null as number | null,
    acts: createActs({
      ...unit,
      methods,
      payments,
      settleAttempt: payments.settleAttempt,
      merchant: (id) => ({
        id,
        name: id,
        test: true,
        allowedOrigins: [],
        fourEyesAbove: made.threshold === null ? undefined : { MMK: made.threshold },
      }),
    }),
    async inReview(method: 'wallet' | 'card') {
      const id = await bed.pay();
      if (method === 'wallet') await bed.show(id);
      const number = `${Math.floor(Math.random() * 1e12)}`;
      const attempt = method === 'wallet' ? await bed.submitNumber(id, number) : await bed.beginCard(id);
      await payments.settleAttempt(id, attempt.id, { kind: 'needs_review', why: 'the answer was lost' }, 9);
      return { id, attemptId: attempt.id };
    },
    async uncounted() {
      const id = await bed.pay();
      await bed.show(id);
      const attempt = await bed.submitNumber(id, `${Math.random()}`.slice(2, 12));
      await bed.doubtful(id, attempt.id);
      return { id, attemptId: attempt.id, upstreamId: attempt.id };
    },
    async paidByCard() {
      const id = await bed.pay();
      const attempt = await bed.beginCard(id);
      await bed.paid(id, attempt.id);
      return { id, attemptId: attempt.id };
    },
    async checked(id: string) {
      await assertMoneyDecides(store, id);
      await bed.trail.assertWhole(id);
      assert.deepEqual(bed.failures, []);
      return (await store.payment(id)) ?? assert.fail();
    },
    reverse: (id: string, what: { attemptId: string; upstreamId: string }) => reversePayment(unit, id, what),
    version: async (id: string) => (await store.payment(id))?.version ?? assert.fail(),
    resolution: async (id: string, attemptId: string, own: Partial<ResolvePayment> = {}) => ({
      outcome: 'paid' as const,
      attemptId,
      amount: own.outcome === 'not_paid' ? 0 : due,
      currency: 'MMK',
      note: 'seen in the cabinet',
      version: await made.version(id),
      ...own,
    }),
    possible: async (id: string) => (await made.acts.possible(id)).map(({ act }) => act),
  });
  return made;
}
