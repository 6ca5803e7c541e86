/** Claims, the same on both engines: of many payments that claim a key one gets it, and no contest of another is lost. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClaimRecord } from '../../../server/payments/model/records.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

let things = 0;
function claim(own: Partial<ClaimRecord> = {}): ClaimRecord {
  things += 1;
  const ids = { paymentId: 'pay_mine', attemptId: `att_${things}` };
  return { account: 'a', key: `wavepay:${things}`, ...ids, status: 'active', contested: false, claimedAt: 1, ...own };
}

for (const engine of engines) {
  describe(`a claim (${engine.name})`, { skip: engine.skip }, () => {
    let store: OpenStore;
    withTestBed(engine, openStore, (opened) => {
      store = opened;
    });

    it('is held by one of many concurrent payments', async () => {
      const mine = claim();
      const many = Array.from({ length: 8 }, (_, place) => ({ ...mine, attemptId: `att_many${place}` }));
      const had = await Promise.all(many.map((one) => store.transaction((tx) => tx.claim(one))));
      assert.equal(had.filter(Boolean).length, 1);
    });

    it('that was released is free, and still marked as contested if it was', async () => {
      const mine = claim();
      await store.claim(mine);
      await store.updateClaim({ ...mine, status: 'released', contested: true });
      assert.ok(await store.claim({ ...mine, attemptId: 'att_next' }));
      const now = await store.claimOf(mine.account, mine.key);
      assert.deepEqual([now?.attemptId, now?.status, now?.contested], ['att_next', 'active', true]);
      assert.deepEqual(await store.claimsOfAttempt(mine.attemptId), [], 'it is another’s now');
    });

    it('that a rival contests while its owner ends keeps what both recorded', async () => {
      const mine = claim();
      await store.claim(mine);
      let contested: Promise<string | undefined> | undefined;
      await store.transaction(async (tx) => {
        const [own] = await tx.claimsOfAttempt(mine.attemptId);
        assert.ok(own);
        contested = store.transaction(async (rival) => {
          assert.equal(await rival.claim({ ...mine, paymentId: 'pay_rival', attemptId: 'att_rival' }), false);
          const standing = await rival.claimOf(mine.account, mine.key);
          if (standing?.status === 'active') await rival.updateClaim({ ...standing, contested: true });
          return standing?.status;
        });
        // Without a lock on the row the rival would end before the owner writes.
        for (let trip = 0; engine.name === 'postgres' && trip < 20; trip += 1) await store.ready();
        await tx.updateClaim({ ...own, status: 'paid' });
      });
      const seen = await contested;
      const end = await store.claimOf(mine.account, mine.key);
      assert.deepEqual([end?.status, end?.contested], ['paid', seen === 'active'], 'the word of a rival was lost');
    });
  });
}
