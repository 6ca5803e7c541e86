/**
 * Standard output, which is data, and standard error, which is talk. Texts of customers and payment services are printed without
 * control characters, because a terminal would obey them.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { stripVTControlCharacters, styleText } from 'node:util';
import { exitCodes, usageError } from './exit-codes.ts';

/** Data. A line break is added. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** A piece of data, as it is; waits while whoever reads it is slower. */
export async function printPiece(piece: Uint8Array): Promise<void> {
  if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

/** Talk. A line break is added. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Bold and dim on a terminal only, and never where `NO_COLOR` is set. */
export const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });
export const boldTalk = (text: string): string => styleText('bold', text, { stream: process.stderr });

/** Columns of the terminal that data goes to; without a terminal nothing is cut. */
export const outputWidth = (): number => (process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY);

/**
 * One line that a terminal shows as it is: no escape sequence, no control character, no mark that turns the direction of the
 * text around it.
 */
export const printable = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/[\p{Zl}\p{Zp}\n\r\t]+/gu, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');

/** Removes what looks like one of our keys: people paste keys where they do not belong. */
export const withoutKeys = (text: string): string =>
  text.replace(/\b(op|sk_live|sk_test|whsec|cs)_[\w+/=-]+/g, (_all, prefix: string) => `${prefix}_…`);

/** A reader that goes away, such as `head`, is no error, and Ctrl-C needs no words. */
export function endQuietly(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) =>
      process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.refused),
    );
  }
  process.on('SIGINT', () => process.exit(interrupted));
  process.on('SIGTERM', () => process.exit(terminated));
}

/** What shells report for a process that ended by SIGINT or SIGTERM. */
const interrupted = 130;
const terminated = 143;

/** All of standard input, for a key that must not stand among the arguments. */
export async function readInput(what: string): Promise<string> {
  if (process.stdin.isTTY) return ask(`${what} (it is not shown): `, { hidden: true });
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return text.trim();
}

/**
 * Asks for the reference of the payment before an act.
 * @throws {CommandFailure} if something else is typed, or nobody is there to be asked
 */
export const confirm = (reference: string): Promise<void> => confirmBy(reference, `the reference (${reference})`);

/** The same, for what has no reference. */
export const confirmWord = (word: string): Promise<void> => confirmBy(word, word);

async function confirmBy(expected: string, named: string): Promise<void> {
  if (!process.stdin.isTTY) throw usageError('Nothing was done: there is no terminal to ask on. Add --yes if you are sure.');
  const answer = await ask(`Type ${named} to go on: `);
  if (answer.toUpperCase() !== expected.toUpperCase()) throw usageError('Nothing was done.');
}

async function ask(question: string, { hidden = false } = {}): Promise<string> {
  // readline also writes what is typed.
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stderr, terminal: true });
  // After it, because from then on the terminal itself shows nothing of what is typed.
  if (hidden) process.stderr.write(question);
  // Without a listener, Ctrl-C would leave the question open for ever.
  lines.on('SIGINT', () => {
    say('');
    process.exit(interrupted);
  });
  try {
    return (await lines.question(question)).trim();
  } catch {
    // Ctrl-D.
    throw usageError('\nNothing was done.');
  } finally {
    lines.close();
    if (hidden) say('');
  }
}
