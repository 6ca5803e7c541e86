/**
 * A QR code (ISO/IEC 18004, model 2): bytes, error correction M, versions 1 to 10. Written here, as all there is to encode is one short link: a
 * library weighs more than twice as much for what is never asked of it.
 */
import { errorCorrection } from './error-correction.ts';
import { masked } from './masked.ts';
import { patterns } from './patterns.ts';

/** By version: codewords of error correction in each block, blocks, codewords of data in all of them. */
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
] as const;

/** Rows of modules, true for dark. Null where the text is longer than 213 bytes. */
export function qrModules(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  const at = versions.findIndex(([, , room], index) => bytes.length + (index < 9 ? 2 : 3) <= room);
  const [correction, blocks, room] = versions[at] ?? [];
  if (!correction || !blocks || !room) return null;
  const data = codewords(bytes, at < 9 ? 8 : 16, room);
  return masked(
    patterns(at + 1),
    interleaved(data, blocks, correction).flatMap((byte) => bitsOf(byte, 8)),
  );
}

const bitsOf = (value: number, length: number): boolean[] =>
  Array.from({ length }, (_, at) => ((value >> (length - 1 - at)) & 1) === 1);

/** Mode and length, the bytes, an end, and what fills the rest. */
function codewords(bytes: Uint8Array, lengthBits: number, room: number): number[] {
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, lengthBits), ...[...bytes].flatMap((byte) => bitsOf(byte, 8))];
  const words = Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit, place) => byte | (bit ? 128 >> place : 0), 0),
  );
  for (let pad = 0xec; words.length < room; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** The first of every block, then the second: a scratch is a little damage to each, not the end of one. The longer blocks come last. */
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
