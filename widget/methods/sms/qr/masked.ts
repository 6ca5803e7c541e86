/** The data laid into a QR code under each of the eight masks: the one that a reader will mistake least is taken. */
import type { Patterns } from './patterns.ts';
import { withRemainder } from './with-remainder.ts';

type Grid = boolean[][];

/** Which data modules change their colour. */
const masks: ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

export function masked({ modules, fixed }: Patterns, bits: readonly boolean[]): Grid {
  const free = zigzag(modules.length).filter(([y, x]) => !fixed[y]?.[x]);
  const grids = masks.map((mask, number) => {
    const grid = modules.map((row) => [...row]);
    for (const [at, [y, x]] of free.entries()) put(grid, y, x, (bits[at] ?? false) !== mask(y, x));
    drawFormat(grid, number);
    return grid;
  });
  return grids.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best));
}

const put = (grid: Grid, y: number, x: number, dark: boolean) => {
  const row = grid[y];
  if (row) row[x] = dark;
};

/** Two columns at a time from the right, up and down in turns, the line at the left left out. */
function zigzag(size: number): [y: number, x: number][] {
  const rights = Array.from({ length: (size - 1) / 2 }, (_, at) => size - 1 - 2 * at).map((right) =>
    right <= 6 ? right - 1 : right,
  );
  return rights.flatMap((right, turn) =>
    Array.from({ length: size }, (_, at) => (turn % 2 ? at : size - 1 - at)).flatMap((y): [number, number][] => [
      [y, right],
      [y, right - 1],
    ]),
  );
}

/** Level M and the mask, twice. */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  const format = withRemainder(mask, 10, 0x537) ^ 0x5412;
  for (let at = 0; at < 15; at += 1) {
    const dark = ((format >> at) & 1) === 1;
    const skip = at > 5 ? 1 : 0; // the line between the corners
    if (at < 8) put(grid, at + skip, 8, dark);
    else put(grid, 8, 15 - at - (at > 8 ? 1 : 0), dark);
    if (at < 8) put(grid, 8, size - 1 - at, dark);
    else put(grid, size - 15 + at, 8, dark);
  }
}

/** The standard's measure of what troubles a reader: long runs, blocks, what looks like a corner, too much of one colour. */
function penalty(grid: Grid): number {
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x] ?? false))].map((line) =>
    line.map((dark) => (dark ? '1' : '0')).join(''),
  );
  const count = (line: string, pattern: RegExp) => [...line.matchAll(pattern)].length;
  const inLines = lines.map((line) => {
    const runs = [...line.matchAll(/0{5,}|1{5,}/g)].reduce((sum, [run]) => sum + run.length - 2, 0);
    // What is around the code is light.
    return runs + 40 * count(`0000${line}0000`, /(?=00001011101|10111010000)/g);
  });
  const blocks = grid.flatMap((row, y) =>
    row.map((dark, x) => dark === row[x + 1] && dark === grid[y + 1]?.[x] && dark === grid[y + 1]?.[x + 1]),
  );
  const share = grid.flat().filter(Boolean).length / grid.length ** 2;
  return (
    inLines.reduce((sum, one) => sum + one, 0) + 3 * blocks.filter(Boolean).length + 10 * Math.floor(Math.abs(share * 20 - 10))
  );
}
