/**
 * The client of the operator's API: how a command finds the server and the key, and what it makes of the server's answers. The key
 * never comes from an argument, because arguments stay in the shell's history and every user of the machine sees them.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Payment, ProblemDetails } from '#contract';
import { CommandFailure, type ExitCode, exitCodes, usageError } from './exit-codes.ts';
import { printable, say } from './terminal.ts';

export interface OperatorOptions {
  url: string;
  keyFile?: string;
  allowHttp?: true;
  json?: true;
}

export interface ActOptions extends OperatorOptions {
  yes?: true;
  idempotencyKey?: string;
}

/** Adds the options of every command that speaks to the operator's API. */
export const withKey = (command: Command): Command =>
  command
    .addOption(new Option('--url <address>', "the operator's listener").env('PAY_DESK_URL').default('http://127.0.0.1:4490'))
    .option('--key-file <file>', "file with the operator's key (default: the variable PAY_DESK_OPERATOR_KEY)")
    .option('--allow-http', 'send the key over http to another machine, e.g. in a private network');

/** The same, where the answer is JSON. */
export const withServer = (command: Command): Command => withKey(command).option('--json', "print exactly the server's JSON");

/** Adds the options of a command that changes something. */
export const withAct = (command: Command): Command =>
  withServer(command)
    .option('--yes', 'do not ask; for scripts')
    .option('--idempotency-key <key>', 'repeat a call whose answer was lost; it then has its effect once');

/** An answer of the server. */
export interface Answer<Body> {
  body: Body;
  /** Byte for byte, for `--json`. */
  text: string;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface OperatorApi {
  get<Body>(path: string, query?: Query): Promise<Answer<Body>>;
  /**
   * @param key makes a repetition of the call have no second effect; by default a new one is made. Null for a call that may be
   * repeated without harm, and whose command has no option for a key
   * @param repeat the options that a repetition needs besides the key to be the same call, for whoever lost the answer
   */
  post<Body>(path: string, body?: unknown, key?: string | null, repeat?: string): Promise<Answer<Body>>;
  /** Hands on the answer piece by piece, for one that may be long. */
  stream(path: string, query: Query, write: (piece: Uint8Array) => Promise<void> | void): Promise<void>;
}

/** Longer than the server itself takes for any answer, in milliseconds. */
const timeoutMs = 60_000;

/** @throws {CommandFailure} if the address or the key cannot be used */
export function connect(options: OperatorOptions): OperatorApi {
  const base = parseAddress(options);
  const headers = { authorization: `Bearer ${readKey(options)}`, accept: 'application/json, application/problem+json' };

  const request = async (path: string, query: Query, init: RequestInit, lost: string): Promise<Response> => {
    const url = new URL(base.pathname.replace(/\/$/, '') + path, base);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    let response: Response;
    try {
      // A redirect could lead the key to another host.
      response = await fetch(url, { ...init, headers: { ...headers, ...init.headers }, redirect: 'manual' });
    } catch (cause) {
      const reason = reasonOf(cause);
      const doubt = neverSent.has(reason.code) ? '' : lost;
      throw new CommandFailure(exitCodes.unreachable, `${base.origin} ${reason.text}.${doubt}`);
    }
    if (response.ok) return response;
    throw await refusal(response, base.origin, lost);
  };
  const read = async <Body>(response: Response, lost: string): Promise<Answer<Body>> => {
    try {
      const text = await response.text();
      return { text, body: JSON.parse(text) as Body };
    } catch {
      throw new CommandFailure(exitCodes.unreachable, `${base.origin} answered, but not as the operator's API does.${lost}`);
    }
  };
  return {
    async get(path, query = {}) {
      return read(await request(path, query, { signal: AbortSignal.timeout(timeoutMs) }, ''), '');
    },
    async post(path, body, key = randomUUID(), repeat = '') {
      const way = key === null ? 'It can be repeated without harm.' : `Repeat it with --idempotency-key ${key}${repeat}`;
      const lost = ` Nobody knows whether it was done. ${way}`;
      const content = body === undefined ? {} : { 'content-type': 'application/json' };
      const init = {
        method: 'POST',
        headers: { ...(key !== null && { 'idempotency-key': key }), ...content },
        signal: AbortSignal.timeout(timeoutMs),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      };
      return read(await request(path, {}, init, lost), lost);
    },
    async stream(path, query, write) {
      const response = await request(path, query, { headers: { accept: 'text/csv, application/problem+json' } }, '');
      try {
        for await (const piece of response.body ?? []) await write(piece);
      } catch (cause) {
        throw new CommandFailure(
          exitCodes.unreachable,
          `${base.origin} ${reasonOf(cause).text}: what was printed is not complete.`,
        );
      }
    },
  };
}

function parseAddress({ url: text, allowHttp }: OperatorOptions): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw usageError(`--url: expected an address such as http://127.0.0.1:4490.`);
  }
  const local = /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(url.hostname);
  if (url.protocol === 'http:' && !local && !allowHttp) {
    throw usageError('--url: over http to another machine everybody between reads the key. Use https, or add --allow-http.');
  }
  return url;
}

function readKey({ keyFile }: OperatorOptions): string {
  const key = (keyFile === undefined ? process.env.PAY_DESK_OPERATOR_KEY : readKeyFile(keyFile))?.trim();
  if (!key) throw usageError("There is no operator's key: set PAY_DESK_OPERATOR_KEY, or name a file by --key-file.");
  if (!/^[\x21-\x7e]+$/.test(key)) throw usageError("The operator's key must be one line of visible ASCII characters.");
  return key;
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw usageError('--key-file: expected the path of a file that can be read.');
  }
}

/** Errors of a connection that was never made. */
const neverSent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Why there is no answer. */
function reasonOf(cause: unknown): { code: string; text: string } {
  const { name } = Object(cause) as { name?: string };
  const { code = '' } = Object((cause as { cause?: unknown }).cause) as { code?: string };
  if (name === 'TimeoutError') return { code, text: `did not answer within ${timeoutMs / 1000} s` };
  return { code, text: `cannot be reached${code && ` (${code})`}` };
}

type Problem = Partial<ProblemDetails> & { payment?: Payment & { version?: number } };

async function refusal(response: Response, origin: string, lost: string): Promise<CommandFailure> {
  const problem = await response.json().then(
    (json) => Object(json) as Problem,
    () => ({}) as Problem,
  );
  if (typeof problem.code !== 'string') {
    const what = `${origin} answered ${response.status}, but not as the operator's API does.`;
    return new CommandFailure(exitCodes.unreachable, what + (response.status >= 500 ? lost : ''));
  }
  const { code, title = '', detail, field, retryAt, reference, payment } = problem;
  const sentences = [
    `Refused: ${reasonIn({ code, title, detail })}${field ? ` (${field})` : ''}.`,
    payment && nowIs(payment),
    retryAt && `Try again after ${retryAt}.`,
    response.status >= 500 && reference && `The server's log has more under ${reference}.${lost}`,
  ];
  return new CommandFailure(codeOf(response.status, code), printable(sentences.filter(Boolean).join(' ')));
}

/** Codes whose title says no more than the detail does. */
const saidByDetail: ReadonlySet<string> = new Set(['invalid_request', 'unauthorized']);

function reasonIn({ code, title, detail }: Problem): string {
  if (!detail || detail === title) return title || String(code);
  return saidByDetail.has(String(code)) || !title ? detail : `${title}: ${detail}`;
}

/** What a payment is that has moved meanwhile, and where to look. */
export const nowIs = ({ status, version, reference }: Pick<Payment, 'status' | 'reference'> & { version?: number }): string =>
  `It is now ${status}${version ? `, version ${version}` : ''}. Look at it again: pay-desk payments show ${reference}`;

function codeOf(status: number, code: string): ExitCode {
  // 429: too many wrong keys of this address. A right key works even then.
  if (status === 401 || status === 403 || status === 429) return exitCodes.notAllowed;
  return code === 'version_conflict' ? exitCodes.changed : exitCodes.refused;
}

/** Tells on standard error how to see the next page. */
export function sayNext(next: string | null): void {
  if (next !== null) say(`There are more: add --after ${printable(next)}`);
}
