/** Runs files by Node's own test runner, a process per file. */
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { scaledTimeout } from '../support/load-factor.ts';
import { type Failure, type Listener, nothing, type Outcome } from './outcome.ts';

const preloads = ['./untracked-promises.ts', './no-keep-alive.ts', './end-with-run.ts'].flatMap((path) => [
  '--import',
  new URL(path, import.meta.url).href,
]);
/** The longest time of a test or group, milliseconds. */
const longestMs = 10 * 60_000;
/** How much of what a file's process writes on standard error is kept, in characters. */
const mostWritten = 8_000;

/** Why a file failed for which no test did. The line that names the error comes first, because the end of a run shows only that. */
function ofFile(strays: readonly string[] = [], written = ''): string[] {
  const [error] = /^\w*Error\b.*$/m.exec(written) ?? [];
  return [...strays, ...(strays.length === 0 && error !== undefined ? [error, written] : [])];
}

/** @param last The test that began last; it may have ended, and left something running. */
const leftRunning = (last: readonly string[] = []): string =>
  'It did not end by itself, so the run ended it: one of its tests, or of the files before it, goes on or has left something running.' +
  (last.length > 0 ? ` The last that began: ${last.join(' > ')}` : '');

/**
 * @param options.atOnce How many files run at once.
 * @param options.quietMs The run is aborted after so many milliseconds without an event, because something that a test left running keeps
 * its file, and so the run, from ending.
 */
export async function runNode(
  root: string,
  files: readonly string[],
  listener: Listener,
  { quietMs = 5 * 60_000, atOnce = Math.max(2, availableParallelism()) } = {},
): Promise<Outcome> {
  // Each file is a process of its own that loads the same modules: Node reads the compiled ones from this cache.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/pay-desk-tests');
  const outcome = nothing();
  // Names of the groups around a test, by file, because the events of two files may alternate.
  const names = new Map<string, string[]>();
  // Likewise, of the test that began last; the events above come in the order of the file, and only when a test is over.
  const begun = new Map<string, string[]>();
  // Errors that belong to no test, by file. They end the file's process with a code, and only this names them.
  const strays = new Map<string, string[]>();
  // What the process of a file wrote on standard error, by file: only there is why a file could not be loaded.
  const written = new Map<string, string>();
  /** The runner does not count a group that is skipped as a whole, nor any of its tests. */
  let skippedGroups = 0;
  const fail = (failure: Failure) => {
    outcome.failures.push(failure);
    listener.failure(failure);
  };
  const ended = new AbortController();
  let quiet: NodeJS.Timeout | undefined;
  const restartTimer = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => ended.abort(), scaledTimeout(quietMs));
  };
  restartTimer();
  await new Promise<void>((resolve) => {
    // Without `forceExit`, which ends a file before all events were sent, so that tests are missing from the count.
    run({
      files: [...files],
      execArgv: preloads,
      concurrency: atOnce,
      timeout: scaledTimeout(longestMs),
      signal: ended.signal,
    })
      .on('data', restartTimer)
      .on('test:dequeue', ({ file = '', name, nesting }) => {
        if (name !== file) begun.set(file, [...(begun.get(file) ?? []).slice(0, nesting), name]);
      })
      .on('test:start', ({ file = '', name, nesting }) => {
        names.set(file, [...(names.get(file) ?? []).slice(0, nesting), name]);
      })
      .on('test:pass', ({ file = '', skip, details: { type } }) => {
        if (skip === undefined || skip === false) return;
        if (type === 'suite') skippedGroups += 1;
        const reason = skip === true || skip === '' ? 'no reason is given' : skip;
        outcome.reasons.set(reason, (outcome.reasons.get(reason) ?? new Set()).add(relative(root, file)));
      })
      .on('test:diagnostic', ({ file = '', message }) => {
        if (message.startsWith('Error: ')) strays.set(file, [...(strays.get(file) ?? []), message]);
      })
      .on('test:stderr', ({ file = '', message }) => {
        written.set(file, ((written.get(file) ?? '') + message).slice(-mostWritten));
      })
      .on('test:fail', ({ file = '', name, nesting, details: { error } }) => {
        const { failureType } = error as { failureType?: string };
        // Skips the group around a failed test, and the tests of a failed group: the test or group itself reports the cause.
        if (failureType === 'subtestsFailed' || failureType === 'cancelledByParent') return;
        if (failureType === 'testAborted')
          return fail({ file: relative(root, file), test: 'the file', text: leftRunning(begun.get(file)) });
        const test = [...(names.get(file) ?? []).slice(0, nesting), name].join(' > ');
        const causes = [...(name === file ? ofFile(strays.get(file), written.get(file)) : []), inspect(error.cause ?? error)];
        fail({ file: relative(root, file), test, text: causes.join('\n') });
      })
      .on('test:summary', ({ file, counts, success, duration_ms }) => {
        if (file !== undefined) {
          outcome.times.set(relative(root, file), duration_ms);
          listener.file();
          return;
        }
        outcome.passed = counts.passed;
        outcome.failed = counts.tests - counts.passed - counts.skipped - counts.todo;
        outcome.skipped = counts.skipped + counts.todo + skippedGroups;
        // A file that could not be loaded, or a group whose preparation failed, has no test that counts.
        if (!success || outcome.failures.length) outcome.failed = Math.max(outcome.failed, outcome.failures.length, 1);
      })
      .on('end', resolve)
      .resume();
  });
  clearTimeout(quiet);
  if (outcome.failed > 0 && outcome.failures.length === 0) {
    fail({
      file: files.map((file) => relative(root, file)).join(', '),
      test: 'the runner',
      text: 'It ended without a reason.',
    });
  }
  return outcome;
}
