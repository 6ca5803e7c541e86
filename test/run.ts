/** `npm test`: everything that can be checked, in one run; the last line counts it. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './support/find-chromium.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const node = (...args: string[]) => [process.execPath, '--import', 'tsx', ...args];
const tests = (...folders: string[]) =>
  folders
    .flatMap((folder) => readdirSync(join(root, 'test', folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a command, shows what it says, and hands that back with its exit code. */
function run(
  title: string,
  [command = '', ...args]: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ ok: boolean; said: string }> {
  process.stdout.write(`\n— ${title}\n`);
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      process.stdout.write(text);
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, said: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, said }));
  });
}

/** A step that passes or fails as a whole. */
async function step(title: string, command: string[]): Promise<Count> {
  const { ok } = await run(title, command);
  return { passed: Number(ok), failed: Number(!ok), skipped: 0 };
}

/** Counted by the runner's own summary; one that ends badly without a failed test counts as one. */
async function suite(title: string, command: string[], read: (said: string) => Count, env?: NodeJS.ProcessEnv): Promise<Count> {
  const { ok, said } = await run(title, command, env);
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

const browser = { CHROME_PATH: findChromium() };
const nodeTest = (...files: string[]) => node('--test', '--test-reporter=spec', '--test-concurrency=2', ...files);
const counts: Count[] = [];
counts.push(await step('format, lint, no cycles', [bin('biome'), 'ci', '.']));
counts.push(await step('types, and the walls between the rooms', [bin('tsc'), '-b']));
counts.push(await step('the widget and the demo', [bin('vite'), 'build', '--logLevel', 'warn']));
counts.push(await step('the server', [bin('vite'), 'build', '--logLevel', 'warn', '--ssr']));
counts.push(await suite('server, demo, whole', nodeTest(...tests('server', 'demo', 'e2e', 'house')), nodeSummary, browser));
counts.push(
  await suite(
    'widget, in Chromium',
    node('node_modules/@web/test-runner/dist/bin.js', '--config', 'test/widget/web-test-runner.config.mjs'),
    browserSummary,
    browser,
  ),
);

const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum('skipped');
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
