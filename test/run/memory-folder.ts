/**
 * Puts the tests' databases and browser profiles into memory where the system has space. A disk that is slow to write each commit
 * would double the time of a run and prove nothing, because no test cuts the power.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;

/** Points `os.tmpdir()` of this process and its children to memory, until this process ends. */
export function useMemoryFolder(): void {
  if (!hasRoom()) return;
  const folder = mkdtempSync(join(memory, 'pay-desk-tests-'));
  // Readable for all, because a database server that a test starts runs as another user.
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
