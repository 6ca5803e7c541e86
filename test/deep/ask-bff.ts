/** A request to one of the BFF's processes, and what may come back: never a 500, never a silence, never a connection lost without a kill. */
import { Agent, request } from 'undici';
import type { BffProcess } from './bff.ts';
import type { World } from './world.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are judged by what they say, whatever their type is called this week
  body: any;
}

export interface Question {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  bearer?: string;
  body?: object | string;
  /** Idempotency-Key. */
  key?: string;
  /** Whom the question is about, for the story. */
  about: string | null;
  /** Which process; any that is up by default. */
  process?: BffProcess | undefined;
}

/** The BFF answers a POST within 8 s and holds no question for longer than it was asked to; the rest is for a machine that has others to serve. */
const hangMs = 25_000;

/** An agent for one schedule; closed with it. */
export const createAgent = (): Agent =>
  new Agent({ keepAliveTimeout: 1_000, keepAliveMaxTimeout: 2_000, headersTimeout: hangMs, bodyTimeout: hangMs });

/** @returns null where no process is up, or the one asked is on its way out. */
export async function askBff(world: World, agent: Agent, question: Question): Promise<Answer | null> {
  const live = world.bff.live();
  const bff = question.process ?? (live.length > 0 ? world.random.pick(live) : undefined);
  if (!bff || bff.ending) return null;
  const { method = 'GET', path, bearer, body, key, about } = question;
  const began = performance.now();
  world.counts.requests += 1;
  try {
    const response = await request(bff.address + path, {
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
    judge(world, about, `${method} ${path.replace(/\?.*/, '')}`, answer, response.headers['retry-after']);
    return answer;
  } catch (cause) {
    // A kill takes a moment to be known.
    for (let look = 0; look < 20 && !bff.ending && bff.child.exitCode === null; look += 1)
      await new Promise((later) => setTimeout(later, 10));
    const tookMs = Math.round(performance.now() - began);
    if (bff.ending === null && bff.child.exitCode === null)
      world.breach(
        'service',
        about,
        `${method} ${path}: ${(cause as { code?: string }).code} of a process that lives, after ${tookMs} ms`,
      );
    return null;
  }
}

function judge(world: World, about: string | null, what: string, { status, body }: Answer, retryAfter: unknown): void {
  const code = Object(body).code ?? '';
  const wrong = (why: string): void => world.breach('service', about, `${what} was answered ${status} ${code}: ${why}`);
  if (status < 400) return;
  if (status >= 500 && ![502, 503, 504].includes(status)) wrong('a fault of our own');
  else if (status === 503 && retryAfter === undefined && !ofUpstream.has(code)) wrong('without Retry-After');
  else if (status === 401 || status === 404 || status === 400) wrong('it was asked rightly');
  else if (code === '') wrong('no problem document');
}

/** 503s that say something of a service and are an answer to the customer: see the table of problems. */
const ofUpstream: ReadonlySet<string> = new Set(['provider_unavailable', 'sms_not_sent']);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
