/** An Idempotency-Key while the database fails: a repeated request need not wait, and what was done is not refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runIdempotent } from '../../../server/payments/http/idempotency.ts';
import { StoreUnavailable } from '../../../server/payments/model/errors.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import { openStore } from '../../../server/storage/store.ts';
import { waitFor } from '../../support/wait-for.ts';

const claim = { scope: 'shop:create', key: 'key', fingerprints: ['body'] };
const lost = new StoreUnavailable({ code: 'CONNECTION_LOST', effect: 'unknown', soon: false });

/** A store in which the first call of each of these methods fails, or works and its answer is lost. */
async function unsteady(broken: { claimKey?: 'lost'; finishKey?: 'failed'; dropKey?: 'failed' }): Promise<Store> {
  const store: Store = await openStore('sqlite::memory:');
  const met = new Set<string>();
  return {
    ...store,
    async reserveKey(row) {
      const standing = await store.reserveKey(row);
      if (broken.claimKey && !met.has('claim') && met.add('claim')) throw lost;
      return standing;
    },
    async finishKey(...args) {
      if (broken.finishKey && !met.has('finish') && met.add('finish')) throw lost;
      return store.finishKey(...args);
    },
    async releaseKey(row) {
      if (broken.dropKey && !met.has('drop') && met.add('drop')) throw lost;
      return store.releaseKey(row);
    },
  };
}
const repeated = (store: Store) =>
  waitFor(() => runIdempotent({ store, clock: Date }, claim, async () => 'pay_again').catch(() => null));

describe('an Idempotency-Key whose database becomes unavailable', () => {
  it('while it is reserved is free for a repeated request', async () => {
    const store = await unsteady({ claimKey: 'lost', dropKey: 'failed' });
    await assert.rejects(
      runIdempotent({ store, clock: Date }, claim, async () => 'pay_first'),
      StoreUnavailable,
    );
    assert.equal(await repeated(store), 'pay_again');
    await store.close();
  });

  it('while its work fails is free too, and the failure is reported', async () => {
    const store = await unsteady({ dropKey: 'failed' });
    await assert.rejects(
      runIdempotent({ store, clock: Date }, claim, async () => {
        throw new Error('why it failed');
      }),
      /why it failed/,
    );
    assert.equal(await repeated(store), 'pay_again');
    await store.close();
  });

  it('after its work is done returns the result, now and for a repeated request', async () => {
    const store = await unsteady({ finishKey: 'failed' });
    assert.equal(await runIdempotent({ store, clock: Date }, claim, async () => 'pay_first'), 'pay_first');
    assert.equal(await repeated(store), 'pay_first');
    await store.close();
  });
});
