/** What every QR code of a version has, and where no data may stand: the corners, the lines between them, the marks, room for the format. */
import { withRemainder } from './with-remainder.ts';

export interface Patterns {
  /** Rows of modules, true for dark. */
  modules: boolean[][];
  /** Of those, what is no data. */
  fixed: boolean[][];
}

export function patterns(version: number): Patterns {
  const size = version * 4 + 17;
  const last = size - 7;
  const blank = () => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const [modules, fixed] = [blank(), blank()];
  const set = (y: number, x: number, dark: boolean) => {
    const [row, held] = [modules[y], fixed[y]];
    if (row?.[x] === undefined || !held) return;
    row[x] = dark;
    held[x] = true;
  };
  const square = (y: number, x: number, reach: number, light: readonly number[]) => {
    for (let down = -reach; down <= reach; down += 1)
      for (let right = -reach; right <= reach; right += 1)
        set(y + down, x + right, !light.includes(Math.max(Math.abs(down), Math.abs(right))));
  };
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const middles = version > 6 ? [2 * version + 8] : [];
  const marks = version > 1 ? [6, ...middles, last] : [];
  const inCorner = (y: number, x: number) => (y === 6 && (x === 6 || x === last)) || (y === last && x === 6);
  for (const y of marks) for (const x of marks) if (!inCorner(y, x)) square(y, x, 2, [1]);
  for (const [y, x] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    square(y, x, 4, [2, 4]);
  for (let at = 0; at < 9; at += 1) {
    if (at !== 6) set(8, at, false);
    if (at !== 6) set(at, 8, false);
    if (at < 8) set(8, size - 1 - at, false);
    if (at < 8) set(size - 1 - at, 8, at === 7);
  }
  const told = version > 6 ? withRemainder(version, 12, 0x1f25) : 0;
  for (let at = 0; version > 6 && at < 18; at += 1) {
    const [far, near] = [size - 11 + (at % 3), Math.floor(at / 3)];
    set(near, far, ((told >> at) & 1) === 1);
    set(far, near, ((told >> at) & 1) === 1);
  }
  return { modules, fixed };
}
