/**
 * `npm run bench`: measures the goals of `goals.ts`, each beside something bare in the same run, and writes `REPORT.md`. README.md has
 * the options. It is never a test: nothing fails because something is slow, only where a measurement cannot run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Measurement } from './bench-run.ts';
import { browser } from './browser.ts';
import { coldStart } from './cold-start.ts';
import { goals } from './goals.ts';
import { longPolls } from './long-polls.ts';
import { manyRows } from './many-rows.ts';
import { payCodes } from './pay-codes.ts';
import { recovery } from './recovery.ts';
import { type Finding, report } from './report.ts';
import { routes } from './routes.ts';
import { wire } from './wire.ts';

const measurements: readonly Measurement[] = [
  ...routes,
  ...payCodes,
  ...longPolls,
  ...manyRows,
  ...recovery,
  coldStart,
  wire,
  browser,
];

/** No measurement may take longer, in milliseconds, so that a machine that hangs does not bench for ever. */
const mostMs = 240_000;
/** For each hundred thousand payments of `--many` beyond the first. */
const moreMs = 60_000;

const { values } = parseArgs({
  options: { many: { type: 'string', default: '100000' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const many = Number(values.many);
if (!Number.isInteger(many) || many < 1_000) throw new Error('--many: expected a whole number from 1000 on.');
const wanted = values.only?.split(',') ?? measurements.map(({ name }) => name);
const unknown = wanted.filter((name) => !measurements.some((one) => one.name.startsWith(name)));
if (unknown.length > 0)
  throw new Error(`--only: expected names or beginnings of ${measurements.map(({ name }) => name).join(', ')}.`);

const root = fileURLToPath(new URL('../../', import.meta.url));
const print = (text: string) => void process.stdout.write(`${text}\n`);
const findings = new Map<string, Finding>();
/** What has to be undone, of the measurement that runs. */
let undo: (() => unknown)[] = [];

async function cleanUp(): Promise<void> {
  const steps = undo.reverse();
  undo = [];
  for (const step of steps) await Promise.resolve(step()).catch((cause: unknown) => print(`  left behind: ${String(cause)}`));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

async function measure({ name, goals: ids, skip, measure: work }: Measurement): Promise<boolean> {
  const skipped = (why: string) => {
    for (const id of ids) if (!findings.has(id)) findings.set(id, { skipped: why });
    print(`${name}: not measured: ${why}`);
    return false;
  };
  if (skip) return skipped(skip);
  const started = performance.now();
  const limit = mostMs + Math.max(0, many / 100_000 - 1) * moreMs;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${limit / 1000} s`)), limit);
  });
  try {
    const running = work({
      many: values.quick ? Math.min(many, 2_000) : many,
      times: (count, least = 1) => (values.quick ? Math.max(least, Math.ceil(count / 20)) : count),
      find: (goal, finding) => void findings.set(goal, finding),
      print,
      onEnd: (step) => void undo.push(step),
    });
    // After the limit nobody waits for it any more, and it fails on what was cleaned up.
    running.catch(() => undefined);
    await Promise.race([running, tooLong]);
  } catch (cause) {
    return skipped(cause instanceof Error ? cause.message : String(cause));
  } finally {
    clearTimeout(timer);
    await cleanUp();
  }
  print(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return true;
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');

for (const [built, script] of [
  ['dist/widget/v1', 'build:widget'],
  ['dist/server/main.js', 'build:server'],
] as const)
  if (!existsSync(`${root}${built}`)) execFileSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' });

const startedAt = Date.now();
const loadBefore = load();
const notMeasured: string[] = [];
for (const one of measurements) {
  if (!wanted.some((name) => one.name.startsWith(name))) continue;
  if (!(await measure(one))) notMeasured.push(one.name);
}
const changed = git('status', '--porcelain', '--', 'server', 'widget', 'test/bench', ':!test/bench/REPORT.md')
  ? ', with changes'
  : '';
const text = report(goals, findings, [
  ['commit', `${git('rev-parse', '--short', 'HEAD')}${changed}`],
  [
    'date',
    `${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes`,
  ],
  ['machine', `${availableParallelism()} cores, ${cpus()[0]?.model.trim() || process.arch}`],
  ['load average', `${loadBefore} before, ${load()} after`],
  ['Node', process.version],
  ['very many payments', many.toLocaleString('en-US')],
]);
if (values.quick || values.only) print(`\n${text}`);
else {
  writeFileSync(new URL('REPORT.md', import.meta.url), text);
  print('written: test/bench/REPORT.md');
}
if (notMeasured.length > 0) {
  process.stderr.write(`This bench is not whole: ${notMeasured.join(', ')} could not be measured, for the reasons above.\n`);
  process.exitCode = 1;
}
