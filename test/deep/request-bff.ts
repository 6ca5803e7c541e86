/** Sends a request to one of the BFF's processes. A 500, no answer, or a connection lost without a kill is a breach. */
import { Agent, request } from 'undici';
import type { BffProcess } from './bff.ts';
import type { RunContext } from './context.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the checks read bodies by field, independent of the product's types
  body: any;
}

export interface BffRequest {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  bearer?: string;
  body?: object | string;
  /** Idempotency-Key. */
  key?: string;
  /** The payment or order that it is about, for the story. */
  about: string | null;
  /** Which process; by default any that is running. */
  process?: BffProcess | undefined;
}

/** The BFF answers a POST within 8 s and a long poll in its time; the rest is for a busy machine. */
const hangMs = 25_000;

/** The HTTP agent of one schedule, which closes it. */
export const createAgent = (): Agent =>
  new Agent({ keepAliveTimeout: 1_000, keepAliveMaxTimeout: 2_000, headersTimeout: hangMs, bodyTimeout: hangMs });

/** @returns Null where no process is running, or the chosen one is stopping. */
export async function requestBff(context: RunContext, agent: Agent, wanted: BffRequest): Promise<Answer | null> {
  const live = context.bff.live();
  const bff = wanted.process ?? (live.length > 0 ? context.random.pick(live) : undefined);
  if (!bff || bff.ending) return null;
  const { method = 'GET', path, bearer, body, key, about } = wanted;
  const origin = path.startsWith('/operate/') ? bff.inside : bff.address;
  if (origin === '') return null;
  const began = performance.now();
  context.counts.requests += 1;
  try {
    const response = await request(origin + path, {
      method,
      dispatcher: agent,
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.body.text();
    const answer: Answer = { status: response.statusCode, body: parsed(text) };
    judge(context, about, `${method} ${path.replace(/\?.*/, '')}`, answer, response.headers['retry-after']);
    return answer;
  } catch (cause) {
    // Waits, because a kill is noticed a moment later.
    for (let look = 0; look < 20 && !bff.ending && bff.child.exitCode === null; look += 1)
      await new Promise((later) => setTimeout(later, 10));
    const tookMs = Math.round(performance.now() - began);
    if (bff.ending === null && bff.child.exitCode === null)
      context.breach(
        'service',
        about,
        `${method} ${path}: ${(cause as { code?: string }).code} of a process that lives, after ${tookMs} ms`,
      );
    return null;
  }
}

function judge(context: RunContext, about: string | null, what: string, { status, body }: Answer, retryAfter: unknown): void {
  const code = Object(body).code ?? '';
  const wrong = (why: string): void => context.breach('service', about, `${what} was answered ${status} ${code}: ${why}`);
  if (status < 400) return;
  if (status >= 500 && ![502, 503, 504].includes(status)) wrong('a fault of our own');
  else if (status === 503 && retryAfter === undefined && !ofUpstream.has(code)) wrong('without Retry-After');
  else if (status === 401 || status === 404 || status === 400) wrong('it was asked rightly');
  else if (code === '') wrong('no problem document');
}

/** Problems with status 503 that are about a payment service, and so an answer to the customer. */
const ofUpstream: ReadonlySet<string> = new Set(['provider_unavailable', 'sms_not_sent']);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
