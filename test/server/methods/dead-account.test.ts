/** An account whose service hangs, beside one that is well: customers of the one do not wait for the other. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import type { CreatedPayment, PaymentView, ProblemDetails } from '../../../server/contract/index.ts';
import { enterRules, startTestServer, testMerchant } from '../../support/test-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const keys = { dead: 'sk_test_dead', live: 'sk_test_live' };

it('takes up its own connections alone, and then new customers there are declined before anything is recorded', async (t) => {
  const held: ServerResponse[] = [];
  const hanging = createServer((_request, response) => void held.push(response));
  await new Promise<void>((listening) => hanging.listen(0, '127.0.0.1', listening));
  const simulator = await createPayCodesSimulator();
  const account = (url: string, key: string) => ({
    payCode: { url, auth: { type: 'bearer', key }, timeoutMs: 30_000, rules: enterRules('PLN') },
  });
  const { server, close } = await startTestServer([
    testMerchant('dead', keys.dead, {
      methods: account(`http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`, 'any'),
    }),
    testMerchant('live', keys.live, { methods: account(simulator.url, simulator.key) }),
  ]);
  t.after(async () => {
    hanging.closeAllConnections();
    hanging.close();
    await close();
    await simulator.close();
  });
  const post = async <T>(path: string, bearer: string, body: object, more: Record<string, string> = {}) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', ...more };
    const response = await fetch(server.address + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as T;
  };
  let orders = 0;
  const create = async (key: string) => {
    orders += 1;
    const order = { orderId: `order-${orders}`, label: `customer-${orders}`, amount: 2_500, currency: 'PLN' };
    const { clientSecret, payment } = await post<CreatedPayment>('/v1/payments', key, order, {
      'idempotency-key': order.orderId,
    });
    const submit = () =>
      post<PaymentView & Partial<Pick<ProblemDetails, 'code' | 'retryAt'>>>('/checkout/pay-code', clientSecret, {
        code: 'GOOD0001',
      });
    return { id: payment.id, submit };
  };
  const waiting = await Promise.all(Array.from({ length: 25 }, () => create(keys.dead)));
  const answers = waiting.map(({ submit }) => submit());
  await waitFor(async () => held.length === 20);

  const well = await create(keys.live);
  assert.equal((await well.submit()).status, 'succeeded');
  const begun = await Promise.all(waiting.map(({ id }) => server.store.attempts(id)));
  assert.ok(begun.flat().every(({ status }) => status === 'processing'));
  assert.equal(held.length, 20, 'more calls than connections');

  const declined = await waitFor(async () => {
    const late = await create(keys.dead);
    const answer = await late.submit();
    return answer.code === 'provider_unavailable' && { id: late.id, answer };
  });
  assert.ok(declined.answer.retryAt);
  assert.deepEqual(await server.store.attempts(declined.id), []);
  hanging.closeAllConnections();
  await Promise.all(answers);
});
