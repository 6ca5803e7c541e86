/** One upstream that never answers, with hundreds of unknown outcomes: nothing else waits for it. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createChangeNotifier } from '../../../server/payments/change-feed.ts';
import type { MethodPort, Telemetry } from '../../../server/payments/model/ports.ts';
import { createPayments } from '../../../server/payments/payments.ts';
import { createReconciler } from '../../../server/reconcile/reconciler.ts';
import { openStore } from '../../../server/storage/store.ts';
import { type Engine, usualEngines } from '../../support/engines.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { waitFor } from '../../support/wait-for.ts';

const merchantOf = (id: string) => ({ id, name: id, test: true, allowedOrigins: [] });

/** An upstream that answers for the merchant `well`, and hangs for the merchant `hung`. */
async function createHangingTestBed(t: TestContext, engine: Engine, hanging?: { slowMs: number; restMs: number }) {
  const held: ServerResponse[] = [];
  let calls = 0;
  const upstream = createServer((request, response) => {
    if (request.url === '/well') return void response.end('ok');
    calls += 1;
    held.push(response);
  });
  await new Promise<void>((listening) => upstream.listen(0, '127.0.0.1', listening));
  const { port: at } = upstream.address() as AddressInfo;
  const clock = createFakeClock();
  const database = await engine.create();
  const store = await openStore(database.url);
  const failures: unknown[] = [];
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (_where, cause) => void failures.push(cause),
  };
  const port: MethodPort = {
    method: 'pay_code',
    offers: () => true,
    entryAction: async () => ({ kind: 'enter_code' }),
    async reconcile({ payment, attempt }) {
      const answer = await fetch(`http://127.0.0.1:${at}/${payment.merchantId}`).catch(() => null);
      if (!answer) return { kind: 'unknown' };
      return { kind: 'paid', evidence: { upstream: 'stub', upstreamId: attempt.id, amount: 2500, currency: 'PLN' } };
    },
  };
  const methods = [port];
  const payments = createPayments({ store, clock, changes: createChangeNotifier(), methods, merchant: merchantOf, observer });
  const reconciler = createReconciler({ store, payments, methods, clock, observer, ...(hanging && { hanging }) });
  t.after(async () => {
    const stopping = reconciler.stop();
    upstream.closeAllConnections();
    upstream.close();
    await stopping;
    await store.close();
    await database.drop();
    assert.deepEqual(failures, []);
  });
  let orders = 0;
  return {
    clock,
    reconciler,
    calls: () => calls,
    holding: () => held.filter(({ destroyed }) => !destroyed).length,
    hangUp: () => {
      for (const response of held.splice(0)) response.destroy();
    },
    /** A payment whose first call got no answer and whose check is due. */
    async unknown(merchantId: string): Promise<string> {
      orders += 1;
      const wanted = { amount: 2500, currency: 'PLN', orderId: `order-${orders}`, label: 'customer' };
      const id = await payments.create(merchantOf(merchantId), wanted);
      const attempt = await payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
      await payments.recordIntent(id, attempt.id, {
        kind: 'preparation',
        operation: 'use_code',
        upstream: 'stub',
        naturalKey: attempt.id,
        notes: {},
      });
      await payments.settleAttempt(id, attempt.id, { kind: 'unknown' }, 1);
      return id;
    },
    open: (merchantId: string) =>
      payments.create(merchantOf(merchantId), {
        amount: 2500,
        currency: 'PLN',
        orderId: `open-${merchantId}`,
        label: 'customer',
        expiresIn: 60,
      }),
    status: async (id: string) => (await store.payment(id))?.status,
  };
}

for (const engine of usualEngines) {
  describe(`an upstream that hangs (${engine.name})`, { skip: engine.skip }, () => {
    it('delays neither another merchant’s attempts nor the expiry of any payment', async (t) => {
      const testBed = await createHangingTestBed(t, engine);
      for (let n = 0; n < 300; n += 1) await testBed.unknown('hung');
      const well = await testBed.unknown('well');
      const open = await testBed.open('hung');
      testBed.clock.advance(61_000);
      testBed.reconciler.start();
      await waitFor(
        async () => (await testBed.status(well)) === 'succeeded' && (await testBed.status(open)) === 'expired',
        60_000,
      );
      assert.ok(testBed.calls() <= 40, `${testBed.calls()} calls hang at the same time`);
    });

    it('is left alone for a while, then gets one check, and then all', async (t) => {
      const testBed = await createHangingTestBed(t, engine, { slowMs: 200, restMs: 1_000 });
      for (let n = 0; n < 100; n += 1) await testBed.unknown('hung');
      testBed.clock.advance(61_000);
      testBed.reconciler.start();
      await waitFor(async () => testBed.holding() >= 10, 60_000);
      // Each of these took too long.
      await new Promise((slow) => setTimeout(slow, 250));
      const before = testBed.calls();
      testBed.hangUp();
      await waitFor(async () => testBed.holding() > 0, 60_000);
      assert.equal(testBed.calls() - before, 1, 'more than one probe');
    });
  });
}
