/** Tables for people: columns in line, and on a terminal as wide as it, if that is possible. Nothing is cut. */
import { bold, outputWidth, print, printable } from './terminal.ts';

export interface Column<Row> {
  title: string;
  value(row: Row): string | null;
  /** Numbers stand at the right. */
  right?: boolean;
  /** May be broken into lines on a narrow terminal. */
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
  const lines = (texts: readonly string[]): string[] => {
    const parts = texts.map((text, at) => wrap(text, widths[at] ?? 0));
    const height = Math.max(...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, n) =>
      parts
        .map((part, at) => align(part[n] ?? '', widths[at] ?? 0, columns[at]?.right ?? false))
        .join(gap)
        .trimEnd(),
    );
  };
  for (const text of lines(columns.map(({ title }) => title.toUpperCase()))) print(bold(text));
  for (const texts of cells) for (const text of lines(texts)) print(text);
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

function align(text: string, width: number, right: boolean): string {
  return right ? ' '.repeat(Math.max(0, width - textWidth(text))) + text : pad(text, width);
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const characters = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Signs that take two columns: East Asian scripts and pictures. */
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;
const characterWidth = (character: string): number => (wide.test(character) ? 2 : 1);

/** How many columns a text takes on a terminal. */
const textWidth = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : characters(text).reduce((sum, one) => sum + characterWidth(one), 0);

/** Breaks a text between words into lines of this width, and inside a word that is longer. */
function wrap(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => split(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A word in parts that are no wider than this. */
function split(word: string, width: number): string[] {
  const parts = [''];
  for (const character of characters(word)) {
    const last = parts.at(-1) ?? '';
    if (textWidth(last + character) > width && last !== '') parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
