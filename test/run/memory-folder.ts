/**
 * Puts the tests' databases and browser profiles into memory where the system has space. A disk that is slow to write each commit
 * would double the time of a run and prove nothing, because no test cuts the power.
 */
import { chmodSync, globSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;
const prefix = 'pay-desk-tests-';
/** Longer than any run lasts. */
const leftAfterMs = 6 * 3_600_000;

/** Points `os.tmpdir()` of this process and its children to memory, until this process ends. */
export function useMemoryFolder(): void {
  removeLeftovers(memory);
  if (!hasRoom()) return;
  const folder = mkdtempSync(join(memory, `${prefix}${process.pid}-`));
  // Readable for all, because a database server that a test starts runs as another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}

/** Whether temporary files of this process are in memory. */
export const isInMemory = (): boolean => tmpdir().startsWith(`${memory}/`);

/**
 * Removes what runs have left that were killed: it would take the machine's memory until its next start.
 * @param parent The folder in which each run has one of its own.
 */
export function removeLeftovers(parent: string): void {
  for (const name of globSync(`${prefix}*`, { cwd: parent })) {
    const [, pid] = /-(\d+)-[^-]*$/.exec(name) ?? [];
    const folder = join(parent, name);
    try {
      // The run of another container may have the same folder, and a number that is nobody's here.
      const isOld = Date.now() - statSync(folder).mtimeMs > leftAfterMs;
      if (isOld && (pid === undefined || !isAlive(Number(pid)))) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run removes it, or it is somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enoughBytes;
  } catch {
    return false;
  }
}
