/** Draws a link as a QR code: on the terminal, for a customer who stands in front of it, or as a picture to send. */
import { writeFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { qrModules } from '#contract';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';

/** Width of the light border that readers need, in modules. */
const quietZone = 4;

/** For standard error, because the link itself is what a script reads. */
export const drawQrCode = (link: string): string => onTerminal(withBorder(link));

/** @throws {CommandFailure} if the link is too long, or the file exists or cannot be written */
export function writeQrCode(link: string, file: string): void {
  if (!file.endsWith('.svg')) throw usageError('--qr-file: expected the name of a file that ends in .svg.');
  try {
    writeFileSync(file, asSvg(withBorder(link)), { flag: 'wx' });
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    const why = (cause as NodeJS.ErrnoException).code === 'EEXIST' ? 'exists already' : 'cannot be written';
    throw new CommandFailure(exitCodes.refused, `${file} ${why}.`);
  }
}

function withBorder(link: string): boolean[][] {
  const modules = qrModules(new TextEncoder().encode(link));
  if (!modules) throw usageError('The link is too long for a QR code: it may have 331 characters.');
  const light = (count: number) => Array<boolean>(count).fill(false);
  const rows = modules.map((row) => [...light(quietZone), ...row, ...light(quietZone)]);
  const border = Array.from({ length: quietZone }, () => light(modules.length + 2 * quietZone));
  return [...border, ...rows, ...border];
}

/** Two rows of modules in one of text. Black on white in every colour scheme, because not every reader knows light on dark. */
function onTerminal(modules: readonly boolean[][]): string {
  const lines: string[] = [];
  for (let y = 0; y < modules.length; y += 2) {
    const pairs = (modules[y] ?? []).map((upper, x) => (upper ? 1 : 0) + (modules[y + 1]?.[x] ? 2 : 0));
    lines.push(pairs.map((pair) => ' ▀▄█'.charAt(pair)).join(''));
  }
  return lines.map((line) => styleText(['black', 'bgWhiteBright'], line, { stream: process.stderr })).join('\n');
}

function asSvg(modules: readonly boolean[][]): string {
  const size = modules.length;
  const squares = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${4 * size}" height="${4 * size}">
<rect width="100%" height="100%" fill="#fff"/><path d="${squares.join('')}" fill="#000" shape-rendering="crispEdges"/></svg>
`;
}
