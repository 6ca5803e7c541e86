/** Tables for people: columns in line, and on a terminal no wider than it. */
import { bold, outputWidth, print, printable } from './terminal.ts';

export interface Column<Row> {
  title: string;
  value(row: Row): string | null;
  /** Numbers stand at the right. */
  right?: boolean;
  /** May be cut on a narrow terminal. */
  flexible?: boolean;
}

/** Prints the rows, or `empty` where there are none. */
export function printTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string): void {
  if (rows.length === 0) {
    print(empty);
    return;
  }
  const cells = rows.map((row) => columns.map(({ value }) => printable(value(row) ?? '–')));
  const widths = columns.map(({ title }, at) => Math.max(textWidth(title), ...cells.map((line) => textWidth(line[at] ?? ''))));
  shrink(columns, widths, outputWidth());
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => fit(text, widths[at] ?? 0, columns[at]?.right ?? false))
      .join(gap)
      .trimEnd();
  print(bold(line(columns.map(({ title }) => title.toUpperCase()))));
  for (const texts of cells) print(line(texts));
}

/** Prints names and values below each other; a value of null is left out. */
export function printFacts(facts: readonly (readonly [name: string, value: string | null])[]): void {
  const shown = facts.filter(([, value]) => value !== null);
  const width = Math.max(0, ...shown.map(([name]) => textWidth(name)));
  for (const [name, value] of shown) print(`${pad(name, width)}${gap}${printable(value ?? '')}`);
}

const gap = '  ';
const narrowest = 8;

/** Takes from the widest flexible column until the table fits, or no column can give any more. */
function shrink<Row>(columns: readonly Column<Row>[], widths: number[], available: number): void {
  const total = () => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  while (total() > available) {
    const flexible = columns.flatMap(({ flexible: may }, at) => (may && (widths[at] ?? 0) > narrowest ? [at] : []));
    const widest = flexible.sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))[0];
    if (widest === undefined) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function fit(text: string, width: number, right: boolean): string {
  const short = textWidth(text) > width ? `${cut(text, width - 1)}…` : text;
  return right ? ' '.repeat(Math.max(0, width - textWidth(short))) + short : pad(short, width);
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const characters = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Signs that take two columns: East Asian scripts and pictures. */
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;
const characterWidth = (character: string): number => (wide.test(character) ? 2 : 1);

/** How many columns a text takes on a terminal. */
export const textWidth = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : characters(text).reduce((sum, one) => sum + characterWidth(one), 0);

function cut(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const character of characters(text)) {
    used += characterWidth(character);
    if (used > width) break;
    taken += character;
  }
  return taken;
}
