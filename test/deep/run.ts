/**
 * `npm run test:deep`: runs schedules or canaries, and prints a table and the shortest story of each breach. README.md has the
 * options.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { canaries } from './canaries.ts';
import type { EngineName } from './database.ts';
import { canariesInProcess, runCanaryInProcess } from './in-process/run-canaries.ts';
import { planSchedule } from './plan-schedule.ts';
import { breachLines, replay, report } from './report.ts';
import { checkCanaries, runCanary } from './run-canaries.ts';
import { runSchedule, type ScheduleOptions, type ScheduleResult } from './schedule.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now()) },
    /** The seed of one schedule, as printed for a replay. */
    exactly: { type: 'string' },
    parallel: { type: 'string', default: '2' },
    engine: { type: 'string' },
    processes: { type: 'string' },
    only: { type: 'string' },
    kills: { type: 'string' },
    cuts: { type: 'string' },
    operators: { type: 'string' },
    faults: { type: 'boolean', default: true },
    others: { type: 'boolean', default: true },
    shrink: { type: 'boolean', default: true },
    /** Prints all events too. */
    all: { type: 'boolean', default: false },
    canaries: { type: 'boolean', default: false },
    canary: { type: 'string' },
    /** So many schedules in one process, without real processes: see `in-process/main.ts` for what follows. */
    'in-process': { type: 'string' },
    from: { type: 'string' },
    plan: { type: 'string' },
    minutes: { type: 'string' },
  },
  allowNegative: true,
});

const print = (text: string) => void process.stdout.write(`${text}\n`);
if (values['in-process'] !== undefined) {
  const { seed, from, plan, minutes } = values;
  process.exit(
    values.canaries || values.canary !== undefined ? await canariesInOneProcess() : inProcess({ seed, from, plan, minutes }),
  );
}
// The server does not start without the widget it serves.
for (const [built, script] of [
  ['dist/server/main.js', 'build:server'],
  ['dist/widget/v1', 'build:widget'],
] as const)
  if (!existsSync(built)) execFileSync('npm', ['run', '--silent', script], { stdio: 'inherit' });
process.exitCode = values.canaries || values.canary !== undefined ? await allCanaries() : await schedules();

async function schedules(): Promise<number> {
  const began = performance.now();
  const overrides: Partial<ScheduleOptions> = {
    ...(values.engine && { engine: values.engine as EngineName }),
    ...(values.processes && { processes: Number(values.processes) }),
    ...(values.only && { only: values.only.split(',').map(Number) }),
    ...(values.kills && { kills: Number(values.kills) }),
    ...(values.cuts && { cuts: Number(values.cuts) }),
    ...(values.operators && { operators: Number(values.operators) }),
    ...(!values.faults && { upstreamFaults: false }),
    ...(!values.others && { others: false }),
  };
  const planned = values.exactly === undefined ? Number(values.schedules) : 1;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  print(`commit ${commit}, seed ${values.exactly ?? values.seed}, ${planned} schedules`);
  const results: ScheduleResult[] = [];
  let next = 0;
  const worker = async () => {
    while (next < planned) {
      const nth = next;
      next += 1;
      const options =
        values.exactly === undefined
          ? planSchedule(values.seed, nth, overrides)
          : { ...planSchedule(values.exactly, 0, overrides), seed: values.exactly };
      const result = await runSchedule(options);
      results.push(result);
      const { engine, processes, seed } = result.options;
      const { payments, kills, databaseCuts, socketCuts, faults } = result.counts;
      print(
        `${seed}: ${engine} × ${processes}, ${payments} payments, ${kills} kills, ${databaseCuts} + ${socketCuts} cuts, ${faults} faults, ${(result.tookMs / 1000).toFixed(1)} s: ${result.breaches.length === 0 ? 'kept' : 'BROKEN'}`,
      );
      if (result.breaches.length > 0) print(breachLines(result));
      // A replay is never quite the same, so each story is told at once.
      for (const about of new Set(result.breaches.map((breach) => breach.about))) if (about) print(result.story(about));
      if (values.all) print(result.all());
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.parallel)) }, worker));
  const broken = results.find(({ breaches }) => breaches.length > 0);
  const [breach] = broken?.breaches.toSorted((one, other) => Number(one.about === null) - Number(other.about === null)) ?? [];
  if (broken && breach) {
    const {
      result,
      breach: shrunk,
      without,
    } = values.shrink ? await shrink(broken, breach) : { result: broken, breach, without: [] };
    print(
      `\nthe shortest story${without.length > 0 ? ` (without ${without.join(', ')})` : ''}: ${shrunk.rule}, ${shrunk.text}\n${result.story(shrunk.about)}\nagain: ${replay(result.options)}`,
    );
  }
  print(`\n${report(results, commit, (performance.now() - began) / 60_000)}`);
  return broken ? 1 : 0;
}

async function allCanaries(): Promise<number> {
  checkCanaries();
  const wanted = canaries.filter(({ name }) => name.includes(values.canary ?? ''));
  let missed = 0;
  for (const canary of wanted) {
    const caught = await runCanary(canary);
    if (caught === null) missed += 1;
    print(caught === null ? `MISSED: ${canary.name}` : `caught: ${canary.name} (${caught})`);
  }
  print(`\n${wanted.length - missed} of ${wanted.length} canaries caught`);
  return missed > 0 ? 1 : 0;
}

/** Schedules in one process, which replaces the time and the network of the whole process. */
function inProcess(options: Record<string, string | undefined>): number {
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const main = fileURLToPath(new URL('./in-process/main.ts', import.meta.url));
  const args = [main, '--schedules', values['in-process'] ?? '', ...given, ...(values.all ? ['--events'] : [])];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

async function canariesInOneProcess(): Promise<number> {
  checkCanaries();
  const wanted = canariesInProcess.filter(({ name }) => name.includes(values.canary ?? ''));
  let missed = 0;
  for (const canary of wanted) {
    const caught = await runCanaryInProcess(canary, Number(values['in-process']));
    if (caught === null) missed += 1;
    print(caught === null ? `MISSED: ${canary.name}` : `caught: ${canary.name} (${caught})`);
  }
  print(`\n${wanted.length - missed} of ${wanted.length} canaries caught`);
  return missed > 0 ? 1 : 0;
}
