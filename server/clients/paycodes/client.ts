/** The typed client of PayCodes, over JSON-RPC 2.0 or REST. It knows codes and rules, no payment. Source: README.md. */
import { setTimeout as pause } from 'node:timers/promises';
import { deadlineOf, openPool, throwUpstream, UpstreamError } from '../http.ts';
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
import { codeDetailsIn, parseTimestamp } from './schema.ts';
import {
  credentialsOf,
  type Method,
  type Params,
  type PayCodesAuth,
  type PayCodesContentType,
  type PayCodesTransport,
  restTransport,
  rpcTransport,
} from './transport.ts';

/** How a PayCodes account is reached. What the service's documents leave open is an option. */
export interface PayCodesOptions {
  url: URL;
  auth: PayCodesAuth;
  /** Default `jsonrpc`. */
  transport?: PayCodesTransport;
  /** The content type of a request; default `application/json`. */
  contentType?: PayCodesContentType;
  /** The total time of one call, its retries included, in milliseconds; default 10,000. */
  timeoutMs?: number;
  /** The zone of times without an offset (IANA name); default `Europe/Warsaw`. */
  timeZone?: string;
}

/** Every call that has an effect is one HTTP request: it is never sent again. */
export interface PayCodesClient {
  /** Looks a code up. It only reads, so a fault is tried again twice. @throws {UpstreamError} */
  getCode(params: { code: string; ruleSlug: string }, signal?: AbortSignal): Promise<GetCodeAnswer>;
  /**
   * Uses a code, once and for good, in the name of `client`. Sent at most once.
   * @throws {UpstreamError} `not_sent`: nothing happened; any other fault: unknown, to be found out by `getCode` and its `client`
   */
  useCode(params: { code: string; ruleSlug: string; client: string }, signal?: AbortSignal): Promise<UseCodeAnswer>;
  /**
   * Generates a code, in the name of `creator`. Sent at most once: after a fault a code may exist that nobody knows.
   * @throws {UpstreamError} `not_sent` also for a day that does not exist, with the reason `valid_from` or `valid_to`
   */
  generateCode(params: { ruleSlug: string; creator: string } & ValidityDays, signal?: AbortSignal): Promise<GenerateCodeAnswer>;
  /**
   * Generates `count` codes. Sent at most once. The service's limit per call is unknown; some 15,000 fit into an answer.
   * @throws {UpstreamError} `not_sent` also for a count that is no positive integer, with the reason `number_of_codes`
   */
  generateCodeList(
    params: { ruleSlug: string; count: number; creator: string } & ValidityDays,
    signal?: AbortSignal,
  ): Promise<GenerateCodeListAnswer>;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

/** The days on which a new code is valid. */
interface ValidityDays {
  /** `YYYY-MM-DD`. In which zone the day begins is unknown. */
  validFrom?: string | undefined;
  /** `YYYY-MM-DD`, not before `validFrom`. Whether the day itself is included is unknown. */
  validTo?: string | undefined;
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
  const credentials = credentialsOf(auth);
  const pool = openPool(url.origin);
  const call = (transport === 'rest' ? restTransport : rpcTransport)(pool, { url, contentType, credentials });
  const detailsSchema = codeDetailsIn(timeZone);

  return {
    async getCode(params, signal) {
      const deadline = deadlineOf(timeoutMs, signal);
      for (let tries = 1; ; tries += 1) {
        try {
          const answer = await call('get_code', { code: params.code, rule_slug: params.ruleSlug }, deadline);
          return readGetCode(answer, params, detailsSchema);
        } catch (fault) {
          if (tries === 3 || deadline.aborted || !(fault instanceof UpstreamError)) throw fault;
          await pause((0.5 + Math.random()) * 100 * tries, undefined, { signal: deadline }).catch(() => Promise.reject(fault));
        }
      }
    },
    async useCode({ code, ruleSlug, client }, signal) {
      return readUseCode(await call('use_code', { code, rule_slug: ruleSlug, client }, deadlineOf(timeoutMs, signal)));
    },
    async generateCode({ ruleSlug, creator, ...days }, signal) {
      const params = { rule_slug: ruleSlug, creator, ...validityDays('generate_code', days) };
      return readGenerated(await call('generate_code', params, deadlineOf(timeoutMs, signal)), ruleSlug);
    },
    async generateCodeList({ ruleSlug, count, creator, ...days }, signal) {
      if (!Number.isSafeInteger(count) || count < 1) {
        return throwUpstream('paycodes', 'not_sent', 'generate_code_list', 'number_of_codes');
      }
      const params = { rule_slug: ruleSlug, number_of_codes: count, creator, ...validityDays('generate_code_list', days) };
      return readGeneratedList(await call('generate_code_list', params, deadlineOf(timeoutMs, signal)));
    },
    close: () => pool.close(),
  };
}

/** @throws {UpstreamError} `not_sent`, reason `valid_from` or `valid_to`: there is no such day, or the end is before the start */
function validityDays(method: Method, { validFrom, validTo }: ValidityDays): Params {
  if (validFrom !== undefined && !isDay(validFrom)) return throwUpstream('paycodes', 'not_sent', method, 'valid_from');
  if (validTo !== undefined && !(isDay(validTo) && validTo >= (validFrom ?? validTo))) {
    return throwUpstream('paycodes', 'not_sent', method, 'valid_to');
  }
  return { valid_from: validFrom, valid_to: validTo };
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && parseTimestamp(`${text} 00:00:00Z`, 'UTC') !== undefined;
