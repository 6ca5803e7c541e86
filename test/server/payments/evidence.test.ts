/**
 * Money is accepted in every status: each status with each kind of evidence, and then random sequences for one payment. After
 * every step the evidence is stored, what is paid is the sum of it, the status is what the table of the README says, the merchant
 * got its webhooks, and the audit trail leads to the present status.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PaymentStatus } from '../../../server/contract/index.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import type { PaymentRecord } from '../../../server/payments/model/records.ts';
import { assertMoneyDecides } from '../../support/assert-money-decides.ts';
import { usualEngines } from '../../support/engines.ts';
import { createPaymentTestBed, due, type PaymentTestBed } from '../../support/payment-test-bed.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const kinds = ['enough', 'short', 'surplus', 'nothing', 'doubtful', 'foreign', 'again'] as const;
type Kind = (typeof kinds)[number];
/** The attempt of the evidence: an old one that is still polled, or the newest. */
const targets = ['old', 'newest'] as const;

const amounts: Partial<Record<Kind, number>> = { enough: due, short: 200_000, surplus: 2 * due, nothing: 0 };

/** Brings a new payment to a status. @returns The attempt that is polled and the newest one. */
async function reach(testBed: PaymentTestBed, status: PaymentStatus): Promise<{ id: string; old: string; newest: string }> {
  const { payments } = testBed;
  const id = await testBed.pay();
  const old = (await testBed.lookedFor(id)).id;
  if (status === 'open') return { id, old, newest: old };
  if (status === 'canceled' || status === 'expired') {
    if (status === 'canceled') await payments.cancel(id);
    else testBed.clock.advance(3_600_000);
    await payments.view(id);
    // A late number, which is in flight beside a payment that is over.
    return { id, old, newest: (await testBed.submitNumber(id, '2222222222')).id };
  }
  await testBed.show(id);
  const newest = (await testBed.store.attempts(id)).at(-1)?.id ?? assert.fail();
  if (status === 'awaiting_customer') return { id, old, newest };
  await testBed.submitNumber(id, '3333333333');
  if (status === 'processing') return { id, old, newest };
  if (status === 'needs_review') await payments.settleAttempt(id, newest, { kind: 'needs_review', why: 'test' }, 0);
  else await testBed.paid(id, newest, { amount: status === 'underpaid' ? 200_000 : due });
  if (status === 'refunding' || status === 'refunded') await payments.refund(id);
  if (status === 'refunded') await payments.settleRefund(id, newest, { kind: 'returned' }, 0);
  return { id, old, newest };
}

interface Before {
  payment: PaymentRecord;
  /** Whether money that a person must assign has arrived before. */
  doubt: boolean;
  returned: boolean;
  /** Whether the answer of the attempt in flight is lost. */
  lost: boolean;
}

/** The table once more, written by hand from the documents. */
function expected({ payment, doubt, returned, lost }: Before, attemptId: string, amount: number | null): PaymentStatus {
  const { status, amountPaid } = payment;
  if (status === 'succeeded' || status === 'refunding') return status;
  if (status === 'refunded') return 'needs_review';
  const waitsForAnother = status === 'processing' && payment.attemptId !== attemptId;
  // Money that a person has to assign does not wait for an answer that is lost, since that may take a week.
  if (amount === null) return waitsForAnother && !lost ? 'processing' : 'needs_review';
  if (status === 'needs_review' && (returned || amountPaid >= due)) return 'needs_review';
  if (amountPaid + amount >= due) return 'succeeded';
  if (waitsForAnother) return 'processing';
  return doubt ? 'needs_review' : 'underpaid';
}

/** The webhook that the merchant gets; null where the payment waits. */
function webhook(was: PaymentRecord, is: PaymentRecord): string | null {
  if (is.status === 'processing') return null;
  const surplus = was.status === is.status && (is.status === 'succeeded' || is.status === 'refunding');
  return surplus ? 'payment.overpaid' : `payment.${is.status}`;
}

let pieces = 0;

/** Applies one piece of evidence and checks everything that must hold after it. */
async function give(testBed: PaymentTestBed, id: string, attemptId: string, kind: Kind): Promise<void> {
  const was = (await testBed.store.payment(id)) ?? assert.fail();
  const known = await testBed.store.evidence(id);
  const earlier = await testBed.trail.webhooks(id);
  const attempts = await testBed.store.attempts(id);
  const doubt = known.some(({ counted }) => !counted);
  const returned = attempts.some(({ status }) => status === 'refunded' || status === 'refunding');
  const lost = attempts.some((one) => one.id === was.attemptId && one.status === 'processing' && one.unknownSince !== null);
  pieces += 1;
  const same = kind === 'again' ? known.find((row) => row.attemptId === attemptId) : undefined;
  if (kind === 'again' && !same) return;
  const upstreamId = same?.upstreamId ?? `piece-${pieces}`;
  // Another amount would be news where nobody has counted the money yet.
  const amount = (same?.counted === false ? same.amount : amounts[kind]) ?? due;
  const currency = kind === 'foreign' ? 'PLN' : same?.counted === false ? same.currency : undefined;
  if (kind === 'doubtful') await testBed.doubtful(id, attemptId, { upstreamId });
  else await testBed.paid(id, attemptId, { upstreamId, amount, ...(currency && { currency }) });

  const is = (await testBed.store.payment(id)) ?? assert.fail();
  const evidence = await testBed.store.evidence(id);
  const webhooks = (await testBed.trail.webhooks(id)).slice(earlier.length);
  if (kind === 'again') {
    assert.equal(evidence.length, known.length, 'the same money was counted twice');
    assert.deepEqual([is.status, is.amountPaid, webhooks], [was.status, was.amountPaid, []]);
    return;
  }
  const row = evidence.find((one) => one.upstreamId === upstreamId);
  const counts = kind !== 'doubtful' && kind !== 'foreign';
  assert.deepEqual([row?.attemptId, row?.counted, row?.amount], [attemptId, counts, amount], 'the evidence is not stored');
  assert.equal(
    is.status,
    expected({ payment: was, doubt, returned, lost }, attemptId, counts ? amount : null),
    `${was.status} and ${kind}`,
  );
  assert.equal(is.paidLate, was.paidLate || was.status === 'canceled' || was.status === 'expired');
  // Evidence of the amount 0 that changes nothing causes no webhook.
  const news = was.status !== is.status || !counts || amount > 0;
  const expectedWebhook = news ? webhook(was, is) : null;
  assert.deepEqual(webhooks, expectedWebhook ? [expectedWebhook] : [], `told of ${was.status} and ${kind}`);
  if (is.status === 'succeeded') assert.notEqual(is.paidAt, null);
}

/** Checks what always holds for a payment. */
async function assertLaw(testBed: PaymentTestBed, id: string): Promise<void> {
  const payment = (await testBed.store.payment(id)) ?? assert.fail();
  await assertMoneyDecides(testBed.store, id);
  const live = (await testBed.store.attempts(id)).filter(({ status }) => status === 'awaiting_customer').length;
  assert.equal(live, payment.status === 'awaiting_customer' ? 1 : 0);
  await testBed.trail.assertWhole(id);
  assert.deepEqual(testBed.failures, [], 'a use case had overlooked money');
}

const Step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('money' as const), pick: fc.nat(6), kind: fc.constantFrom(...kinds) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('show' as const, 'tell' as const, 'card' as const, 'card' as const) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('conclude' as const),
      pick: fc.nat(6),
      what: fc.constantFrom('declined', 'corrected', 'unconfirmed', 'action', 'abandoned', 'unknown', 'review'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('abandon' as const, 'cancel' as const, 'refund' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('returned' as const), pick: fc.nat(6), kept: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(60_000, 3_600_001) }) },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

async function take(testBed: PaymentTestBed, id: string, step: Step): Promise<void> {
  const { payments, store } = testBed;
  const decline = (cause: unknown) => assert.ok(cause instanceof ProblemError, String(cause));
  const attempts = await store.attempts(id);
  const attempt = 'pick' in step ? attempts[step.pick % Math.max(1, attempts.length)] : undefined;
  switch (step.do) {
    case 'show':
      await testBed.show(id).catch(decline);
      return;
    case 'tell':
      await testBed.submitNumber(id, `${attempts.length}000000000`).catch(decline);
      return;
    case 'card':
      await testBed.beginCard(id).catch(decline);
      return;
    case 'pass':
      testBed.clock.advance(step.ms);
      await payments.expireDue(100);
      return;
    case 'money':
      if (attempt) await give(testBed, id, attempt.id, step.kind);
      return;
    case 'returned':
      if (attempt)
        await payments.settleRefund(id, attempt.id, step.kept ? { kind: 'kept', why: 'test' } : { kind: 'returned' }, 9);
      return;
    case 'conclude': {
      const refused = { code: 'provider_unavailable' } as const;
      if (attempt?.status !== 'processing') return;
      const outcomes = {
        declined: { kind: 'declined', decline: refused },
        corrected: { kind: 'correction_requested', decline: refused, unconfirmed: false },
        unconfirmed: { kind: 'correction_requested', decline: refused, unconfirmed: true },
        action: { kind: 'action_required', action: { kind: 'enter_code' }, problem: null, pollInMs: 3_000 },
        abandoned: { kind: 'abandoned' },
        unknown: { kind: 'unknown' },
        review: { kind: 'needs_review', why: 'test' },
      } as const;
      await payments.settleAttempt(id, attempt.id, outcomes[step.what as keyof typeof outcomes], 9);
      return;
    }
    default:
      await payments[step.do](id).catch(decline);
  }
}

for (const engine of usualEngines) {
  describe(`evidence of money (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PaymentTestBed;
    withTestBed(engine, createPaymentTestBed, (opened) => {
      testBed = opened;
    });

    for (const status of PaymentStatus.options) {
      it(`is accepted where the payment is ${status}`, async () => {
        for (const kind of kinds) {
          for (const target of targets) {
            const reached = await reach(testBed, status);
            assert.equal((await testBed.store.payment(reached.id))?.status, status);
            await give(testBed, reached.id, reached[target], kind);
            await assertLaw(testBed, reached.id);
            // The same evidence once more, and then the whole amount.
            for (const next of ['again', 'enough'] as const) await give(testBed, reached.id, reached[target], next);
            await assertLaw(testBed, reached.id);
          }
        }
      });
    }

    it('is accepted where a smaller amount was accepted as sufficient', async () => {
      const id = await testBed.pay();
      const attempt = await testBed.beginCard(id);
      await testBed.paid(id, attempt.id, { amount: 200_000 });
      const payment = (await testBed.store.payment(id)) ?? assert.fail();
      await testBed.store.updatePayment({ ...payment, status: 'succeeded', version: payment.version + 1 });
      await testBed.paid(id, attempt.id, { amount: 100_000, upstreamId: 'the rest' });
      const { status, amountPaid } = await testBed.payments.view(id);
      assert.deepEqual([status, amountPaid], ['succeeded', 300_000]);
      assert.deepEqual(await testBed.trail.webhooks(id), ['payment.underpaid', 'payment.overpaid']);
    });

    it('is never lost in a random sequence of events', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(Step, { minLength: 4, maxLength: 18 }), async (steps) => {
          const id = await testBed.pay();
          await testBed.lookedFor(id);
          for (const one of steps) {
            await take(testBed, id, one);
            await assertLaw(testBed, id);
          }
        }),
        { numRuns: propertyRuns(engine.name === 'sqlite' ? 80 : 15), endOnFailure: true },
      );
    });
  });
}
