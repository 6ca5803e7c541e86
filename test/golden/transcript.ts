/**
 * The transcript of a state, as its file holds it. Each message is an object of:
 * `to`, and `from` where the BFF is called · `ask`: method and path · `body` · `status` and `answer`.
 * Of a payment that occurred before only the changed fields are written, as `changed`, without the time of reading (`now`).
 * Requests to the services have all their headers and their body; the services' answers are cut short, because they are not ours.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Message } from './http-recorder.ts';
import { isObject, type Json, type JsonObject, mapTexts } from './json.ts';
import { createLabels } from './labels.ts';
import type { Played } from './play-scene.ts';

export interface Transcript {
  state: string;
  /** Its label on the QA page. */
  words: string;
  messages: JsonObject[];
}

export function transcribe({ id, words }: { id: string; words: string }, { messages, origins, drawnCodes }: Played): Transcript {
  const known = new Map<string, JsonObject>();
  const label = createLabels(origins, drawnCodes);
  const described = messages
    .toSorted((one, other) => one.turn - other.turn || rank(one) - rank(other))
    .map((message) => describeMessage(message));
  const labelled = described.map((message) => mapTexts(message, label) as JsonObject);
  return {
    state: id,
    words,
    messages: labelled.map((message) => shorten(message, known)).filter((message) => !isUnchangedRead(message)),
  };
}

/** The order within a turn: the request, the calls that it led to, postbacks, webhooks. */
const rank = ({ to, url }: Message): number => (to === 'shop' ? 3 : to !== 'bff' ? 1 : url.startsWith('/postbacks') ? 2 : 0);

function describeMessage(message: Message): JsonObject {
  const { to, method, url, body, answer } = message;
  const content = body.length ? { body: readBody(body, header(message, 'content-type')) } : {};
  const status = answer?.status ?? 'no answer';
  const ask = `${method} ${url}`;
  if (to === 'bff') {
    const from = url.startsWith('/postbacks') ? 'paykassma' : url.startsWith('/checkout') ? 'customer' : 'merchant';
    return {
      to,
      from,
      ask,
      ...content,
      status,
      ...unusualHeaders(message),
      ...(answer?.body.length && { answer: readAnswer(answer.body) }),
    };
  }
  const headers = sentHeaders(message);
  if (to === 'shop') return { to, ask, headers, ...content, status };
  const call = isObject(content.body) && 'jsonrpc' in content.body ? content.body.id : undefined;
  const answered = answer?.body.toString().replaceAll('"', "'");
  const described = { to, ask, headers, ...content, status, ...(answered && { answer: answered }) };
  // A JSON-RPC call has a random number.
  return typeof call !== 'number'
    ? described
    : (mapTexts({ ...described, body: { ...Object(content.body), id: '<call>' } }, (text) =>
        text.replaceAll(`:${call},`, ":'<call>',"),
      ) as JsonObject);
}

/** All headers that the BFF sent, but for host, connection and length. */
function sentHeaders({ headers }: Message): JsonObject {
  const pairs: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] ?? '', headers[at + 1] ?? '']);
  const own = pairs.filter(([name]) => !/^(host|connection|content-length)$/i.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, ofTheMoment.has(name) ? `<${name}>` : value]));
}

/** These depend on the machine's clock. */
const ofTheMoment: ReadonlySet<string> = new Set(['webhook-timestamp', 'webhook-signature']);

function header({ headers }: Message, wanted: string): string {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === wanted);
  return headers[at + 1] ?? '';
}

/** The headers of an answer that matter to the caller, where they differ from the usual ones. */
function unusualHeaders({ answer }: Message): JsonObject {
  if (!answer) return {};
  const usual: Record<string, string> = {
    'content-type': answer.status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '',
    location: '',
  };
  const unusual = Object.keys(usual).filter((name) => (answer.headers[name] ?? '') !== usual[name]);
  // In seconds by the machine's time; the body has the moment itself.
  const value = (name: string) => (name === 'retry-after' ? '<seconds>' : (answer.headers[name] ?? '<none>'));
  return unusual.length ? { headers: Object.fromEntries(unusual.map((name) => [name, value(name)])) } : {};
}

/** JSON where it has no whitespace, so that it can be restored exactly; anything else as text. */
function readBody(body: Buffer, type: string): Json {
  const text = body.toString('latin1').includes('\u0000') ? withoutBytes(body, type) : body.toString();
  try {
    const json = JSON.parse(text) as Json;
    return JSON.stringify(json) === text ? json : text;
  } catch {
    return text;
  }
}

/** A form with a picture, whose bytes are replaced by their number. */
function withoutBytes(body: Buffer, type: string): string {
  const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? '';
  const parts = body.toString('latin1').split(`--${boundary}`);
  return parts
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const content = rest.join('\r\n\r\n');
      return rest.length === 0
        ? part.trim()
        : `${head.trim()} = ${content.includes('\u0000') ? `<${content.length - 2} bytes>` : content.trim()}`;
    })
    .filter((part) => part !== '' && part !== '--')
    .join(' & ');
}

function readAnswer(body: Buffer): Json {
  try {
    return JSON.parse(body.toString()) as Json;
  } catch {
    return body.toString();
  }
}

/** Reduces known payments to their changes, and cuts the services' answers. */
function shorten(message: JsonObject, known: Map<string, JsonObject>): JsonObject {
  const { to, answer, body } = message;
  if (to === 'bff') return { ...message, ...(answer !== undefined && { answer: changedIn(answer, known) }) };
  if (to === 'shop') return { ...message, ...(body !== undefined && { body: changedIn(body, known) }) };
  if (typeof answer !== 'string' || answer.length <= maxCharacters) return message;
  return { ...message, answer: `${answer.slice(0, maxCharacters)}…` };
}

const maxCharacters = 160;

function changedIn(value: Json, known: Map<string, JsonObject>): Json {
  if (Array.isArray(value)) return value.map((item) => changedIn(item, known));
  if (!isObject(value)) return value;
  const { id } = value;
  const isView = 'nextAction' in value;
  if (typeof id !== 'string' || !(isView || 'createdAt' in value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changedIn(item, known)]));
  const name = `${isView} ${id}`;
  const before = known.get(name);
  known.set(name, value);
  if (!before) return value;
  const changed = Object.entries(value).filter(([field, now]) => field !== 'now' && !isSame(before[field], now));
  const gone = Object.keys(before).filter((field) => !(field in value));
  return { id, changed: Object.fromEntries([...changed, ...gone.map((field): [string, Json] => [field, '<gone>'])]) };
}

const isSame = (one: Json | undefined, other: Json): boolean => one !== undefined && isDeepStrictEqual(one, other);

/** Whether a page read the payment again without a change. */
function isUnchangedRead({ ask, answer }: JsonObject): boolean {
  if (ask !== 'GET /checkout' || !isObject(answer) || !isObject(answer.changed)) return false;
  return Object.keys(answer.changed).length === 0;
}
