/** What becomes of an attempt when two say something of it at once: no word may undo another, none may be said without proof. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Outcome } from '../../../server/payments/outcome.ts';
import { engines } from '../../support/engines.ts';
import { createWorld, type World } from '../../support/world.ts';

const refused: Outcome = { kind: 'refused', refusal: { code: 'provider_unavailable' } };
const call = { operation: 'use_code', upstream: 'paycodes', naturalKey: 'pw:x', notes: { rule: 'demo-enter' } };

for (const engine of engines) {
  describe(`an attempt (${engine.name})`, { skip: engine.skip }, () => {
    let world: World;
    let database: { url: string; drop(): Promise<void> };
    before(async () => {
      database = await engine.create();
      world = await createWorld({ databaseUrl: database.url });
    });
    after(async () => {
      await world.close();
      await database.drop();
    });

    const begun = async () => {
      const id = await world.pay();
      const attempt = await world.payments.begin(id, { method: 'pay_code', tail: null, seal: () => 'sealed' });
      return { id, attempt };
    };
    const stands = async (id: string, attemptId: string) => [
      (await world.store.payment(id))?.status,
      (await world.store.attempt(attemptId))?.status,
    ];

    it('that has ended is not revived by somebody who looked before and writes after', async () => {
      for (let round = 0; round < 30; round += 1) {
        const { id, attempt } = await begun();
        await world.payments.conclude(id, attempt.id, { kind: 'unknown' }, 0);
        await Promise.all([
          world.payments.conclude(id, attempt.id, refused, 0),
          world.payments.conclude(id, attempt.id, { kind: 'unknown' }, 0),
        ]);
        assert.deepEqual(await stands(id, attempt.id), ['open', 'refused']);
        assert.equal((await world.store.attempt(attempt.id))?.sealed, null, 'its code is kept though nothing needs it');
      }
    });

    it('is not called unpaid by somebody who does not know of the newest call', async () => {
      const { id, attempt } = await begun();
      await world.payments.commitIntent(id, attempt.id, call);
      await world.payments.conclude(id, attempt.id, refused, 0);
      assert.deepEqual(await stands(id, attempt.id), ['processing', 'processing']);
      await world.payments.conclude(id, attempt.id, refused, 1);
      assert.deepEqual(await stands(id, attempt.id), ['open', 'refused']);
    });

    it('that is over does not send the next one to review', async () => {
      const { id, attempt } = await begun();
      await world.payments.conclude(id, attempt.id, refused, 0);
      const next = await world.payments.begin(id, { method: 'pay_code', tail: null });
      const row = await world.store.attempt(attempt.id);
      assert.ok(row);
      await world.store.updateAttempt({ ...row, status: 'processing', endedAt: null });
      await world.payments.conclude(id, attempt.id, { kind: 'review', why: 'test' }, 0);
      assert.deepEqual(await stands(id, next.id), ['processing', 'processing']);
    });
  });
}
