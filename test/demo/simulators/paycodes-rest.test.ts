/** The simulated PayCodes by REST, by plain HTTP and by the real client: the same codes by another transport. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { UpstreamError } from '../../../server/clients/http.ts';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';
import { createPayCodesSimulatorTestBed } from './paycodes-simulator-test-bed.ts';

const good = { code: 'GOOD0001', rule_slug: 'demo-enter' };
const codeQuery = { code: 'GOOD0001', ruleSlug: 'demo-enter' };

async function rest(t: TestContext, options?: Parameters<typeof createPayCodesSimulatorTestBed>[1]) {
  const here = await createPayCodesSimulatorTestBed(t, options);
  const { url, key } = here.simulator;
  const post = async (path: string, body: string, authorization = `Bearer ${key}`) => {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${url}/${path}`, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const client = createPayCodesClient({ url: new URL(url), auth: { type: 'bearer', key }, transport: 'rest', timeoutMs: 2_000 });
  t.after(() => client.close());
  return { ...here, client, post, call: (method: string, params: object) => post(method, JSON.stringify(params)) };
}

test('an answer is the result that JSON-RPC has in its envelope', async (t) => {
  const { call, result } = await rest(t);
  assert.deepEqual(await call('get_code', good), { status: 200, body: await result('get_code', good) });
  assert.deepEqual(await call('use_code', { ...good, client: 'c' }), { status: 200, body: { status: true } });
  assert.deepEqual(await call('use_code', { ...good, client: 'c' }), { status: 200, body: { status: false } });
  const order = { rule_slug: 'demo-enter', creator: 'shop' };
  assert.deepEqual(Object.keys((await call('generate_code', order)).body), ['code', 'pattern', 'rule']);
  assert.equal(((await call('generate_code_list', { ...order, number_of_codes: 3 })).body.codes as string[]).length, 3);
});

test('an error has its own HTTP status, and its number in the body', async (t) => {
  const { post, call } = await rest(t, { unusable: 'error' });
  const codeOf = ({ status, body }: Awaited<ReturnType<typeof call>>) => [status, (body.error as { code: number }).code];
  const order = { rule_slug: 'demo-enter', creator: 'shop' };
  assert.deepEqual(codeOf(await post('get_code', JSON.stringify(good), 'Bearer wrong')), [401, -32001]);
  assert.deepEqual(codeOf(await post('get_code', '{')), [400, -32700]);
  assert.deepEqual(codeOf(await post('get_code', '[]')), [400, -32600]);
  assert.deepEqual(codeOf(await call('toString', good)), [404, -32601]);
  assert.deepEqual(codeOf(await call('get_code', { code: 'GOOD0001' })), [422, -32602]);
  assert.deepEqual(codeOf(await call('use_code', { ...good, code: 'FAIL0001', client: 'c' })), [500, -32603]);
  assert.deepEqual(codeOf(await call('get_code', { ...good, rule_slug: 'nowhere' })), [404, 1001]);
  assert.deepEqual(codeOf(await call('generate_code', { ...order, rule_slug: 'demo-off' })), [409, 1002]);
  assert.deepEqual(codeOf(await call('get_code', { ...good, code: 'NOSUCH01' })), [404, 1003]);
  assert.deepEqual(codeOf(await call('generate_code', { ...order, valid_from: 'today' })), [422, 1004]);
  assert.deepEqual(codeOf(await call('generate_code_list', { ...order, number_of_codes: 0 })), [422, 1005]);
  const used = await call('use_code', { ...good, code: 'USED0001', client: 'c' });
  assert.deepEqual(used, { status: 409, body: { error: { code: 1007, message: 'code_not_usable', data: { reason: 'used' } } } });
});

test('the client generates, looks up and uses a code', async (t) => {
  const { client, simulator } = await rest(t);
  const made = await client.generateCode({ ruleSlug: 'demo-enter', creator: 'shop', validTo: '2999-12-31' });
  assert.ok(made.kind === 'generated');
  const { code } = made;
  const seen = await client.getCode({ code, ruleSlug: 'demo-enter' });
  assert.equal(seen.kind === 'found' && seen.code.endTime?.toISOString(), '2999-12-31T22:59:59.999Z');
  const use = () => client.useCode({ code, ruleSlug: 'demo-enter', client: 'pw:1' });
  assert.deepEqual(
    [await use(), await use()],
    [
      { kind: 'status', used: true },
      { kind: 'status', used: false },
    ],
  );
  const list = await client.generateCodeList({ ruleSlug: 'demo-enter', count: 1000, creator: 'shop' });
  assert.ok(list.kind === 'generated');
  assert.equal(list.codes.length, 1000);
  assert.deepEqual(await client.generateCode({ ruleSlug: 'demo-off', creator: 'shop' }), { kind: 'refused', code: 1002 });
  assert.deepEqual(await client.getCode({ ...codeQuery, code: 'NOSUCH01' }), { kind: 'refused', code: 1003 });
  assert.equal(simulator.ledger().uses.length, 1);
});

test('50 clients use one code at once: exactly one succeeds', async (t) => {
  const { client, simulator } = await rest(t);
  const uses = Array.from({ length: 50 }, (_, n) => client.useCode({ ...codeQuery, client: `pw:${n}` }));
  const used = (await Promise.all(uses)).flatMap((answer, n) => (answer.kind === 'status' && answer.used ? [`pw:${n}`] : []));
  assert.equal(used.length, 1);
  assert.deepEqual(
    simulator.ledger().uses.map((use) => use.client),
    used,
  );
});

const faults = { reset: 'lost', http500: 'http', html: 'bad_shape', malformed: 'bad_shape' } as const;
for (const [kind, fault] of Object.entries(faults)) {
  for (const when of ['before', 'after'] as const) {
    test(`${kind} ${when} the effect: ${fault}, each call sent once, and what happened is in the ledger`, async (t) => {
      const { client, simulator, control } = await rest(t);
      const isFault = (thrown: unknown) => thrown instanceof UpstreamError && thrown.fault === fault;
      const known = simulator.ledger().codes.length;
      await control('POST', '/_/faults', { op: 'use_code', when, kind });
      await control('POST', '/_/faults', { op: 'generate_code', when, kind });
      await assert.rejects(client.useCode({ ...codeQuery, client: 'pw:1' }), isFault);
      await assert.rejects(client.generateCode({ ruleSlug: 'demo-enter', creator: 'shop' }), isFault);
      const { uses, codes, calls } = simulator.ledger();
      const happened = when === 'after' ? 1 : 0;
      assert.deepEqual([uses.length, codes.length - known, calls.length], [happened, happened, 2]);
    });
  }
}
