/**
 * Reads a list of transfers that an operator has exported from Paykassma's cabinet. Its layout is not documented, so the columns are
 * found by the names in the first line. A cell that could be read in two ways is refused with its line: a list that is read wrongly
 * would report differences that do not exist, and hide real ones.
 */
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { minorUnitDigits } from '#contract';
import { minorUnits } from '../../clients/paykassma/exact-json.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import { createLocalClock, decimalOf, type LocalClock, timeOf } from './cabinet-cells.ts';
import { wallets } from './wallets.ts';

/** One transfer of the list that was credited. */
export interface CabinetRow {
  transactionId: string;
  customTransactionId: string | null;
  /** Null if the list does not name it. */
  wallet: string | null;
  amount: number;
  currency: string;
  /** Milliseconds since 1970. */
  at: number;
}

const largestBytes = 5 * 1024 * 1024;
const mostRows = 50_000;

/** What a column may be called, the surest name first. Everything but letters and digits counts as one `_`. */
const names = {
  id: ['transaction_id', 'transactionid', 'txid', 'tx_id', 'transaction_number', 'transaction', 'key1', 'id', 'number'],
  customId: ['custom_transaction_id', 'custom_id', 'plugin_custom_order_id', 'custom_order_id', 'order_id'],
  amount: ['deposit_amount', 'amount', 'sum', 'total'],
  currency: ['currency_code', 'currency'],
  date: [
    'activated_at',
    'activated_datetime',
    'paid_at',
    'created_at',
    'created_datetime',
    'datetime',
    'date',
    'time',
    'created',
  ],
  wallet: ['wallet_type', 'wallet', 'payment_system', 'method', 'type'],
  status: ['status', 'state'],
  direction: ['direction'],
} as const;
type Column = keyof typeof names;

const credited: ReadonlySet<string> = new Set([
  '1',
  'activated',
  'success',
  'successful',
  'ok',
  'paid',
  'completed',
  'complete',
  'done',
  'credited',
  'approved',
  'confirmed',
]);
const notCredited: ReadonlySet<string> = new Set(
  [
    '0',
    '3',
    '4',
    '5',
    '6',
    '7',
    'new',
    'created',
    'not activated',
    'pending',
    'in processing',
    'processing',
    'crashed',
    'error',
  ].concat(['cancelled', 'canceled', 'refused', 'declined', 'rejected', 'failed', 'fail', 'expired']),
);
const incoming: ReadonlySet<string> = new Set(['ingoing', 'incoming', 'in', 'deposit', 'payin']);
const outgoing: ReadonlySet<string> = new Set(['outgoing', 'out', 'withdrawal', 'withdraw', 'payout']);

/**
 * @param timeZone The zone of times that name none.
 * @throws {ProblemError} `too_large`; `invalid_request` (422), which names the columns that are missing, or the line and the cell
 */
export async function readCabinetCsv(csv: string, timeZone: string): Promise<CabinetRow[]> {
  if (Buffer.byteLength(csv) > largestBytes) throw new ProblemError('too_large', { detail: 'the list may have 5 MB' });
  const instantAt = createLocalClock(timeZone);
  const rows: CabinetRow[] = [];
  let columns: ReadonlyMap<Column, number> | null = null;
  let count = 0;
  for await (const { cells, line } of linesOf(csv)) {
    if (!columns) {
      columns = findColumns(cells);
      continue;
    }
    count += 1;
    if (count > mostRows) throw new ProblemError('too_large', { detail: 'the list may have 50,000 lines' });
    // Other requests of this process are answered meanwhile.
    if (count % 500 === 0) await nextTurn();
    const row = readRow(columns, cells, line, instantAt);
    if (row) rows.push(row);
  }
  if (!columns) throw refuse('the list is empty');
  return rows;
}

const refuse = (detail: string): ProblemError => new ProblemError('invalid_request', { status: 422, field: 'csv', detail });

async function* linesOf(csv: string): AsyncGenerator<{ cells: string[]; line: number }> {
  const text = csv.replace(/^\uFEFF/, '');
  const parser = Readable.from(chunksOf(text)).pipe(
    parse({ delimiter: delimiterOf(text), skip_empty_lines: true, trim: true, info: true, max_record_size: 20_000 }),
  );
  try {
    for await (const { record, info } of parser) yield { cells: record, line: info.lines };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw refuse(
      `line ${cause.lines ?? '?'} is not a line of this list: ${csvFaults[cause.code] ?? 'it is not well-formed CSV'}`,
    );
  }
}

/** The parser's own messages quote the list, so they are not passed on. */
const csvFaults: Partial<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'it has more or fewer cells than the first line',
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is not closed',
  CSV_MAX_RECORD_SIZE: 'it is too long',
};

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}

/** The sign that the first line contains most often. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const count = (sign: string) => header.split(sign).length;
  return [',', ';', '\t'].toSorted((one, other) => count(other) - count(one))[0] ?? ',';
}

function findColumns(header: readonly string[]): ReadonlyMap<Column, number> {
  const spelled = header.map((name) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, ''),
  );
  const columns = new Map<Column, number>();
  for (const column of Object.keys(names) as Column[]) {
    const index = names[column].map((name) => spelled.indexOf(name)).find((at) => at >= 0);
    if (index !== undefined) columns.set(column, index);
  }
  const missing = (['id', 'amount', 'date'] as const)
    .filter((column) => !columns.has(column))
    .map((column): string => words[column]);
  if (!columns.has('currency') && !columns.has('wallet')) missing.push('a currency or a wallet');
  if (missing.length > 0) throw refuse(`the first line names no column for ${missing.join(', ')}`);
  return columns;
}

const words = { id: 'the id (e.g. transaction_id)', amount: 'the amount', date: 'the date (e.g. created_at)' } as const;

/** Null for a transfer that was not credited, and for a payout. */
function readRow(
  columns: ReadonlyMap<Column, number>,
  cells: readonly string[],
  line: number,
  instantAt: LocalClock,
): CabinetRow | null {
  const cell = (column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  const wrong = (column: Column, why: string) => refuse(`line ${line}: the ${column} ${why}`);
  const word = (column: Column): string => cell(column).toLowerCase();
  // A column `type` may hold the wallet, or whether money came or went.
  const kind = word('wallet');
  const directions = [word('direction'), kind];
  if (directions.some((direction) => outgoing.has(direction))) return null;
  if (columns.has('status') && notCredited.has(word('status'))) return null;
  if (columns.has('status') && !credited.has(word('status'))) throw wrong('status', 'is none that is known');

  const wallet = kind === '' || incoming.has(kind) ? null : kind;
  const currency = cell('currency').toUpperCase() || wallets.get(wallet ?? '')?.currency || '';
  if (!/^[A-Z]{3}$/.test(currency)) throw wrong('currency', 'is missing, or has no three letters');
  const id = cell('id');
  if (!isPlain(id)) throw wrong('id', 'is missing, too long, or has signs that no number has');
  if (wallet !== null && !isPlain(wallet)) throw wrong('wallet', 'is too long, or has signs that no name has');
  const amount = minorUnits(decimalOf(cell('amount')) ?? '', minorUnitDigits(currency));
  if (typeof amount !== 'number') throw wrong('amount', `cannot be read as an amount of ${currency} in one way only`);
  const at = timeOf(cell('date'), instantAt);
  if (at === null) throw wrong('date', 'cannot be read: expected e.g. 2026-11-29 18:05:00 or 29.11.2026 18:05');
  const customId = cell('customId');
  return { transactionId: id, customTransactionId: isPlain(customId) ? customId : null, wallet, amount, currency, at };
}

const isPlain = (text: string): boolean => /^[^\p{C}]{1,190}$/u.test(text);
