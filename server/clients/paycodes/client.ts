/** The typed client of PayCodes, over JSON-RPC 2.0. Knows codes and rules, no payment. Source: paycodes.md §2–3. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { deadlineOf } from '../deadline-of.ts';
import { openPool } from '../open-pool.ts';
import { postJson } from '../post-json.ts';
import { UpstreamError } from '../upstream-error.ts';
import type { GetCodeAnswer, UseCodeAnswer } from './answers.ts';
import { type RpcAnswer, readEnvelope } from './read-envelope.ts';
import { readStatus } from './read-status.ts';
import { codeDetailsIn } from './schema.ts';

export interface PayCodesOptions {
  url: URL;
  auth: { type: 'bearer'; key: string };
  /** The total time of one call, its retries included, in milliseconds; default 10,000. */
  timeoutMs?: number;
  /** Where times without an offset are local (IANA name); default `Europe/Warsaw`. */
  timeZone?: string;
}

export interface PayCodesClient {
  /** Looks a code up. Reads only, so a fault is tried again twice. @throws {UpstreamError} */
  getCode(params: { code: string; ruleSlug: string }, signal?: AbortSignal): Promise<GetCodeAnswer>;
  /**
   * Spends a code, once and for good, in the name of `client`. Sent at most once, whatever happens.
   * @throws {UpstreamError} `not_sent`: nothing happened; any other fault: unknown, settle by `getCode` and its `client`.
   */
  useCode(params: { code: string; ruleSlug: string; client: string }, signal?: AbortSignal): Promise<UseCodeAnswer>;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

type Method = 'get_code' | 'use_code';

export function createPayCodesClient({
  url,
  auth,
  timeoutMs = 10_000,
  timeZone = 'Europe/Warsaw',
}: PayCodesOptions): PayCodesClient {
  const pool = openPool(url.origin);
  const CodeDetails = codeDetailsIn(timeZone);

  const call = async (method: Method, params: Record<string, string>, signal: AbortSignal): Promise<RpcAnswer> => {
    const id = randomUUID();
    const answer = await postJson(pool, {
      upstream: 'paycodes',
      method,
      signal,
      path: url.pathname + url.search,
      headers: { authorization: `Bearer ${auth.key}` },
      body: { jsonrpc: '2.0', id, method, params },
    });
    return readEnvelope(answer, id) ?? raise('bad_shape', method, 'envelope');
  };

  const lookUp = async (code: string, ruleSlug: string, signal: AbortSignal): Promise<GetCodeAnswer> => {
    const answer = await call('get_code', { code, rule_slug: ruleSlug }, signal);
    if (!answer.ok) {
      return isProtocolError(answer.code)
        ? raise('http', 'get_code', String(answer.code))
        : { kind: 'refused', code: answer.code };
    }
    const bare = WithoutCode.safeParse(answer.result);
    if (bare.success) {
      const status = readStatus(bare.data?.status);
      return status === undefined ? { kind: 'refused', code: null } : { kind: 'status_only', status };
    }
    const details = CodeDetails.safeParse(answer.result);
    if (!details.success) return raise('bad_shape', 'get_code', pathOf(details.error));
    if (!isAbout(details.data, code, ruleSlug)) return raise('bad_shape', 'get_code', 'another code');
    return { kind: 'found', ...details.data };
  };

  return {
    async getCode({ code, ruleSlug }, signal) {
      const deadline = deadlineOf(timeoutMs, signal);
      for (let tries = 1; ; tries += 1) {
        try {
          return await lookUp(code, ruleSlug, deadline);
        } catch (fault) {
          if (tries === 3 || deadline.aborted || !(fault instanceof UpstreamError)) throw fault;
          await pause((0.5 + Math.random()) * 100 * tries, undefined, { signal: deadline }).catch(() => Promise.reject(fault));
        }
      }
    },
    async useCode({ code, ruleSlug, client }, signal) {
      const answer = await call('use_code', { code, rule_slug: ruleSlug, client }, deadlineOf(timeoutMs, signal));
      if (!answer.ok) {
        // "Internal error" may come from a gateway that lost patience while the service behind it went on.
        return isDefinite(answer.code) ? { kind: 'refused', code: answer.code } : raise('http', 'use_code', String(answer.code));
      }
      const status = z.looseObject({ status: z.unknown().optional() }).safeParse(answer.result);
      const used = status.success ? readStatus(status.data.status) : undefined;
      return used === undefined ? raise('bad_shape', 'use_code', 'status') : { kind: 'status', used };
    },
    close: () => pool.close(),
  };
}

function raise(fault: UpstreamError['fault'], method: Method, reason: string): never {
  throw new UpstreamError(fault, { upstream: 'paycodes', method, reason });
}

/** A result that has no code in it: nothing found, whatever else it says. */
const WithoutCode = z.nullable(z.looseObject({ code: z.null().optional(), status: z.unknown().optional() }));

/** The range JSON-RPC reserves for the service's own trouble; business errors lie outside. */
const isProtocolError = (code: number | null) => code !== null && code >= -32768 && code <= -32000;

/** Tells what became of a spending call: a business error, or a question that was not even understood. */
const isDefinite = (code: number | null) => code !== null && (!isProtocolError(code) || notUnderstood.has(code));
const notUnderstood = new Set([-32700, -32600, -32601, -32602]);

/** An answer about something else is a lie or a mix-up, never a match. Letter case is the upstream's to fold. */
const isAbout = ({ code, rule }: z.output<ReturnType<typeof codeDetailsIn>>, asked: string, ruleSlug: string) =>
  code.code.toUpperCase() === asked.toUpperCase() && rule.slug === ruleSlug && (code.ruleSlug ?? ruleSlug) === ruleSlug;

/** Where the answer was broken; the names are our schema's own, so nothing of the answer leaks. */
const pathOf = (error: z.ZodError) => error.issues[0]?.path.join('.') || 'result';
