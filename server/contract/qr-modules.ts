/**
 * Makes QR codes (ISO/IEC 18004, model 2) with bytes, error correction level M, versions 1 to 13. It is written here because only
 * links are encoded; a general library would be larger. The checkout draws them, and the command line prints them.
 */

/** By version: codewords of error correction per block, number of blocks, codewords of data in total. */
const versions = [
  [10, 1, 16],
  [16, 1, 28],
  [26, 1, 44],
  [18, 2, 64],
  [24, 2, 86],
  [16, 4, 108],
  [18, 4, 124],
  [22, 4, 154],
  [22, 5, 182],
  [26, 5, 216],
  [30, 5, 254],
  [22, 8, 290],
  [22, 9, 334],
] as const;

/** Rows of modules, true for dark. Null for more than 331 bytes. */
export function qrModules(bytes: Uint8Array): boolean[][] | null {
  const index = versions.findIndex(([, , capacity], at) => bytes.length + (at < 9 ? 2 : 3) <= capacity);
  const [correction, blocks, capacity] = versions[index] ?? [];
  if (!correction || !blocks || !capacity) return null;
  const data = codewords(bytes, index < 9 ? 8 : 16, capacity);
  return masked(
    patterns(index + 1),
    interleaved(data, blocks, correction).flatMap((byte) => bitsOf(byte, 8)),
  );
}

const bitsOf = (value: number, length: number): boolean[] =>
  Array.from({ length }, (_, at) => ((value >> (length - 1 - at)) & 1) === 1);

/** Mode and length, the bytes, an end mark, and padding. */
function codewords(bytes: Uint8Array, lengthBits: number, capacity: number): number[] {
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, lengthBits), ...[...bytes].flatMap((byte) => bitsOf(byte, 8))];
  const words = Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit, position) => byte | (bit ? 128 >> position : 0), 0),
  );
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/**
 * The first codeword of every block, then the second: a scratch then damages every block a little. The longer blocks come last.
 */
function interleaved(data: number[], blocks: number, correction: number): number[] {
  const short = Math.floor(data.length / blocks);
  const shorter = blocks - (data.length % blocks);
  const startOf = (block: number) => block * short + Math.max(0, block - shorter);
  const split = Array.from({ length: blocks }, (_, block) => data.slice(startOf(block), startOf(block + 1)));
  const across = (rows: number[][], length: number) =>
    Array.from({ length }, (_, at) => rows.flatMap((row) => row[at] ?? [])).flat();
  const corrections = split.map((block) => errorCorrection(block, correction));
  return [...across(split, short + 1), ...across(corrections, correction)];
}

type Grid = boolean[][];

/** For each mask, which data modules change their colour. */
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

/** Draws the data under each of the eight masks and takes the result that is easiest to read. */
function masked({ modules, fixed }: Patterns, bits: readonly boolean[]): Grid {
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

/** Two columns at a time from the right, alternately up and down. The timing column on the left is skipped. */
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

/** Draws the error correction level and the mask number, twice. */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  const format = withRemainder(mask, 10, 0x537) ^ 0x5412;
  for (let at = 0; at < 15; at += 1) {
    const dark = ((format >> at) & 1) === 1;
    const skip = at > 5 ? 1 : 0; // the timing pattern
    if (at < 8) put(grid, at + skip, 8, dark);
    else put(grid, 8, 15 - at - (at > 8 ? 1 : 0), dark);
    if (at < 8) put(grid, 8, size - 1 - at, dark);
    else put(grid, size - 15 + at, 8, dark);
  }
}

/** The penalty score of the standard: long runs, blocks, patterns that look like a corner, too much of one colour. */
function penalty(grid: Grid): number {
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x] ?? false))].map((line) =>
    line.map((dark) => (dark ? '1' : '0')).join(''),
  );
  const count = (line: string, pattern: RegExp) => [...line.matchAll(pattern)].length;
  const inLines = lines.map((line) => {
    const runs = [...line.matchAll(/0{5,}|1{5,}/g)].reduce((sum, [run]) => sum + run.length - 2, 0);
    // The border around the code is light.
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

/**
 * What every QR code of a version contains, and where no data may be: corners, timing and alignment patterns, format and version.
 */
interface Patterns {
  /** Rows of modules, true for dark. */
  modules: boolean[][];
  /** True where a module is no data. */
  fixed: boolean[][];
}

function patterns(version: number): Patterns {
  const size = version * 4 + 17;
  const last = size - 7;
  const blank = () => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const [modules, fixed] = [blank(), blank()];
  const set = (y: number, x: number, dark: boolean) => {
    const [row, fixedRow] = [modules[y], fixed[y]];
    if (row?.[x] === undefined || !fixedRow) return;
    row[x] = dark;
    fixedRow[x] = true;
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
  const versionBits = version > 6 ? withRemainder(version, 12, 0x1f25) : 0;
  for (let at = 0; version > 6 && at < 18; at += 1) {
    const [far, near] = [size - 11 + (at % 3), Math.floor(at / 3)];
    set(near, far, ((versionBits >> at) & 1) === 1);
    set(far, near, ((versionBits >> at) & 1) === 1);
  }
  return { modules, fixed };
}

/** Reed-Solomon codewords: the remainder of the data divided by the generator polynomial of that length. */
function errorCorrection(data: readonly number[], length: number): number[] {
  let generator = [1];
  for (let at = 0, root = 1; at < length; at += 1, root = times(root, 2))
    generator = [...generator, 0].map((factor, index) => factor ^ times(generator[index - 1] ?? 0, root));
  let rest = Array<number>(length).fill(0);
  for (const byte of data) {
    const lead = byte ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, at) => value ^ times(generator[at + 1] ?? 0, lead));
  }
  return rest;
}

/** Multiplication in GF(256), the field that QR codes use. */
function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((other >> bit) & 1) * one);
  return product;
}

/** Bits followed by their BCH check bits: the remainder, of `length` bits, of the division by `divisor`. */
function withRemainder(value: number, length: number, divisor: number): number {
  let rest = value;
  for (let at = 0; at < length; at += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return (value << length) | rest;
}
