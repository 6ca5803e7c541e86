/**
 * The rules of money under random customers, faults and crashes: after every step what PayCodes really took is what the
 * payments say, and when the faults end every payment is settled.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { assertMoneyDecides } from '../../support/assert-money-decides.ts';
import { type AuditTrail, openAuditTrail } from '../../support/audit-trail.ts';
import { engines } from '../../support/engines.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type CallHolder, holdCalls } from '../../support/hold-calls.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const codes = ['GOOD0001', 'GOOD0002', 'LOST0001', 'RACE0001', 'USED0001', 'OLD00001', 'LOW00001', 'HIGH0001', 'NOSUCH01'];

const Payment = fc.integer({ min: 0, max: 2 });
const Step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('submit' as const), payment: Payment, code: fc.constantFrom(...codes) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      op: fc.constantFrom('get_code', 'use_code', '*'),
      when: fc.constantFrom('before', 'after'),
      kind: fc.constantFrom('timeout', 'reset', 'http500', 'html', 'malformed'),
      nth: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reconcile' as const), seconds: fc.constantFrom(1, 5, 60, 600) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), payment: Payment }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('abandon' as const), payment: Payment }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  // Calls to use a code are delayed in a queue, and delivered at a random time.
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('jam' as const, 'unjam' as const, 'deliver' as const) }) },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

for (const engine of engines) {
  describe(`the rules of money (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let testBed: PayCodeTestBed;
    let trail: AuditTrail;
    let simulator: PayCodesSimulator;
    let line: CallHolder;
    before(async () => {
      database = await engine.create();
      const clock = createFakeClock();
      simulator = await createPayCodesSimulator({ now: clock.now, slowMs: 10_000 });
      line = await holdCalls(simulator.url);
      const beside = { clock, sealingKey: randomBytes(32), simulator };
      testBed = await createPayCodeTestBed({ databaseUrl: database.url, timeoutMs: 60, beside, settings: { url: line.url } });
      trail = openAuditTrail(database.url);
    });
    after(async () => {
      await trail.close();
      await testBed.close();
      await line.close();
      await simulator.close();
      await database.drop();
    });

    it('hold under random customers, faults and crashes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(Step, { minLength: 1, maxLength: 14 }), async (steps) => {
          await control(testBed, 'reset', {});
          const ids = await Promise.all([0, 1, 2].map(() => testBed.pay({ expiresIn: 7200 })));
          for (const step of steps) {
            await take(testBed, line, ids, step);
            await assertLaw(testBed, ids, trail);
          }
          await control(testBed, 'faults', null);
          line.pass();
          await line.release();
          await arrived(line);
          const ended = await Promise.all(ids.map((id) => testBed.untilSettled(id)));
          for (let hours = 0; hours < 26; hours += 1) await testBed.later(3_600_000);
          await assertLaw(testBed, ids, trail);
          for (const { status } of ended) assert.notEqual(status, 'processing', 'a payment never came to an end');
          const evidence = await Promise.all(ids.map((id) => testBed.store.evidence(id)));
          assert.equal(ours(testBed).length, evidence.flat().length, 'money was taken that no payment knows of');
          assert.deepEqual(testBed.failures, []);
        }),
        { numRuns: propertyRuns(engine.name === 'sqlite' ? 120 : 40), endOnFailure: true, includeErrorInReport: true },
      );
    });
  });
}

async function take(testBed: PayCodeTestBed, line: CallHolder, ids: string[], step: Step): Promise<void> {
  const decline = (cause: unknown) => assert.ok(cause instanceof ProblemError, String(cause));
  switch (step.do) {
    case 'submit':
      await testBed.submit(ids[step.payment] ?? '', step.code).catch(decline);
      return;
    case 'fault':
      await control(testBed, 'faults', { op: step.op, when: step.when, kind: step.kind, nth: step.nth });
      return;
    case 'reconcile':
      await arrived(line);
      testBed.clock.advance(step.seconds * 1000);
      await testBed.reconciler.runOnce();
      return;
    case 'expire':
      await arrived(line);
      testBed.clock.advance(7_200_000);
      await testBed.reconciler.runOnce();
      return;
    case 'jam':
      return line.hold('use_code');
    case 'unjam':
      return line.pass();
    case 'deliver':
      return line.release();
    default:
      await testBed.payments[step.do](ids[step.payment] ?? '').catch(decline);
  }
}

/**
 * A call that timed out may still be in a socket. Longer delays are made by the test; all other calls have arrived before the
 * clock jumps, which a whole round trip after them ensures.
 */
async function arrived({ url }: CallHolder): Promise<void> {
  for (let trip = 0; trip < 2; trip += 1) await (await fetch(`${url}/_/faults`)).text();
}

/** The uses with one of our client ids. */
const ours = (testBed: PayCodeTestBed) => testBed.simulator.ledger().uses.filter(({ client }) => client.startsWith('pw:'));

async function assertLaw(testBed: PayCodeTestBed, ids: string[], trail: AuditTrail): Promise<void> {
  for (const id of ids) {
    await assertMoneyDecides(testBed.store, id);
    await trail.assertWhole(id);
    const payment = await testBed.store.payment(id);
    const attempts = await testBed.store.attempts(id);
    const evidence = await testBed.store.evidence(id);
    assert.ok(payment);
    const names = attempts.map((attempt) => `pw:${attempt.id}`);
    const taken = ours(testBed).filter(({ client }) => names.includes(client));
    assert.ok(taken.length <= 1, 'no double charge: one payment used two codes');
    if (payment.status === 'succeeded')
      assert.ok(evidence.reduce((sum, row) => sum + row.amount, 0) >= payment.amount, 'no false success');
    // A call that arrives after the end is found by a later read.
    const late = payment.status === 'expired' && attempts.some(({ nextCheckAt }) => nextCheckAt !== null);
    if (taken.length === 1)
      assert.ok(late || ['succeeded', 'processing'].includes(payment.status), `no lost payment: ${payment.status}`);
    if (payment.status === 'open') assert.equal(taken.length, 0, 'the truth: "not paid" was shown though the code was used');
    for (const attempt of attempts) {
      const calls = testBed.simulator
        .ledger()
        .calls.filter(({ method, client }) => method === 'use_code' && client === `pw:${attempt.id}`);
      const intents = await testBed.store.intents(attempt.id);
      assert.ok(calls.length <= intents.length, 'write ahead: a call without its intent');
      const needed = attempt.status === 'processing' || (attempt.status === 'declined' && attempt.nextCheckAt !== null);
      if (!needed) assert.equal(attempt.sealed, null, 'a code is kept only while it is needed');
    }
  }
}

async function control(testBed: PayCodeTestBed, what: 'reset' | 'faults', body: object | null): Promise<void> {
  const init = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { method: 'DELETE' };
  const response = await fetch(`${testBed.simulator.url}/_/${what}`, init);
  assert.ok(response.ok, `${what}: ${response.status}`);
}
