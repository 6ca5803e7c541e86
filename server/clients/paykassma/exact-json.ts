/**
 * Reads JSON without losing anything: numbers keep their text (4.35 stays 4.35, 2⁵³+1 stays exact) and objects keep the order of
 * their keys. A key that comes twice is refused, because parsers differ in which of the two counts, so that it could mean one
 * thing to the sender and another to us.
 *
 * Also converts between Paykassma's decimal numbers of major units and our integers of minor units. The point is moved in the text
 * and nothing is multiplied (4.35 × 100 is 434.99…). `digits` are the currency's digits after the point by ISO 4217.
 */

export type JsonValue = string | boolean | null | ExactNumber | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** How deep values may be nested. No real answer is deeper, and without a limit a few bytes could overflow the stack. */
const maxDepth = 32;

/** `undefined` = not JSON, nested too deep, half a surrogate pair in a text, or a key that comes twice. */
export function parseExactJson(text: string): JsonValue | undefined {
  try {
    JSON.parse(text); // Checks the grammar, so that the code below can rely on it.
    return valueAt(tokensOf(text), maxDepth);
  } catch {
    return undefined;
  }
}

const token = /\s*([{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}[\],:"]+)/gy;

interface Tokens {
  next(): string;
  peek(): string;
}

function tokensOf(text: string): Tokens {
  const all = [...text.matchAll(token)].map(([, found = '']) => found);
  let at = 0;
  return { next: () => all[at++] ?? '', peek: () => all[at] ?? '' };
}

function valueAt(tokens: Tokens, depth: number): JsonValue {
  if (depth === 0) throw new RangeError('too deep');
  const found = tokens.next();
  if (found === '{') return objectAt(tokens, depth - 1);
  if (found === '[') return listAt(tokens, depth - 1);
  if (found.startsWith('"')) return stringOf(found);
  if (found === 'null') return null;
  return found === 'true' || found === 'false' ? found === 'true' : new ExactNumber(found);
}

/** Half a surrogate pair is not valid text: written as UTF-8, every such half would become the same bytes. */
function stringOf(quoted: string): string {
  const text = JSON.parse(quoted) as string;
  if (/\p{Surrogate}/u.test(text)) throw new SyntaxError('half a surrogate pair');
  return text;
}

function listAt(tokens: Tokens, depth: number): JsonValue[] {
  const list: JsonValue[] = [];
  while (tokens.peek() !== ']') {
    list.push(valueAt(tokens, depth));
    if (tokens.peek() === ',') tokens.next();
  }
  tokens.next();
  return list;
}

function objectAt(tokens: Tokens, depth: number): JsonObject {
  const object = new Map<string, JsonValue>();
  while (tokens.peek() !== '}') {
    const key = stringOf(tokens.next());
    if (object.has(key)) throw new SyntaxError('a key comes twice');
    tokens.next(); // the colon
    object.set(key, valueAt(tokens, depth));
    if (tokens.peek() === ',') tokens.next();
  }
  tokens.next();
  return object;
}

/** A number as it was written in the JSON text. Its reader decides its value, without a float in between. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Minor units. `inexact`: finer than the currency, or more than an integer can hold; only a person can judge it. */
export type ReadAmount = number | 'inexact';

/** `undefined` = not an amount: not a decimal number, or a negative one. */
export function minorUnits(decimal: string, digits: number): ReadAmount | undefined {
  const found = decimalNumber.exec(decimal);
  if (!found) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = found;
  const shift = Number(exponent) + digits;
  // Longer than any amount of money. Without a limit, 1e999999999 would be written out digit by digit.
  if (decimal.length > 64 || Math.abs(shift) > 64) return 'inexact';
  const padded = '0'.repeat(64) + whole + fraction + '0'.repeat(128);
  const point = 64 + whole.length + shift;
  const minor = Number(padded.slice(0, point));
  return /^0*$/.test(padded.slice(point)) && Number.isSafeInteger(minor) ? minor : 'inexact';
}

const decimalNumber = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The same amount as the text of a JSON number, here with 2 digits: 600000 → `6000`, 600050 → `6000.5`. */
export function decimalText(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  const point = text.length - digits;
  const fraction = text.slice(point).replace(/0+$/, '');
  return text.slice(0, point) + (fraction && `.${fraction}`);
}
