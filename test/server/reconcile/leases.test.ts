/**
 * The lease of an attempt: ten seconds after the process that worked on it has died another one goes on, and while that process lives and
 * works, nobody does, however long its call takes. On both engines, with a second process beside the first.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { openSession } from '../../../server/payments/attempts/attempt-session.ts';
import { engines } from '../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { waitFor } from '../../support/wait-for.ts';

const second = 1_000;

for (const engine of engines) {
  describe(`the lease of an attempt (${engine.name})`, { skip: engine.skip }, () => {
    let bed: PayCodeTestBed;
    /** On SQLite there is one process, so there both are the same. */
    let other: PayCodeTestBed;
    let drop: () => Promise<void>;
    before(async () => {
      const database = await engine.create();
      drop = database.drop;
      bed = await createPayCodeTestBed({ databaseUrl: database.url });
      other = engine.name === 'postgres' ? await createPayCodeTestBed({ databaseUrl: database.url, beside: bed }) : bed;
    });
    after(async () => {
      if (other !== bed) await other.close();
      await bed.close();
      await drop();
    });

    const begin = async () =>
      bed.payments.beginImmediate(await bed.pay(), { method: 'pay_code', lastCharacters: null, seal: () => '' });
    const use = (attemptId: string) => ({
      kind: 'charge' as const,
      amountDue: 2500,
      operation: 'use_code',
      upstream: 'paycodes',
      naturalKey: `pw:${attemptId}`,
      notes: { rule: 'demo-enter' },
    });
    const leaseUntil = async (id: string) => (await bed.store.attempt(id))?.leaseUntil ?? assert.fail();

    it('ends ten seconds after the last word of a process that has died, and another one goes on', async () => {
      const { id, paymentId } = await begin();
      bed.clock.advance(10 * second - 1);
      assert.equal(await other.reconciler.runOnce(), 0, 'too soon');
      bed.clock.advance(1);
      assert.equal(await other.reconciler.runOnce(), 1);
      const view = await other.payments.view(paymentId);
      assert.deepEqual([view.status, view.problem?.code], ['open', 'provider_unavailable']);
      // It was not dead, and stood still for so long: now it must not make its call.
      await assert.rejects(bed.payments.recordIntent(paymentId, id, use(id)), { code: 'payment_processing' });
    });

    it('lasts while the process works, through a call of a minute, and not a moment longer than it should', async (t) => {
      const { id, paymentId, ...attempt } = await begin();
      const session = openSession(bed.payments, { ...attempt, id, paymentId });
      const beat = heartbeat(t);
      let answer: () => void = () => undefined;
      const work = session.run(async () => {
        await session.recordIntent(use(id));
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        await session.settle({ kind: 'unknown' });
      });
      await waitFor(async () => (await bed.store.intents(id)).length === 1);
      for (let passed = 0; passed < 60; passed += 4) {
        bed.clock.advance(4 * second);
        beat();
        await waitFor(async () => (await leaseUntil(id)) === bed.clock.now() + 10 * second);
        assert.equal(await other.reconciler.runOnce(), 0, `after ${passed} s`);
      }
      answer();
      await work;
      // What is unknown is looked at soon, and no late renewal puts that off.
      await bed.store.renewLease('attempts', id, bed.clock.now(), bed.clock.now() + 10 * second);
      assert.equal(await leaseUntil(id), bed.clock.now() + 2 * second);
      // Nor does one that had read its clock before, and came to the row only now.
      const earlier = bed.clock.now() - 2 * second;
      await bed.store.renewLease('attempts', id, earlier, earlier + 10 * second);
      assert.equal(await leaseUntil(id), bed.clock.now() + 2 * second);
      beat();
      bed.clock.advance(2 * second);
      assert.equal(await other.reconciler.runOnce(), 1);
    });
  });
}

/** Returns what moves the intervals on by one renewal. */
function heartbeat(t: TestContext): () => void {
  t.mock.timers.enable({ apis: ['setInterval'] });
  return () => t.mock.timers.tick(2 * second);
}
