/**
 * The rules of money with real processes that are killed and cut off: three schedules of fixed seeds, one of a new seed, and two
 * planted bugs.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { engines } from '../support/engines.ts';
import { canaries } from './canaries.ts';
import type { EngineName } from './database.ts';
import { breachLines } from './report.ts';
import { checkCanaries, runCanary } from './run-canaries.ts';
import { runSchedule } from './schedule.ts';

const postgres = engines.find(({ name }) => name === 'postgres');
const fresh = `fresh ${Date.now()}`;
const kept: { seed: string; engine: EngineName; processes: number }[] = [
  { seed: 'kept/1', engine: 'sqlite', processes: 1 },
  { seed: 'kept/2', engine: 'postgres', processes: 2 },
  { seed: 'kept/3', engine: 'postgres', processes: 3 },
  { seed: fresh, engine: 'sqlite', processes: 1 },
];
// The bundle, as in production, or the source where there is none.
const entry = existsSync('dist/server/main.js') ? ['dist/server/main.js'] : ['server/main.ts'];

describe('a schedule of customers, faults and kills', () => {
  for (const options of kept) {
    const skip = options.engine === 'postgres' ? postgres?.skip : false;
    it(`keeps the rules of money: ${options.engine}, ${options.processes}, seed ${options.seed}`, { skip }, async () => {
      const result = await runSchedule({ ...options, entry });
      assert.equal(
        result.breaches.length,
        0,
        `${breachLines(result)}\n${result.story(result.breaches.find(({ about }) => about)?.about ?? null)}`,
      );
      assert.ok(result.counts.payments > 0 && result.counts.kills > 0, 'nothing happened');
    });
  }
});

describe('a canary', () => {
  it('finds the source text that it replaces', checkCanaries);
  for (const name of ['a time-out of use_code is taken for a decline', 'some webhooks are never written down']) {
    it(`is caught: ${name}`, async () => {
      const canary = canaries.find((one) => one.name === name);
      assert.ok(canary && (await runCanary(canary)), 'every schedule kept the rules with this bug in');
    });
  }
});
