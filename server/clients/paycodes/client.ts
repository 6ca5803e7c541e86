/** The typed client of PayCodes, over JSON-RPC 2.0 or REST. Knows codes and rules, no payment. Source: README.md. */
import { setTimeout as pause } from 'node:timers/promises';
import { deadlineOf, openPool } from '../http.ts';
import { UpstreamError } from '../upstream-error.ts';
import {
  type GenerateCodeAnswer,
  type GenerateCodeListAnswer,
  type GetCodeAnswer,
  readGenerated,
  readGeneratedList,
  readGetCode,
  readUseCode,
  type UseCodeAnswer,
} from './answers.ts';
import { codeDetailsIn } from './schema.ts';
import { parseTimestamp } from './timestamp.ts';
import {
  credentialsOf,
  type Method,
  type Params,
  type PayCodesOptions,
  restTransport,
  rpcTransport,
  throwUpstream,
} from './transport.ts';

/** Every call that has an effect is one HTTP request: nothing is ever sent again. */
export interface PayCodesClient {
  /** Looks a code up. Reads only, so a fault is tried again twice. @throws {UpstreamError} */
  getCode(params: { code: string; ruleSlug: string }, signal?: AbortSignal): Promise<GetCodeAnswer>;
  /**
   * Spends a code, once and for good, in the name of `client`. Sent at most once, whatever happens.
   * @throws {UpstreamError} `not_sent`: nothing happened; any other fault: unknown, settle by `getCode` and its `client`.
   */
  useCode(params: { code: string; ruleSlug: string; client: string }, signal?: AbortSignal): Promise<UseCodeAnswer>;
  /**
   * Makes a code, in the name of `creator`. Sent at most once: after a fault a code may have been made that nobody knows.
   * @throws {UpstreamError} `not_sent` also for a day that is none, reason `valid_from` or `valid_to`
   */
  generateCode(params: { ruleSlug: string; creator: string } & ValidityDays, signal?: AbortSignal): Promise<GenerateCodeAnswer>;
  /**
   * Makes `count` codes. Sent at most once. How many the service makes at a time is unsaid; some 15,000 fit into an answer.
   * @throws {UpstreamError} `not_sent` also for a count that is no positive integer, reason `number_of_codes`
   */
  generateCodeList(
    params: { ruleSlug: string; count: number; creator: string } & ValidityDays,
    signal?: AbortSignal,
  ): Promise<GenerateCodeListAnswer>;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

/** @throws for credentials that no request could carry */
export function createPayCodesClient({
  url,
  auth,
  transport = 'jsonrpc',
  contentType = 'application/json',
  timeoutMs = 10_000,
  timeZone = 'Europe/Warsaw',
}: PayCodesOptions): PayCodesClient {
  const line = { url, contentType, credentials: credentialsOf(auth) };
  const pool = openPool(url.origin);
  const ask = (transport === 'rest' ? restTransport : rpcTransport)(pool, line);
  const Details = codeDetailsIn(timeZone);

  return {
    async getCode(asked, signal) {
      const deadline = deadlineOf(timeoutMs, signal);
      for (let tries = 1; ; tries += 1) {
        try {
          const answer = await ask('get_code', { code: asked.code, rule_slug: asked.ruleSlug }, deadline);
          return readGetCode(answer, asked, Details);
        } catch (fault) {
          if (tries === 3 || deadline.aborted || !(fault instanceof UpstreamError)) throw fault;
          await pause((0.5 + Math.random()) * 100 * tries, undefined, { signal: deadline }).catch(() => Promise.reject(fault));
        }
      }
    },
    async useCode({ code, ruleSlug, client }, signal) {
      return readUseCode(await ask('use_code', { code, rule_slug: ruleSlug, client }, deadlineOf(timeoutMs, signal)));
    },
    async generateCode({ ruleSlug, creator, ...days }, signal) {
      const params = { rule_slug: ruleSlug, creator, ...validityDays('generate_code', days) };
      return readGenerated(await ask('generate_code', params, deadlineOf(timeoutMs, signal)), ruleSlug);
    },
    async generateCodeList({ ruleSlug, count, creator, ...days }, signal) {
      if (!Number.isSafeInteger(count) || count < 1) return throwUpstream('not_sent', 'generate_code_list', 'number_of_codes');
      const params = { rule_slug: ruleSlug, number_of_codes: count, creator, ...validityDays('generate_code_list', days) };
      return readGeneratedList(await ask('generate_code_list', params, deadlineOf(timeoutMs, signal)), count);
    },
    close: () => pool.close(),
  };
}

/** The days a new code is ordered for, in the words of the wire. */
export interface ValidityDays {
  /** `YYYY-MM-DD`; whose midnight is meant is the service's to say, and unsaid. */
  validFrom?: string | undefined;
  /** `YYYY-MM-DD`, not before `validFrom`; whether this day still counts is unsaid. */
  validTo?: string | undefined;
}

/** @throws {UpstreamError} `not_sent`, reason `valid_from` or `valid_to`: there is no such day, or the end is before the start */
export function validityDays(method: Method, { validFrom, validTo }: ValidityDays): Params {
  if (validFrom !== undefined && !isDay(validFrom)) return throwUpstream('not_sent', method, 'valid_from');
  if (validTo !== undefined && !(isDay(validTo) && validTo >= (validFrom ?? validTo)))
    return throwUpstream('not_sent', method, 'valid_to');
  return { valid_from: validFrom, valid_to: validTo };
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && parseTimestamp(`${text} 00:00:00Z`, 'UTC') !== undefined;
