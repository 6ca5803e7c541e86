/** A replay of a long range to an endpoint that the merchants file lacked for a while: it is worked off in slices. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { isoTime } from '../../../server/payments/model/time.ts';
import { usualEngines } from '../../support/engines.ts';
import { createWebhookTestBed, type WebhookTestBed } from './webhook-test-bed.ts';

const day = 24 * 3_600_000;
const many = 12_300;

for (const engine of usualEngines) {
  describe(`a long range on ${engine.name}`, { skip: engine.skip }, () => {
    it('is looked through once, with turns for everything else between its slices, and misses nothing', async (test) => {
      const bed = await createWebhookTestBed(engine);
      test.after(() => bed.close());
      await putMany(bed);
      bed.more.push('ledger');
      // Nothing of it is wanted, so nothing has to be sent in this test.
      bed.types['books/ledger'] = ['payment.refunded'];
      bed.clock.advance(1_000);
      const { slices, stop } = watch(bed);
      test.after(stop);

      const replay = async () => {
        const range = { from: isoTime(bed.clock.now() - day), to: isoTime(bed.clock.now()), endpoint: 'ledger' };
        const id = await bed.log.replayRange('books', range, 'merchant:books');
        while ((await bed.log.readReplay('books', id)).status === 'running') await bed.sender.runOnce();
      };
      await replay();
      const { rows } = await sql<{ found: number }>`select count(*) as found from endpoint_webhooks`.execute(bed.db);
      assert.equal(Number(rows[0]?.found), many);
      // Although nothing is missing any more.
      bed.clock.advance(1_000);
      slices.length = 0;
      await replay();
      assert.ok(slices.length > 10, `${slices.length} slices`);
      assert.equal(new Set(slices.map(({ from }) => from)).size, slices.length, 'none from where another began');
      assert.ok(new Set(slices.map(({ turn }) => turn)).size > slices.length / 2, 'each in a turn of its own');
      assert.deepEqual(bed.failures, []);
    });
  });
}

async function putMany(bed: WebhookTestBed): Promise<void> {
  await bed.put('books', 'p', 1);
  await bed.sender.runOnce();
  const row = await bed.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
  for (let made = 1; made < many; made += 1_000) {
    const copies = Array.from({ length: Math.min(1_000, many - made) }, (_, at) => {
      const own = made + at;
      // Many of one millisecond, so that a slice ends between them.
      return { ...row, id: `evt_copy${own}`, payment_id: `pay_copy${own}`, created_at: row.created_at + Math.floor(own / 700) };
    });
    await bed.db.insertInto('outbox').values(copies).execute();
  }
}

/** Notes where each look at the range begins, and in which turn of the event loop. */
function watch(bed: WebhookTestBed) {
  const slices: { from: string; turn: number }[] = [];
  let turn = 0;
  let next = setImmediate(function tick() {
    turn += 1;
    next = setImmediate(tick);
  });
  const { writeMissingWebhooks } = bed.store;
  bed.store.writeMissingWebhooks = async (...asked) => {
    slices.push({ from: JSON.stringify(asked[1]), turn });
    return writeMissingWebhooks(...asked);
  };
  return {
    slices,
    stop() {
      clearImmediate(next);
    },
  };
}
