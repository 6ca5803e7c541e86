/** The postbacks of the simulated Paykassma, read by the server's code: valid, invalid, early, late and repeated. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { phpEncode, postbackBody } from '../../../demo/simulators/paykassma/postback-body.ts';
import given from '../../server/clients/paykassma/given-vectors.json' with { type: 'json' };
import { waitFor } from '../../support/wait-for.ts';
import { claimOf, createPaykassmaSimulatorTestBed } from './paykassma-simulator-test-bed.ts';

test('JSON is written as PHP writes it', () => {
  for (const { id, body_default_flags, body_unescaped, signed_json, signed_path } of given.vectors) {
    if (id === 'flat-js-traps') continue; // numbers that JavaScript cannot hold, and that the simulator never sends
    const body = JSON.parse(body_unescaped) as Record<string, unknown>;
    assert.equal(phpEncode(body, { unescaped: false }), body_default_flags, id);
    assert.equal(phpEncode(body, { unescaped: true }), body_unescaped, id);
    assert.equal(phpEncode(body[signed_path], { unescaped: id !== 'legacy-transactions-noflags' }), signed_json, id);
  }
});

for (const [mode, signedPath] of [
  ['flat', 'additional_data'],
  ['legacy', 'transactions'],
  ['legacy-noflags', 'transactions'],
  ['apay', 'transactions'],
] as const) {
  for (const unescapedBody of [false, true]) {
    test(`${mode}, in a body that is ${unescapedBody ? '' : 'not '}unescaped, is read and its signature accepted`, async (t) => {
      const { client, received, open } = await createPaykassmaSimulatorTestBed(t, { postbacks: { mode, unescapedBody } });
      const claim = { ...claimOf('1394646476'), amount: 600_050 };
      await client.activate(claim);
      const body = await waitFor(async () => received[0]);
      assert.equal(body.includes('u\\/\\u1045\\u1045'), !unescapedBody);
      const opened = open(body, signedPath);
      assert.ok(opened.kind === 'signed', JSON.stringify(opened));
      assert.equal(opened.postback.shape, mode === 'legacy-noflags' ? 'legacy' : mode);
      const [transaction, ...others] = opened.postback.transactions;
      assert.deepEqual(others, []);
      assert.equal(transaction?.customTransactionId, claim.customTransactionId);
      assert.equal(transaction.outcome, 'credited');
      const reported = mode === 'flat' ? transaction.unsigned : transaction.signed;
      assert.deepEqual([reported.amount, reported.currency, reported.walletType], [600_050, 'MMK', 'wavepay']);
      assert.equal(transaction[mode === 'apay' ? 'signed' : 'unsigned'].label, claim.label);
    });
  }
}

test('the oldest signature scheme signs escaped text, the others unescaped text', () => {
  const keys = { accessKey: 'a', privateKey: 'b' };
  const hex = (digest: string, text: string) => createHash(digest).update(text).digest('hex');
  const { customTransactionId: _, ...claim } = claimOf('1394646476');
  const transaction = {
    custom_transaction_id: 'shop/1',
    wallet_type: claim.walletType,
    label: claim.label,
    key1: claim.key1,
    currency_code: claim.currency,
    amount: claim.amount,
    deposit_amount: claim.amount,
    status: 'activated',
    at: '2026-05-01T12:00:00.000Z',
  } as const;
  for (const mode of ['flat', 'legacy', 'legacy-noflags', 'apay'] as const) {
    const shape = { mode, wrongSignature: false, unsignedTimes: 1, unescapedBody: false };
    const { signature, ...body } = JSON.parse(postbackBody(transaction, keys, shape)) as Record<string, unknown>;
    const signed = body[mode === 'flat' ? 'additional_data' : 'transactions'];
    const json = phpEncode(signed, { unescaped: mode !== 'legacy-noflags' });
    assert.ok(json.includes(mode === 'legacy-noflags' ? 'shop\\/1' : 'shop/1'));
    assert.equal(signature, hex('sha1', `ab${hex('md5', json)}`), mode);
  }
});

test('a postback that is signed with another key is refused', async (t) => {
  const { client, received, open } = await createPaykassmaSimulatorTestBed(t, { postbacks: { wrongSignature: true } });
  await client.activate(claimOf('1394646476'));
  assert.deepEqual(open(await waitFor(async () => received[0])), { kind: 'refused', reason: 'wrong_signature' });
});

test('ten times the amount passes the signature, so the amount is reported as unsigned', async (t) => {
  const { client, received, open } = await createPaykassmaSimulatorTestBed(t, { postbacks: { unsignedTimes: 10 } });
  await client.activate(claimOf('1394646476'));
  const opened = open(await waitFor(async () => received[0]));
  assert.ok(opened.kind === 'signed');
  const [transaction] = opened.postback.transactions;
  assert.deepEqual([transaction?.signed.amount, transaction?.unsigned.amount], [null, 6_000_000]);
});

test('a postback can arrive before the answer to the claim', async (t) => {
  const { client, received } = await createPaykassmaSimulatorTestBed(t, { postbacks: { beforeAnswer: true } });
  const answer = client.activate(claimOf('1394646476')).then(() => received.length);
  assert.equal(await answer, 1);
});

test('a postback is repeated until it is answered with 200 and status ok, in either case', async (t) => {
  const { client, received, answers, simulator } = await createPaykassmaSimulatorTestBed(t, { postbacks: { tries: 9 } });
  answers.push(
    { status: 500, body: '{"status":"ok"}' },
    { status: 200, body: 'thanks' },
    { status: 200, body: '{"status":"fail"}' },
    { status: 201, body: '{"status":"ok"}' },
    { status: 200, body: '{"status":"OK"}' },
  );
  await client.activate(claimOf('1394646476'));
  const [postback] = await waitFor(async () => {
    const { postbacks } = simulator.ledger();
    return postbacks[0]?.tries.at(-1)?.ok && postbacks;
  });
  assert.deepEqual(
    postback?.tries.map(({ status, ok }) => [status, ok]),
    [
      [500, false],
      [200, false],
      [200, false],
      [201, false],
      [200, true],
    ],
  );
  assert.equal(new Set(received.map(String)).size, 1, 'the same bytes every time');
});

test('a postback is given up after its last try', async (t) => {
  const { client, answers, simulator } = await createPaykassmaSimulatorTestBed(t, { postbacks: { tries: 2, laterMs: 100 } });
  answers.push(...Array.from({ length: 5 }, () => ({ status: 503, body: '' })));
  await client.activate(claimOf('1394646476'));
  // Long after a third try would have come.
  await client.activate(claimOf('1000000001'));
  const { postbacks } = await waitFor(async () => {
    const ledger = simulator.ledger();
    // The second try is recorded before it is answered.
    const over = ledger.postbacks.every(({ tries }) => tries.length >= 2 && tries.every(({ status }) => status !== null));
    return ledger.postbacks.length === 2 && over && ledger;
  });
  assert.deepEqual(
    postbacks.map(({ tries }) => tries.map(({ status }) => status)),
    [
      [503, 503],
      [503, 503],
    ],
  );
});

test('a postback is sent several times where that is set', async (t) => {
  const { client, control, received } = await createPaykassmaSimulatorTestBed(t);
  const { status, body } = await control('postbacks', { copies: 3, delayMs: 10 });
  assert.deepEqual([status, body.copies, body.delayMs, body.mode], [200, 3, 10, 'flat']);
  await client.activate(claimOf('1394646476'));
  await waitFor(async () => received.length === 3);
  assert.equal(new Set(received.map(String)).size, 1);
});
