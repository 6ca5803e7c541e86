/**
 * `npm run dev`: the demo for whoever changes it. When a file of the product changes, the demo starts again; where the browser
 * loads that file, the widget and the QA page are built before. Payments are gone then, because the demo's database is. A build
 * that fails leaves the demo as it was until the next change. Ctrl-C ends all of it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
/** An editor that saves writes more than once, and a checkout writes many files. */
const settleMs = 200;

/** Paths from the root, with slashes, since they were last looked at. */
const changed = new Set<string>();
let wake = () => {};
for (const folder of ['widget', 'server', 'demo'])
  watch(join(root, folder), { recursive: true }, (_, name) => {
    const path = join(folder, name ?? '').replaceAll('\\', '/');
    if (path.includes('.types') || !/\.(ts|js|css|html|json)$/.test(path)) return;
    changed.add(path);
    wake();
  });

/** What the browser loads. */
const isBuilt = (path: string) => /^(widget|server\/contract|demo\/page)\/|^demo\/(index\.html|main\.ts)$/.test(path);

const children: { demo?: ChildProcess | undefined; build?: ChildProcess | undefined } = {};
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopping = true;
    children.build?.kill();
    children.demo?.kill();
    wake();
  });

/**
 * In a process group of its own: the terminal sends Ctrl-C to us alone, and we pass it on once, because the demo takes a second
 * signal for impatience.
 */
const run = (...args: string[]): ChildProcess => spawn(process.execPath, args, { cwd: root, stdio: 'inherit', detached: true });

/** Whether the widget and the QA page could be built. */
async function build(): Promise<boolean> {
  children.build = run(vite, 'build', '--logLevel', 'warn');
  const [code] = await once(children.build, 'exit');
  children.build = undefined;
  return code === 0;
}

async function endDemo(): Promise<void> {
  const { demo } = children;
  if (!demo || demo.exitCode !== null || demo.signalCode !== null) return;
  const ended = once(demo, 'exit');
  if (!stopping) demo.kill();
  await ended;
}

async function nextChange(): Promise<void> {
  const isNext = new Promise<void>((resolve) => {
    wake = resolve;
  });
  if (changed.size === 0 && !stopping) await isNext;
  if (!stopping) await pause(settleMs);
}

let mustBuild = true;
while (!stopping) {
  const isUsable: boolean = !mustBuild || (await build());
  if (isUsable && !stopping) {
    await endDemo();
    if (stopping) break;
    children.demo = run(join(root, 'demo/start.ts'));
  }
  await nextChange();
  // A build that failed must be made again, whatever changed.
  mustBuild = !isUsable || [...changed].some(isBuilt);
  changed.clear();
}
await endDemo();
process.exit(0);
