/**
 * Where the tests' databases and browser profiles lie while a whole run goes on: in memory, where the system has room for that. A disk that takes
 * its time to write each commit down for good would make the run twice as long, and proves nothing: no test takes the power away.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;

/** Points `os.tmpdir()` of this process and all that it starts there, until this process ends. */
export function useMemoryFolder(): void {
  if (!hasRoom()) return;
  const folder = mkdtempSync(join(memory, 'pay-desk-tests-'));
  // A database server that a test starts runs as another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enoughBytes;
  } catch {
    return false;
  }
}
