/** Many valid codes, for tests of guessing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { createPayCodesSimulatorTestBed } from './paycodes-simulator-test-bed.ts';

const count = 100_000;

test('100,000 live codes are all different and can be used; the ledger shows only those that were', async (t) => {
  const seeded = (await createPayCodesSimulatorTestBed(t)).simulator.ledger().codes.length;
  const { simulator, result, control } = await createPayCodesSimulatorTestBed(t, { bulk: { ruleSlug: 'demo-enter', count } });
  const codes = simulator.unusedBulk();
  assert.equal(new Set(codes).size, count);
  assert.ok(codes.every((code) => /^[A-WVZ0-9]{8}$/.test(code)));
  assert.equal(simulator.ledger().codes.length, seeded);

  const hit = { code: codes[77_777], rule_slug: 'demo-enter', client: 'c' };
  assert.deepEqual(await result('use_code', hit), { status: true });
  assert.deepEqual([simulator.ledger().codes.length, simulator.unusedBulk().length], [seeded + 1, count - 1]);
  assert.equal(simulator.ledger().uses[0]?.code, hit.code);

  await control('POST', '/_/reset');
  assert.equal(simulator.unusedBulk().length, count);
  assert.ok(!simulator.unusedBulk().includes(codes[0] ?? ''), 'drawn anew');
});

test('codes of no rule, or of one that is switched off, are refused at the start', async () => {
  await assert.rejects(createPayCodesSimulator({ bulk: { ruleSlug: 'nowhere', count: 1 } }), /rule_not_found/);
  await assert.rejects(createPayCodesSimulator({ bulk: { ruleSlug: 'demo-off', count: 1 } }), /rule_inactive/);
});
