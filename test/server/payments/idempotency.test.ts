/**
 * An Idempotency-Key while the database fails: a repeated request need not wait, and what was done is not refused. And one whose
 * process dies, or works for long.
 */
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { runIdempotent } from '../../../server/payments/http/idempotency.ts';
import { StoreUnavailable } from '../../../server/payments/model/errors.ts';
import { hashBearer } from '../../../server/payments/model/ids.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import { openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
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

for (const engine of engines) {
  describe(`an Idempotency-Key whose work takes long (${engine.name})`, { skip: engine.skip }, () => {
    /** Work that never ends until `end` is called, under a clock that stands still until it is set. */
    async function started(lives: boolean) {
      const database = await engine.create();
      const store = await openStore(database.url);
      let now = 1_000_000;
      const clock = { now: () => now };
      // Of a process that has died nothing is renewed any more.
      const first: Store = lives ? store : { ...store, renewKey: () => new Promise<never>(() => undefined) };
      let end = (): void => undefined;
      let ending: Promise<unknown> = Promise.resolve();
      const begun = new Promise<void>((begins) => {
        const work = () =>
          new Promise<string>((resolve) => {
            end = () => resolve('pay_first');
            begins();
          });
        ending = runIdempotent({ store: first, clock }, claim, work);
      });
      await begun;
      return {
        set: (ms: number) => {
          now = 1_000_000 + ms;
        },
        repeat: () => runIdempotent({ store, clock }, claim, async () => 'pay_second'),
        leaseUntil: async () => (await store.reserveKey({ ...row, createdAt: now }))?.leaseUntil ?? 0,
        async close() {
          end();
          await ending;
          await store.close();
          await database.drop();
        },
        end: () => end(),
      };
    }
    const row = {
      scope: claim.scope,
      keyHash: hashBearer(claim.key),
      fingerprint: 'body',
      status: 'running' as const,
      paymentId: null,
      leaseUntil: 0,
    };

    it('is free 10 s after its process was killed, and not before', async () => {
      const { set, repeat, close } = await started(false);
      for (const ms of [0, 3_000, 9_999]) {
        set(ms);
        await assert.rejects(repeat(), { code: 'idempotency_conflict' }, `after ${ms} ms`);
      }
      set(10_000);
      assert.equal(await repeat(), 'pay_second');
      await close();
    });

    it('is held for as long as its process works, and then returns the result', async () => {
      mock.timers.enable({ apis: ['setInterval'] });
      const { set, repeat, leaseUntil, end, close } = await started(true);
      try {
        for (const ms of [6_000, 12_000, 40_000, 75_000]) {
          // What was renewed last is over at the end of each of these steps.
          for (let at = ms - 6_000; at <= ms; at += 3_000) {
            set(at);
            mock.timers.tick(3_000);
            await waitFor(async () => (await leaseUntil()) === 1_000_000 + at + 10_000);
          }
          await assert.rejects(repeat(), { code: 'idempotency_conflict' }, `after ${ms} ms`);
        }
        end();
        assert.equal(await waitFor(() => repeat().catch(() => null)), 'pay_first');
      } finally {
        mock.timers.reset();
        await close();
      }
    });

    it('is free at once when its work fails after a renewal', async () => {
      mock.timers.enable({ apis: ['setInterval'] });
      const database = await engine.create();
      const store = await openStore(database.url);
      let now = 1_000_000;
      const failing = runIdempotent({ store, clock: { now: () => now } }, claim, async () => {
        now += 3_000;
        mock.timers.tick(3_000);
        throw new Error('why it failed');
      });
      await assert.rejects(failing, /why it failed/);
      assert.equal(await runIdempotent({ store, clock: { now: () => now } }, claim, async () => 'pay_second'), 'pay_second');
      mock.timers.reset();
      await store.close();
      await database.drop();
    });
  });
}
