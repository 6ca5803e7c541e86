/** What the Payme client sends: each method with its own X-Auth and with the documented names only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methods } from '../../../../server/clients/payme/client.ts';
import { faultOf } from '../paykassma/stub-paykassma.ts';
import { everyCall, id, newReceipt, token } from './every-call.ts';
import { refusal, stubPayme } from './stub-payme.ts';

test('every method of Payme is covered here', () => {
  assert.deepEqual(everyCall.map(({ method }) => method).sort(), Object.keys(methods).sort());
});

for (const { method, auth, params, ask } of everyCall) {
  test(`${method} is one POST with the documented names, ${auth.includes(':') ? 'with' : 'without'} the key`, async (t) => {
    const { client, questions } = await stubPayme(t, refusal(-31602));
    assert.deepEqual(await ask(client), { kind: 'refused', code: -31602 });
    assert.equal(questions.length, 1);
    const [question] = questions;
    assert.ok(question);
    const { id: ours, ...body } = question.body;
    assert.deepEqual(body, { jsonrpc: '2.0', method, params });
    assert.ok(Number.isInteger(ours));
    assert.deepEqual([question.httpMethod, question.path, question.auth], ['POST', '/api', auth]);
  });
}

test('what was not given is not sent', async (t) => {
  const { client, questions } = await stubPayme(t, refusal(-31602));
  await client.receiptsCreate({ ...newReceipt, detail: { items: [] } });
  await client.receiptsCreate(newReceipt);
  await client.receiptsPay({ id, token });
  await client.receiptsPay({ id, token, payer: {} });
  await client.receiptsSetFiscalData({ id, fiscalData: { receiptId: 1, qrCodeUrl: 'u' } });
  assert.deepEqual(
    questions.map(({ body }) => body.params),
    [
      { ...newReceipt, detail: { receipt_type: 0, items: [] } },
      newReceipt,
      { id, token },
      { id, token },
      { id, fiscal_data: { receipt_id: 1, qr_code_url: 'u' } },
    ],
  );
});

test('amounts are sent unchanged, to the last tiyin', async (t) => {
  const { client, questions } = await stubPayme(t, refusal(-31602));
  for (const amount of [1, 435, Number.MAX_SAFE_INTEGER]) {
    await client.receiptsCreate({ ...newReceipt, amount });
    assert.equal(questions.at(-1)?.body.params.amount, amount);
  }
});

test('an amount or price that cannot be requested proves that nothing was sent', async (t) => {
  const { client, questions } = await stubPayme(t, refusal(-31602));
  const item = { title: 'Tea', price: 1, count: 1, code: '1', packageCode: '1', vatPercent: 0 };
  const calls = [
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53].map((amount) => ({ amount })),
    ...[-1, 1.5, Number.NaN].flatMap((price) => [
      { detail: { items: [{ ...item, price }] } },
      { detail: { items: [{ ...item, discount: price }] } },
      { detail: { shipping: { title: 'By foot', price } } },
    ]),
  ].map((change) => client.receiptsCreate({ ...newReceipt, ...change }));
  for (const call of calls) {
    const { fault, reason } = await faultOf(call);
    assert.deepEqual([fault, reason], ['not_sent', 'amount']);
  }
  assert.equal(questions.length, 0);
});
