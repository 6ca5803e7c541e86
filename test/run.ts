/**
 * `npm test` runs every check and counts them in its last line; `npm test -- path…` runs these files or folders only.
 * `npm run test:fast` runs what needs no browser, database or process. Prints a dot per file and a line per lane, and failures in
 * full. What was skipped, and why, and what has failed stands at the end once more.
 */
import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTests, type Plan } from './run/find-tests.ts';
import { installChromium } from './run/install-chromium.ts';
import { fast } from './run/lanes.ts';
import { useMemoryFolder } from './run/memory-folder.ts';
import { type Failure, type Listener, nothing, type Outcome } from './run/outcome.ts';
import { runBrowser } from './run/run-browser.ts';
import { runNode } from './run/run-node.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const print = (text: string) => void process.stdout.write(text);

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('--'));
const unknown = options.filter((option) => option !== '--fast' && option !== '--times');
const paths = args.filter((arg) => !arg.startsWith('--'));
if (unknown.length) {
  print(`Unknown: ${unknown.join(' ')}. Usage: npm test [-- path… | --times]\n`);
  process.exit(1);
}
const isFast = options.includes('--fast');
const isWholeRun = paths.length === 0;

const failures: Failure[] = [];
const total = nothing();
let dots = 0;

const listener: Listener = {
  file() {
    dots += 1;
    print('.');
  },
  failure({ file, test, text }) {
    newLine();
    print(`✖ ${file}: ${test}\n${text.replace(/^/gm, '    ')}\n\n`);
  },
};

function newLine(): void {
  if (dots) print('\n');
  dots = 0;
}

/** Runs a lane or a check and prints a line with its result, in minutes. */
async function lane(name: string, work: () => Promise<Outcome>): Promise<Outcome> {
  const start = Date.now();
  const outcome = await work();
  newLine();
  const { passed, failed, skipped } = outcome;
  const counts = [`${passed} passed`, ...(failed ? [`${failed} failed`] : []), ...(skipped ? [`${skipped} skipped`] : [])];
  print(
    `${failed ? '✖' : '✔'} ${name.padEnd(40)} ${counts.join(', ').padEnd(32)} ${((Date.now() - start) / 60_000).toFixed(1)} min\n`,
  );
  if (options.includes('--times'))
    for (const [file, ms] of [...outcome.times].sort(([, one], [, other]) => other - one))
      print(`    ${(ms / 1000).toFixed(1).padStart(6)} s  ${file}\n`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  failures.push(...outcome.failures);
  for (const [reason, files] of outcome.reasons)
    total.reasons.set(reason, new Set([...(total.reasons.get(reason) ?? []), ...files]));
  return outcome;
}

/** A command that passes or fails as a whole. */
const check = (name: string, command: string, ...args: string[]) =>
  lane(name, async () => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ok = await new Promise<boolean>((resolve) => {
      child.on('error', () => resolve(false));
      child.on('close', (code) => resolve(code === 0));
    });
    if (ok) return { ...nothing(), passed: 1 };
    const failure = { file: relative(root, command), test: name, text: output };
    listener.failure(failure);
    return { ...nothing(), failed: 1, failures: [failure] };
  });

async function runLanes(plan: Plan): Promise<void> {
  const left = [...plan];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { lane: what, files } = next;
      await lane(what.name, () =>
        what.runner === 'node' ? runNode(root, files, listener, what) : runBrowser(root, files, listener),
      );
    }
  };
  // Two lanes run side by side: the browser shows one page at a time, and many tests of the server wait, so together they use two
  // cores.
  await Promise.all([work(), work()]);
}

useMemoryFolder();
try {
  const plan = findTests(root, isFast ? fast.map((path) => join(root, 'test', path)) : paths);
  const needsPostgres =
    !isFast && !process.env.TEST_POSTGRES_URL && plan.some(({ lane: { runner, built } }) => runner === 'node' && built);
  const needsBuild = !isFast && plan.some(({ lane: { built } }) => built);
  await Promise.all([
    ...(isWholeRun ? [check('format, lint, no cycles', bin('biome'), 'ci', '--colors=off', '.')] : []),
    ...(needsPostgres ? [import('./run/memory-postgres.ts').then(({ useMemoryPostgres }) => useMemoryPostgres())] : []),
    // The packages hold the declarations that the compiler writes.
    ...(isWholeRun || needsBuild ? [check('types, and imports between compiler projects', bin('tsc'), '-b')] : []),
  ]);
  if (needsBuild) {
    await Promise.all([
      check('builds: the widget and the demo', bin('vite'), 'build', '--logLevel', 'warn'),
      check('builds: the server', bin('vite'), 'build', '--logLevel', 'warn', '--ssr'),
    ]);
    await check('builds: the npm packages', process.execPath, 'widget/build/build-packages.ts');
  }
  if (!isFast && plan.some(({ lane: { chromium } }) => chromium)) await installChromium(print);
  await runLanes(plan);
} catch (error) {
  total.failed += 1;
  failures.push({ file: 'test/run.ts', test: 'the run', text: error instanceof Error ? error.message : String(error) });
}

if (total.reasons.size) {
  print('\nSkipped:\n');
  for (const [reason, files] of total.reasons) print(`  ○ ${reason}: ${[...files].sort().join(', ')}\n`);
}
if (failures.length) {
  print('\nFailed:\n');
  for (const { file, test, text } of failures) print(`  ✖ ${file}: ${test}\n      ${text.trim().split('\n')[0]}\n`);
}
print(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}\n`);
process.exit(total.failed > 0 ? 1 : 0);
