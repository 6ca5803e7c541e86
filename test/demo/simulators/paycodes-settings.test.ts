/** The settings of the simulated PayCodes: how the key is shown, and how a use is declined, by both transports. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { AuthForm } from '../../../demo/simulators/paycodes/settings.ts';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { UpstreamError } from '../../../server/clients/http.ts';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';
import type { PayCodesAuth } from '../../../server/clients/paycodes/transport.ts';
import { createPayCodesSimulatorTestBed } from './paycodes-simulator-test-bed.ts';

const good = { code: 'GOOD0001', ruleSlug: 'demo-enter' };
const forms: AuthForm[] = [
  { type: 'bearer' },
  { type: 'header', name: 'X-Onet-App' },
  { type: 'param', name: 'secret' },
  { type: 'none' },
];

const open = (t: TestContext, url: string, auth: PayCodesAuth, transport: 'jsonrpc' | 'rest') => {
  const client = createPayCodesClient({ url: new URL(url), auth, transport });
  t.after(() => client.close());
  return client;
};

for (const auth of forms) {
  for (const transport of ['jsonrpc', 'rest'] as const) {
    test(`the key as ${auth.type} over ${transport} is accepted, any other form or key is not`, async (t) => {
      const simulator = await createPayCodesSimulator({ auth, key: 'the_key' });
      t.after(() => simulator.close());
      const { credentials } = simulator.ledger();
      assert.equal((await open(t, simulator.url, credentials, transport).getCode(good)).kind, 'found');
      const others: PayCodesAuth[] = forms.filter(({ type }) => type !== auth.type).map((form) => ({ ...form, key: 'the_key' }));
      const wrong: PayCodesAuth[] = credentials.type === 'none' ? [] : [...others, { ...credentials, key: 'wrong_key' }];
      for (const each of wrong) {
        const use = open(t, simulator.url, each, transport).useCode({ ...good, client: 'c' });
        await assert.rejects(use, (thrown) => thrown instanceof UpstreamError && thrown.fault === 'http', each.type);
      }
      assert.deepEqual(simulator.ledger().uses, []);
      assert.doesNotMatch(JSON.stringify(simulator.ledger().calls), /_key/, 'no credential is kept');
    });
  }
}

test('settings can be changed one by one while running, an invalid request changes nothing, a reset restores all', async (t) => {
  const { control, result, error, rpc, simulator } = await createPayCodesSimulatorTestBed(t);
  const first = { auth: { type: 'bearer' }, unusable: 'status' };
  assert.deepEqual((await control('GET', '/_/settings')).body, first);
  assert.deepEqual((await control('POST', '/_/settings', { unusable: 'error' })).body, { ...first, unusable: 'error' });
  assert.equal(await error('use_code', { code: 'USED0001', rule_slug: 'demo-enter', client: 'c' }), 1007);
  const auth = { type: 'param', name: 'secret' };
  const changed = { auth, unusable: 'error' };
  assert.deepEqual((await control('POST', '/_/settings', { auth })).body, changed);
  assert.deepEqual(simulator.ledger().credentials, { ...auth, key: simulator.key });
  const codeQuery = { code: 'GOOD0001', rule_slug: 'demo-enter' };
  assert.equal((await rpc('get_code', codeQuery)).error?.code, -32001);
  await result('get_code', { ...codeQuery, secret: simulator.key });
  for (const [name, value] of [
    ['auth', { type: 'basic' }],
    ['auth', { type: 'param', name: 'code' }],
    ['auth', { type: 'header', name: 'x y' }],
    ['auth', { type: 'bearer', key: 'mine' }],
    ['unusable', 'silence'],
    ['colour', 'red'],
  ] as const) {
    const { status, body } = await control('POST', '/_/settings', { [name]: value });
    assert.equal(status, 400, JSON.stringify(value));
    assert.match(String(body.message), new RegExp(name));
  }
  assert.deepEqual((await control('GET', '/_/settings')).body, changed);
  await control('POST', '/_/reset');
  assert.deepEqual((await control('GET', '/_/settings')).body, first);
});
