/**
 * Loaded into each process of Node's test runner: it ends what its file has started whenever it ends, and it ends itself once the
 * run has died, e.g. by SIGKILL. Nobody else would: the runner's time limits die with the run, and a server that a test waits for
 * keeps the process alive for ever.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

const run = process.ppid;
const lookEveryMs = 1_000;
/** How long a process that was started has to end what it has started itself. */
const graceMs = 2_000;
const started = new Set<ChildProcess>();

subscribe('child_process', (message) => {
  const { process: child } = message as { process: ChildProcess };
  started.add(child);
  child.once('exit', () => started.delete(child));
});
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});
const look = setInterval(() => {
  if (process.ppid === run) return;
  clearInterval(look);
  for (const child of started) child.kill('SIGTERM');
  setTimeout(() => process.exit(1), graceMs);
}, lookEveryMs).unref();
