/**
 * Room on the disk that is kept for answers in flight. A file of ballast lies beside the database; when the disk is full, nothing new is begun,
 * and the ballast makes room for what payment services have said already.
 */
import { randomFillSync } from 'node:crypto';
import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Reserve {
  /** Whether a write found no room and there is still none. Looks at the disk, so it is told soon after there is room again. */
  isFull(): boolean;
  /** Whether there is so little room left that a write may fail. */
  isLow(): boolean;
  /** A write found no room. */
  markFull(): void;
  /** Makes room for an answer; false where that was done already. */
  release(): boolean;
}

export const noReserve: Reserve = { isFull: () => false, isLow: () => false, markFull: () => undefined, release: () => false };

/** For some hundred answers. */
const reservedBytes = 8 * 1024 * 1024;
const leastBytes = 1024 * 1024;

export function createReserve(path: string): Reserve {
  let full = false;
  const free = (): number => {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  };
  const isThere = (): boolean => statSync(path, { throwIfNoEntry: false })?.size === reservedBytes;
  /** Random, since a file system may pack away what repeats. */
  const make = (): void => {
    if (isThere()) return;
    try {
      writeFileSync(path, randomFillSync(Buffer.allocUnsafe(reservedBytes)), { mode: 0o600 });
    } catch {
      rmSync(path, { force: true });
      full = true;
    }
  };
  make();
  return {
    isFull() {
      if (!full || free() < leastBytes + (isThere() ? 0 : reservedBytes)) return full;
      full = false;
      make();
      return full;
    },
    isLow: () => free() < leastBytes,
    markFull() {
      full = true;
    },
    release() {
      full = true;
      if (!isThere()) return false;
      rmSync(path, { force: true });
      return true;
    },
  };
}
