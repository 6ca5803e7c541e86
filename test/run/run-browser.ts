/** Runs files by @web/test-runner in Chromium. Its reporter sends the results over the channel between the two processes. */
import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { type Failure, type Listener, nothing, type Outcome } from './outcome.ts';

/** The message of `test/widget/report.mjs` for each file. */
interface FileReport {
  file: string;
  ms: number;
  passed: number;
  skipped: number;
  failures: { test: string; text: string }[];
}

/** The browser ended, or lost its connection to the runner: that says nothing about the tests of its page. */
const isLost = ({ failures }: FileReport): boolean => failures.some(({ text }) => text.includes('the browser disconnected'));

/** @param again Whether the files of a lost browser are run once more. */
export async function runBrowser(root: string, files: readonly string[], listener: Listener, again = true): Promise<Outcome> {
  const outcome = nothing();
  const fail = (failure: Failure) => {
    outcome.failed += 1;
    outcome.failures.push(failure);
    listener.failure(failure);
  };
  const wtr = ['node_modules/@web/test-runner/dist/bin.js', '--config', 'test/widget/web-test-runner.config.mjs', '--files'];
  const child = spawn(process.execPath, [...wtr, ...files], { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const lost = new Set<string>();
  child.on('message', (report: FileReport) => {
    const file = relative(root, report.file);
    if (again && isLost(report)) lost.add(report.file);
    // Its page is reported as failed for each way in which it was noticed.
    if (lost.has(report.file)) return;
    outcome.passed += report.passed;
    outcome.skipped += report.skipped;
    outcome.times.set(file, report.ms);
    for (const failure of report.failures) fail({ file, ...failure });
    listener.file();
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  if (lost.size > 0) {
    process.stdout.write(`\nThe browser was lost at ${[...lost].map((file) => relative(root, file)).join(', ')}: once more.\n`);
    const { failures, times, ...counts } = await runBrowser(root, [...lost], listener, false);
    for (const name of ['passed', 'failed', 'skipped'] as const) outcome[name] += counts[name];
    outcome.failures.push(...failures);
    for (const [file, ms] of times) outcome.times.set(file, ms);
  } else if (code !== 0 && outcome.failures.length === 0)
    fail({ file: 'test/widget', test: 'the runner', text: output.slice(-4_000) });
  return outcome;
}
