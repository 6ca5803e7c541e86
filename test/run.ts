/** `npm test`: everything that can be checked, in one run; the last line counts it. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './support/find-chromium.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const node = (...args: string[]) => [process.execPath, ...args];
const tests = (...folders: string[]) =>
  folders
    .flatMap((folder) => readdirSync(join(root, 'test', folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

interface Run {
  env?: NodeJS.ProcessEnv;
  beside?: boolean;
}

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a command, shows what it says, once it is over where another runs beside it, and hands that back with its exit code. */
async function run(title: string, command: string[], { env, beside = false }: Run = {}): Promise<{ ok: boolean; said: string }> {
  const [file = '', ...args] = command;
  const show = (text: string) => void process.stdout.write(text);
  if (!beside) show(`\n— ${title}\n`);
  const child = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!beside) show(text);
    });
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
  if (beside) show(`\n— ${title}\n${said}`);
  return { ok, said };
}

/** A step that passes or fails as a whole. */
async function step(title: string, command: string[]): Promise<Count> {
  const { ok } = await run(title, command);
  return { passed: Number(ok), failed: Number(!ok), skipped: 0 };
}

/** Counted by the runner's own summary; one that ends badly without a failed test counts as one. */
async function suite(title: string, command: string[], read: (said: string) => Count, how: Run): Promise<Count> {
  const { ok, said } = await run(title, command, how);
  const count = read(said);
  return { ...count, failed: ok || count.failed > 0 ? count.failed : 1 };
}

const number = (said: string, pattern: RegExp): number => Number([...said.matchAll(pattern)].at(-1)?.[1] ?? 0);
const nodeSummary = (said: string): Count => ({
  passed: number(said, /^ℹ pass (\d+)$/gm),
  failed: number(said, /^ℹ fail (\d+)$/gm) + number(said, /^ℹ cancelled (\d+)$/gm),
  skipped: number(said, /^ℹ skipped (\d+)$/gm) + number(said, /^ℹ todo (\d+)$/gm),
});
const browserSummary = (said: string): Count => ({
  passed: number(said, /(\d+) passed/g),
  failed: number(said, /(\d+) failed/g),
  skipped: number(said, /(\d+) skipped/g),
});

const env = { CHROME_PATH: findChromium() };
const nodeTest = (...files: string[]) => node('--test', '--test-reporter=spec', '--test-concurrency=2', ...files);
const widget = node('node_modules/@web/test-runner/dist/bin.js', '--config', 'test/widget/web-test-runner.config.mjs');
const counts: Count[] = [];
counts.push(await step('format, lint, no cycles', [bin('biome'), 'ci', '.']));
counts.push(await step('types, and the walls between the rooms', [bin('tsc'), '-b']));
counts.push(await step('the widget and the demo', [bin('vite'), 'build', '--logLevel', 'warn']));
counts.push(await step('the server', [bin('vite'), 'build', '--logLevel', 'warn', '--ssr']));
counts.push(await suite('what is said on the wire', nodeTest(...tests('golden')), nodeSummary, {}));
counts.push(await suite('whole, and the demo', nodeTest(...tests('e2e', 'demo')), nodeSummary, { env }));
// The widget's browser shows one page at a time, and the server's tests, which show none, wait much: together they fill two cores.
counts.push(
  ...(await Promise.all([
    suite('server and house', nodeTest(...tests('server', 'house')), nodeSummary, { env }),
    suite('widget, in Chromium', widget, browserSummary, { env, beside: true }),
  ])),
);

const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum('skipped');
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
