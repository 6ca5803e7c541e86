/**
 * Runs schedules in this process: `npm run test:deep -- --in-process 500 --seed S`. Prints a table, and for the first breach the seed and
 * the shortest story. With a planted bug it ends at the first schedule that catches it. README.md has the options.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useMemoryFolder } from '../../run/memory-folder.ts';
import type { Rule } from '../context.ts';
import type { Ground } from './cores.ts';
import { realNow } from './install.ts';
import { planOf } from './plan.ts';
import type { Outcome, Plan } from './simulation.ts';
import { createTally } from './tally.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '500' },
    /** Real minutes after which no further schedule begins. */
    minutes: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.round(performance.timeOrigin)) },
    /** Which schedule of the seed is the first; so a run can be repeated from where it broke. */
    from: { type: 'string', default: '0' },
    /** A plan as JSON, which replaces that of the seed; `{"seed":…}` is enough. */
    plan: { type: 'string' },
    /** A part of a plan as JSON, for all schedules. */
    all: { type: 'string', default: '{}' },
    /** Prints every event of each schedule. */
    events: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: true },
    /** Ends with success at the first breach of one of these rules, separated by commas. */
    until: { type: 'string' },
  },
  allowNegative: true,
});

useMemoryFolder();
// After the installation, and after a canary was planted.
const { createGround } = await import('./cores.ts');
const { simulateSchedule } = await import('./simulation.ts');
const { shrinkPlan } = await import('./shrink-plan.ts');
const { webhookSecret } = await import('../webhook-receiver.ts');

const print = (text: string) => void process.stdout.write(`${text}\n`);
const folder = () => mkdtempSync(join(tmpdir(), 'pay-desk-in-process-'));
const anew = async (plan: Plan): Promise<Outcome> => {
  const own = folder();
  try {
    return await simulateSchedule(plan, createGround(own, webhookSecret));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
};
// A core of ours that has crashed may still fail somewhere; a living one must not.
const failures: unknown[] = [];
process.on('unhandledRejection', (cause) => {
  if (!/crashed|database connection is not open/.test(String(cause))) failures.push(cause);
});
process.exit(await run());

async function run(): Promise<number> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const first = Number(values.from);
  const planned = values.plan === undefined ? Number(values.schedules) : 1;
  const until = values.until?.split(',') as Rule[] | undefined;
  const common = JSON.parse(values.all) as Partial<Plan>;
  const tally = createTally();
  const ground: Ground = createGround(folder(), webhookSecret);
  const began = realNow();
  let told = false;
  const lastMs = Number(values.minutes) * 60_000;
  for (let nth = first; nth < first + planned && realNow() - began < lastMs; nth += 1) {
    const given = values.plan === undefined ? { seed: `${values.seed}/${nth}` } : (JSON.parse(values.plan) as Partial<Plan>);
    const plan = { ...planOf(given.seed ?? ''), ...given, ...common };
    const outcome = await simulateSchedule(plan, ground);
    for (const cause of failures.splice(0))
      outcome.breaches.push({ rule: 'service', about: null, text: `a promise was rejected, and nobody noticed: ${cause}` });
    tally.add(outcome);
    if (values.events) print(outcome.all());
    const found = outcome.breaches.find(({ rule }) => !until || until.includes(rule));
    if (!found) continue;
    if (until) {
      print(`${plan.seed}: ${found.rule}, ${found.text}`);
      return 0;
    }
    // One story is enough to begin with; the table names the other seeds.
    if (!told) await tell(outcome, commit);
    told = true;
  }
  const { user, system } = process.cpuUsage();
  print(tally.table(commit, values.seed, (user + system) / 1e6));
  print(`${((realNow() - began) / 1000).toFixed(0)} s on the clock`);
  return tally.broken() || until ? 1 : 0;
}

/** Prints what broke, and how to see it again in its shortest form. */
async function tell(outcome: Outcome, commit: string): Promise<void> {
  for (const { rule, about, text } of outcome.breaches) print(`${rule}: ${about ?? ''} ${text}`);
  const [breach] = outcome.breaches.toSorted((one, other) => Number(one.about === null) - Number(other.about === null));
  if (!breach) return;
  const again = await anew(outcome.plan);
  const same = again.breaches.find(({ rule }) => rule === breach.rule);
  if (!same) {
    print(
      `\nIt broke after the schedules before it, and not from an empty database: --seed ${values.seed} --from ${values.from}`,
    );
    print(outcome.story(breach.about));
    return;
  }
  const shortest = values.shrink ? await shrinkPlan(again, same, anew) : again;
  const { about, rule, text } = shortest.breaches.find((one) => one.rule === breach.rule) ?? same;
  print(`\ncommit ${commit}, the shortest story of “${rule}: ${text}”:`);
  print(about === null ? shortest.all() : shortest.story(about));
  print(`again: npm run test:deep -- --in-process 1 --plan '${JSON.stringify(shortest.plan)}'\n`);
}
