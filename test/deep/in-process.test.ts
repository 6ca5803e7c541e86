/** The rules of money in one process: schedules of a fixed seed, some of a new seed that is printed, and a planted bug. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { canariesInProcess, runCanaryInProcess } from './in-process/run-canaries.ts';

const main = fileURLToPath(new URL('./in-process/main.ts', import.meta.url));

/** @returns What was printed, and whether all rules were kept. */
const run = (...args: string[]): Promise<{ kept: boolean; output: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, NODE_NO_WARNINGS: '1' };
    execFile(process.execPath, [main, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ kept: error === null, output: stdout + stderr }),
    );
  });

describe('schedules in one process', () => {
  for (const [seed, schedules] of [
    ['kept', 25],
    [`fresh ${Date.now()}`, 10],
  ] as const) {
    it(`keep the rules of money: ${schedules} of the seed ${seed}`, async () => {
      const { kept, output } = await run('--seed', seed, '--schedules', String(schedules));
      assert.ok(kept, output);
    });
  }

  it('are the same each time, event by event', async () => {
    const args = ['--seed', 'same', '--schedules', '2', '--events'];
    const events = ({ output }: { output: string }) => output.slice(0, output.indexOf('commit '));
    const [one, other] = [await run(...args), await run(...args)];
    assert.ok(events(one).length > 1_000, one.output);
    assert.equal(events(one), events(other));
  });

  it('catch a planted bug', async () => {
    const canary = canariesInProcess.find(({ name }) => name === 'a time-out of use_code is taken for a decline');
    assert.ok(canary && (await runCanaryInProcess(canary, 40)), 'every schedule kept the rules with this bug in');
  });
});
