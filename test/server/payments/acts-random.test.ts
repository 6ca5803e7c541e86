/**
 * People act at the worst moment: random money, outcomes and acts, some of them at the same time, on payments of one order. After
 * every step the sums are those of what is stored, the status follows from them, and the history leads to the present status. This
 * is the property test of the rules for decisions; `evidence.test.ts` has the one for evidence alone.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { type ActsTestBed, anna, ben, createActsTestBed } from '../../support/acts-test-bed.ts';
import { engines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const act = fc.record({
  do: fc.constantFrom('resolve', 'accept', 'reopen', 'dispose', 'byHand', 'refund', 'reverse', 'recheck'),
  pick: fc.nat(6),
  outcome: fc.constantFrom('paid', 'not_paid', 'returned'),
  disposition: fc.constantFrom('counted', 'moved', 'returned', 'void'),
  amount: fc.constantFrom(100_000, 200_000, due, 2 * due),
  second: fc.boolean(),
});
const world = fc.record({
  do: fc.constantFrom(
    'show',
    'tell',
    'card',
    'money',
    'doubt',
    'review',
    'unknown',
    'decline',
    'returned',
    'cancel',
    'pass',
    'new',
  ),
  pick: fc.nat(6),
  amount: fc.constantFrom(0, 100_000, 200_000, due, 2 * due),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
const Step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ world }) },
  { weight: 5, arbitrary: fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ world, acts: fc.array(act, { minLength: 1, maxLength: 1 }) }) },
);

const declined = (cause: unknown): void => assert.ok(cause instanceof ProblemError, String((cause as Error)?.stack ?? cause));

let pieces = 0;

async function live(bed: ActsTestBed, id: string, step: World): Promise<void> {
  const { payments, store } = bed;
  const attempts = await store.attempts(id);
  const attempt = attempts[step.pick % Math.max(1, attempts.length)];
  pieces += 1;
  const upstreamId = `piece-${pieces}`;
  switch (step.do) {
    case 'show':
      // A customer who is shown something leaves that first.
      await payments.abandon(id).catch(declined);
      return void (await bed.show(id).catch(declined));
    case 'tell':
      return void (await bed.submitNumber(id, `${pieces}0000000`).catch(declined));
    case 'card':
      return void (await bed.beginCard(id).catch(declined));
    case 'cancel':
      return payments.cancel(id).catch(declined);
    case 'pass':
      bed.clock.advance(step.pick > 3 ? 3_600_001 : 61_000);
      return void (await payments.expireDue(100));
    case 'new': {
      const payment = await store.payment(id);
      return void (await bed.pay(payment?.orderId).catch(declined));
    }
  }
  if (!attempt) return;
  if (step.do === 'money') return bed.paid(id, attempt.id, { upstreamId, amount: step.amount });
  if (step.do === 'doubt') return bed.doubtful(id, attempt.id, { upstreamId, amount: step.amount });
  if (step.do === 'returned') return payments.settleRefund(id, attempt.id, { kind: step.pick > 3 ? 'returned' : 'unknown' }, 9);
  if (attempt.status !== 'processing') return;
  const outcomes = {
    review: { kind: 'needs_review', why: 'test' },
    unknown: { kind: 'unknown' },
    decline: { kind: 'declined', decline: { code: 'provider_unavailable' } },
  } as const;
  return payments.settleAttempt(id, attempt.id, outcomes[step.do], 9);
}

async function decide(bed: ActsTestBed, id: string, step: Act): Promise<void> {
  const { acts, store } = bed;
  const by = step.second ? ben : anna;
  const attempts = await store.attempts(id);
  const attempt = attempts[step.pick % Math.max(1, attempts.length)];
  const evidence = await store.evidence(id);
  const row = evidence[step.pick % Math.max(1, evidence.length)];
  const payment = (await store.payment(id)) ?? assert.fail();
  const { version, orderId } = payment;
  const note = 'a reason';
  switch (step.do) {
    case 'resolve': {
      if (!attempt) return;
      const amount = step.outcome === 'not_paid' ? 0 : step.amount;
      const wanted = { outcome: step.outcome, attemptId: attempt.id, amount, currency: 'MMK', note, version } as const;
      return void (await acts.resolve(id, wanted, by).catch(declined));
    }
    case 'accept':
      return void (await acts.accept(id, { note, version }, by).catch(declined));
    case 'reopen':
      return void (await acts.reopen(id, { note, version }, by).catch(declined));
    case 'dispose': {
      if (!row) return;
      const { disposition } = step;
      const others = await store.paymentsOfOrder(payment.merchantId, orderId);
      const toPaymentId = others.find((other) => other.id !== id)?.id;
      const wanted = { upstreamId: row.upstreamId, disposition, note, version, ...(toPaymentId && { toPaymentId }) };
      return void (await acts.dispose(id, wanted, by).catch(declined));
    }
    case 'byHand': {
      const byHand = { amount: step.amount, currency: 'MMK', note };
      return void (await acts.refund(id, { byHand, version }, by).catch(declined));
    }
    case 'refund':
      return void (await acts.refund(id, {}, by).catch(declined));
    case 'reverse':
      if (row?.attemptId) await bed.reverse(id, { attemptId: row.attemptId, upstreamId: row.upstreamId });
      return;
    default:
      return acts.recheck(id).catch(declined);
  }
}

for (const engine of engines) {
  describe(`people who act at any moment (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    withTestBed(engine, createActsTestBed, (opened) => {
      bed = opened;
    });

    it('leave no payment whose status contradicts its money', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(Step, { minLength: 3, maxLength: 16 }), async (steps) => {
          const id = await bed.pay();
          for (const step of steps) {
            const work = [
              ...('world' in step ? [live(bed, id, step.world)] : []),
              ...('acts' in step ? step.acts.map((one) => decide(bed, id, one)) : []),
            ];
            await Promise.all(work);
            const payment = (await bed.store.payment(id)) ?? assert.fail();
            for (const { id: any } of await bed.store.paymentsOfOrder(payment.merchantId, payment.orderId)) {
              await bed.checked(any);
            }
            // What can be done next can always be told.
            await bed.acts.possible(id);
          }
        }),
        { numRuns: propertyRuns(engine.name === 'sqlite' ? 40 : 8), endOnFailure: true },
      );
    });
  });
}
