/** Every fault, before and after the effect, with the real client and the simulator, checked by its ledger. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { UpstreamError } from '../../../server/clients/http.ts';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';
import { scaledTimeout } from '../../support/load-factor.ts';

const faults = { timeout: 'lost', reset: 'lost', http500: 'http', html: 'bad_shape', malformed: 'bad_shape' } as const;
const client = 'pw:attempt-1';
const deadlineMs = scaledTimeout(500);
const codeQuery = { code: 'GOOD0001', ruleSlug: 'demo-enter' };

async function pair(t: { after(end: () => Promise<void>): void }) {
  const simulator = await createPayCodesSimulator();
  const auth = { type: 'bearer', key: simulator.key } as const;
  const paycodes = createPayCodesClient({ url: new URL(simulator.url), auth, timeoutMs: deadlineMs });
  t.after(async () => {
    await simulator.close();
    await paycodes.close();
  });
  const order = async (fault: object) => {
    const answer = await fetch(`${simulator.url}/_/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    assert.equal(answer.status, 200);
  };
  return { simulator, paycodes, order };
}

for (const [kind, fault] of Object.entries(faults)) {
  for (const when of ['before', 'after'] as const) {
    test(`use_code, ${kind} ${when} its effect: ${fault}, ${when === 'after' ? 'used once' : 'not used'}, sent once`, async (t) => {
      const { simulator, paycodes, order } = await pair(t);
      await order({ op: 'use_code', when, kind });
      const isFault = (thrown: unknown) => thrown instanceof UpstreamError && thrown.fault === fault;
      await assert.rejects(paycodes.useCode({ ...codeQuery, client }), isFault);

      const { uses, calls } = simulator.ledger();
      assert.deepEqual(
        uses.map((use) => [use.code, use.client]),
        when === 'after' ? [['GOOD0001', client]] : [],
      );
      assert.equal(calls.filter((call) => call.method === 'use_code').length, 1);
      assert.equal(calls[0]?.fault, `${when}:${kind}`);

      const seen = await paycodes.getCode(codeQuery);
      assert.equal(seen.kind === 'found' && seen.code.client, when === 'after' ? client : null);
    });

    test(`get_code, ${kind} ${when}: read again`, async (t) => {
      const { simulator, paycodes, order } = await pair(t);
      await order({ op: '*', when, kind });
      const answer = paycodes.getCode(codeQuery);
      if (kind === 'timeout') await assert.rejects(answer, UpstreamError, 'the deadline is total');
      else assert.equal((await answer).kind, 'found');
      assert.equal(simulator.ledger().calls.length, kind === 'timeout' ? 1 : 2);
      assert.equal(simulator.ledger().uses.length, 0);
    });
  }
}

for (const when of ['before', 'after'] as const) {
  test(`a slow answer (${when} the effect) is accepted if it comes in time`, async (t) => {
    const { simulator, paycodes, order } = await pair(t);
    await order({ op: 'use_code', when, kind: 'slow', ms: 50 });
    const began = performance.now();
    assert.deepEqual(await paycodes.useCode({ ...codeQuery, client }), { kind: 'status', used: true });
    assert.ok(performance.now() - began >= 45);
    assert.equal(simulator.ledger().uses.length, 1);
  });
}

test('a call that timed out may still take effect: an unused code proves nothing while it is in flight', async (t) => {
  const { simulator, paycodes, order } = await pair(t);
  await order({ op: 'use_code', when: 'before', kind: 'slow', ms: 2 * deadlineMs });
  await assert.rejects(
    paycodes.useCode({ ...codeQuery, client }),
    (thrown) => thrown instanceof UpstreamError && thrown.fault === 'lost',
  );
  const at = async () => {
    const seen = await paycodes.getCode(codeQuery);
    return seen.kind === 'found' ? seen.code.client : undefined;
  };
  assert.equal(await at(), null);
  while ((await at()) === null) assert.ok(simulator.ledger().calls.length < 10_000);
  assert.equal(await at(), client);
  assert.equal(simulator.ledger().uses.length, 1);
});
