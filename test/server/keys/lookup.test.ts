/** After an exchange of the lookup key everything is found again that was stored under the one before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rememberIssued, wasIssuedHere } from '../../../server/methods/pay-code/codes.ts';
import { runIdempotent } from '../../../server/payments/http/idempotency.ts';
import type { NamedKey } from '../../../server/payments/sealer.ts';
import { createSealer } from '../../../server/payments/sealer.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const key = (id: string, fill: number): NamedKey => ({ id, bytes: Buffer.alloc(32, fill), readOnly: false });
const sealing = [key('0', 1)];
const old = createSealer({ sealing, lookup: [key('0', 1)] });
const exchanged = createSealer({ sealing, lookup: [key('n', 2), key('0', 1)] });
const forgotten = createSealer({ sealing, lookup: [key('n', 2)] });

for (const engine of engines) {
  describe(`an exchanged lookup key (${engine.name})`, { skip: engine.skip }, () => {
    let store: OpenStore;
    withTestBed(engine, openStore, (opened) => {
      store = opened;
    });

    it('lets a used Idempotency-Key be repeated', async () => {
      const use = (sealer: typeof old, paymentId: string) =>
        runIdempotent(
          { store, clock: store.clock },
          { scope: 'shop:create', key: 'key', fingerprints: sealer.fingerprints('body') },
          async () => paymentId,
        );
      assert.equal(await use(old, 'pay_1'), 'pay_1');
      assert.equal(await use(exchanged, 'pay_2'), 'pay_1');
      // What a key is for that was let go too early: the same request counts as another one.
      await assert.rejects(use(forgotten, 'pay_3'), /idempotency_conflict/);
    });

    it('still recognises a code that was shown here', async () => {
      const owner = { paymentId: 'pay_1', attemptId: 'att_1' };
      await rememberIssued({ store, sealer: old }, 'SHOWN001', owner, 1);
      await rememberIssued({ store, sealer: exchanged }, 'SHOWN002', owner, 1);
      for (const code of ['SHOWN001', 'SHOWN002']) assert.ok(await wasIssuedHere({ store, sealer: exchanged }, [code]), code);
      assert.ok(!(await wasIssuedHere({ store, sealer: exchanged }, ['OTHER001'])));
    });

    it('gives whoever guesses no new allowance, and takes a count back from where it is', async () => {
      const hit = (sealer: typeof old) => store.hitRateLimit('guess', sealer.fingerprints('203.0.113.7'), 1_000, 5_000);
      const count = async (now = 1_000) => (await store.readRateLimit('guess', exchanged.fingerprints('203.0.113.7'), now)).count;
      await hit(old);
      await hit(old);
      assert.deepEqual(await hit(exchanged), { count: 3, resetsAt: 6_000 });
      // Another process still writes under the key of before.
      await hit(old);
      assert.equal(await count(), 4);
      const refund = () => store.refundRateLimit('guess', exchanged.fingerprints('203.0.113.7'));
      await refund();
      await refund();
      assert.equal(await count(), 2);
      assert.equal(await count(6_000), 0, 'the window is over for all keys');
    });
  });
}
