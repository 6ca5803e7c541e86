/** Runs the canaries: each in its schedule, and in two more where it was not caught; or in the test that must fail. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Canary, canaries } from './canaries.ts';
import { stepCanaries } from './in-process/step-canaries.ts';
import { runSchedule } from './schedule.ts';

/** Real processes decide the order of events, so a seed does not catch a bug every time. */
const tries = 3;
const preload = new URL('./canary-preload.ts', import.meta.url).href;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** @throws Where a text to be replaced does not occur exactly once. */
export function checkCanaries(): void {
  for (const { name, edits } of [...canaries, ...stepCanaries]) {
    for (const { file, find } of edits) {
      const text = readFileSync(new URL(`../../server/${file}`, import.meta.url), 'utf8');
      if (text.split(find).length !== 2) throw new Error(`canary "${name}": server/${file} does not have, once: ${find}`);
    }
  }
}

/** @returns How it was caught; null where it was not. */
export async function runCanary(canary: Canary): Promise<string | null> {
  if ('test' in canary) return failedTest(canary.name, canary.test);
  const { name, breaks, schedule } = canary;
  for (let nth = 0; nth < tries; nth += 1) {
    const seed = nth === 0 ? schedule.seed : `${schedule.seed} ${nth}`;
    const entry = ['--import', preload, 'server/main.ts'];
    const { breaches } = await runSchedule({ ...schedule, seed, entry, env: { CANARY: name } });
    const breach = breaches.find(({ rule }) => breaks.includes(rule));
    if (breach) return `${seed}: ${breach.rule}, ${breach.text}`;
  }
  return null;
}

/** The first test of the file that failed with the bug in. A file that cannot even be loaded proves nothing. */
async function failedTest(name: string, test: string): Promise<string | null> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const output = await new Promise<string>((resolve) => {
    const args = ['--import', preload, '--test-reporter=tap', test];
    execFile(process.execPath, args, { cwd: root, env: { ...env, CANARY: name } }, (_error, stdout) => resolve(stdout));
  });
  const failed = /^ {4,}not ok \d+ - (.+)$/m.exec(output)?.[1];
  return failed === undefined ? null : `${test}: ${failed}`;
}
