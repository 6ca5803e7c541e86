/** The metrics in money: what they say of real payments on both engines. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMetrics } from '../../../server/plugins/metrics.ts';
import { openStore } from '../../../server/storage/store.ts';
import { createCardTestBed } from '../../support/card-test-bed.ts';
import { engines } from '../../support/engines.ts';

const emptyBacklog = async () => ({ pendingReconciliation: 0, needsReview: 0, undeliveredWebhooks: 0, unmatchedPostbacks: 0 });

for (const engine of engines) {
  describe(`metrics in money (${engine.name})`, { skip: engine.skip }, () => {
    it('count payments, money and what waits', async () => {
      const database = await engine.create();
      const testBed = await createCardTestBed({ databaseUrl: database.url });
      const store = await openStore(database.url);
      try {
        let now = testBed.clock.now();
        const { registry } = createMetrics({ backlog: emptyBacklog, money: { reads: store.money, now: () => now } });
        const paid = await testBed.pay();
        testBed.clock.advance(45_000);
        await testBed.card(paid);
        await testBed.code(paid);
        await testBed.pay();
        now = testBed.clock.now() + 60_000;
        const text = await registry.metrics();
        for (const line of [
          'pay_desk_payments_last_hour{status="succeeded",method="card",currency="UZS"} 1',
          'pay_desk_payments_last_hour_minor_units{status="succeeded",method="card",currency="UZS"} 500000',
          'pay_desk_payments_last_hour{status="open",method="none",currency="UZS"} 1',
          'pay_desk_money_taken_total{method="card",currency="UZS"} 1',
          'pay_desk_money_taken_minor_units_total{method="card",currency="UZS"} 500000',
          'pay_desk_time_to_pay_seconds_bucket{le="30"} 0',
          'pay_desk_time_to_pay_seconds_bucket{le="60"} 1',
          'pay_desk_waiting{what="undelivered"} 1',
          'pay_desk_waiting_oldest_seconds{what="undelivered"} 60',
          'pay_desk_waiting{what="needsReview"} 0',
          'pay_desk_restore_held 0',
        ])
          assert.ok(text.includes(`${line}\n`), `${line} is missing in\n${text.match(/^pay_desk.*$/gm)?.join('\n')}`);
        assert.equal(
          await registry
            .metrics()
            .then((again) => again.includes('pay_desk_money_taken_total{method="card",currency="UZS"} 1\n')),
          true,
        );
      } finally {
        await store.close();
        await testBed.close();
        await database.drop();
      }
    });
  });
}
