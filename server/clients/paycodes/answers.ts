/** Reads what PayCodes answered to each method. Refusals are values; only a broken service is thrown (`UpstreamError`). */
import * as z from 'zod';
import { schemaPath } from '../http.ts';
import { throwUpstream } from '../upstream-error.ts';
import {
  type CodeDetails,
  type codeDetailsIn,
  GeneratedCode,
  GeneratedCodes,
  type PayCodePattern,
  type PayCodeRule,
  readStatus,
} from './schema.ts';
import type { Answer, Method } from './transport.ts';

/** The service answered with an error. `code` is its number, null when it gave none. Its text is never used. */
interface PayCodesRefusal {
  kind: 'refused';
  code: number | null;
}

export type GetCodeAnswer =
  | ({ kind: 'found' } & CodeDetails)
  /** The documents contradict themselves: `status` alone, without a code. No payment may rest on it. */
  | { kind: 'status_only'; status: boolean }
  /** No such code under this rule. An error of the service itself is thrown instead, since it is not about the code. */
  | PayCodesRefusal;

export type UseCodeAnswer =
  /** `used` = this very call used the code. False means only that this call did not: `getCode` shows why. */
  | { kind: 'status'; used: boolean }
  /** The call has been answered, so it is no longer in flight: what `getCode` returns from now on is final. */
  | PayCodesRefusal;

export type GenerateCodeAnswer =
  /** A code of the requested rule. If the answer names a pattern, the code consists of its signs. */
  | { kind: 'generated'; code: string; pattern: PayCodePattern | null; rule: PayCodeRule }
  /** No code was generated. */
  | PayCodesRefusal;

export type GenerateCodeListAnswer =
  /**
   * `codes` are all different; there may be fewer or more than were `requested`. `duplicates`: how many more the answer named
   * a second time.
   */
  | { kind: 'generated'; codes: string[]; requested: number; duplicates: number }
  /** No codes were generated. */
  | PayCodesRefusal;

interface GetCodeRequest {
  code: string;
  ruleSlug: string;
}

/** @throws {UpstreamError} `http` for an error of the service itself, `bad_shape` for an answer that cannot be read */
export function readGetCode(
  answer: Answer,
  requested: GetCodeRequest,
  detailsSchema: ReturnType<typeof codeDetailsIn>,
): GetCodeAnswer {
  if (!answer.ok) {
    return isProtocolError(answer.code)
      ? throwUpstream('paycodes', 'http', 'get_code', String(answer.code))
      : { kind: 'refused', code: answer.code };
  }
  const bare = WithoutCode.safeParse(answer.result);
  if (bare.success) {
    const status = readStatus(bare.data?.status);
    return status === undefined ? { kind: 'refused', code: null } : { kind: 'status_only', status };
  }
  const details = detailsSchema.safeParse(answer.result);
  if (!details.success) return throwUpstream('paycodes', 'bad_shape', 'get_code', schemaPath(details.error));
  return isAbout(details.data, requested)
    ? { kind: 'found', ...details.data }
    : throwUpstream('paycodes', 'bad_shape', 'get_code', 'another code');
}

/** A result without a code: nothing was found, whatever else it contains. */
const WithoutCode = z.nullable(z.looseObject({ code: z.null().optional(), status: z.unknown().optional() }));

/** An answer about another code or rule is a mix-up and must not count as a match. The service may change letter case. */
const isAbout = ({ code, rule }: CodeDetails, requested: GetCodeRequest) =>
  code.code.toUpperCase() === requested.code.toUpperCase() &&
  rule.slug === requested.ruleSlug &&
  (code.ruleSlug ?? requested.ruleSlug) === requested.ruleSlug;

/** Whether `use_code` used the code. @throws {UpstreamError} `http` or `bad_shape`: the outcome is unknown */
export function readUseCode(answer: Answer): UseCodeAnswer {
  if (!answer.ok) {
    // "Internal error" may come from a gateway that stopped waiting while the service behind it went on.
    return isConclusive(answer.code)
      ? { kind: 'refused', code: answer.code }
      : throwUpstream('paycodes', 'http', 'use_code', String(answer.code));
  }
  const result = WithStatus.safeParse(answer.result);
  const used = result.success ? readStatus(result.data.status) : undefined;
  return used === undefined ? throwUpstream('paycodes', 'bad_shape', 'use_code', 'status') : { kind: 'status', used };
}

/** A code that cannot belong to the requested rule is treated as a broken answer. @throws {UpstreamError} `http`, `bad_shape` */
export function readGenerated(answer: Answer, ruleSlug: string): GenerateCodeAnswer {
  const method = 'generate_code';
  const refusal = readGenerateRefusal(method, answer);
  if (refusal || !answer.ok) return refusal ?? throwUpstream('paycodes', 'bad_shape', method, 'result');
  const read = GeneratedCode.safeParse(answer.result);
  if (!read.success) return throwUpstream('paycodes', 'bad_shape', method, schemaPath(read.error));
  const { code, pattern, rule } = read.data;
  if (rule.slug !== ruleSlug) return throwUpstream('paycodes', 'bad_shape', method, 'another rule');
  if (pattern && !fitsAlphabet(code, pattern.pattern)) return throwUpstream('paycodes', 'bad_shape', method, 'foreign signs');
  return { kind: 'generated', code, pattern, rule };
}

/** The documents' own example names one code twice, so duplicates are removed. @throws {UpstreamError} `http`, `bad_shape` */
export function readGeneratedList(answer: Answer, requested: number): GenerateCodeListAnswer {
  const method = 'generate_code_list';
  const refusal = readGenerateRefusal(method, answer);
  if (refusal || !answer.ok) return refusal ?? throwUpstream('paycodes', 'bad_shape', method, 'result');
  const read = GeneratedCodes.safeParse(answer.result);
  if (!read.success) return throwUpstream('paycodes', 'bad_shape', method, schemaPath(read.error));
  const codes = [...new Set(read.data.codes)];
  return { kind: 'generated', codes, requested, duplicates: read.data.codes.length - codes.length };
}

/**
 * The refusal of a generating call, if the answer is one: an error, or a false `status`.
 * @throws {UpstreamError} `http` for an error of the service itself
 */
function readGenerateRefusal(method: Method, answer: Answer): PayCodesRefusal | undefined {
  if (!answer.ok) {
    const { code } = answer;
    return isProtocolError(code) && !isConclusive(code)
      ? throwUpstream('paycodes', 'http', method, String(code))
      : { kind: 'refused', code };
  }
  const { success, data } = WithStatus.safeParse(answer.result);
  return success && readStatus(data.status) === false ? { kind: 'refused', code: null } : undefined;
}

const WithStatus = z.looseObject({ status: z.unknown().optional() });

/** Whether an error proves that the call had no effect: a business error, or a request that was not even understood. */
const isConclusive = (code: number | null): boolean => code !== null && (!isProtocolError(code) || notUnderstood.has(code));

const notUnderstood = new Set([-32700, -32600, -32601, -32602]);

/** The range that JSON-RPC reserves for the service's own trouble. Business errors lie outside it. */
const isProtocolError = (code: number | null): boolean => code !== null && code >= -32768 && code <= -32000;

/** Whether a code consists of the signs of its pattern. Source: README.md, "Methods and fields". */
function fitsAlphabet(code: string, signs: string): boolean {
  const alphabet = new Set(signs);
  return [...code].every((sign) => alphabet.has(sign));
}
