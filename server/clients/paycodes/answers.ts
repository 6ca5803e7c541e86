/** What the PayCodes client answers. Values, refusals included; only a broken upstream is thrown (`UpstreamError`). */

import * as z from 'zod';
import {
  type CodeDetails,
  type codeDetailsIn,
  GeneratedCode,
  GeneratedCodes,
  type PayCodePattern,
  type PayCodeRule,
  readStatus,
} from './schema.ts';
import { type Answer, type Method, throwUpstream } from './transport.ts';

/** Answered, with an error. `code` is upstream's number, null when it gave none; never branch on its text. */
export interface PayCodesRefusal {
  kind: 'refused';
  code: number | null;
}

export type GetCodeAnswer =
  | ({ kind: 'found' } & CodeDetails)
  /** The documents' own contradiction: an answer of `status` alone. It tells nothing that a payment could rest on. */
  | { kind: 'status_only'; status: boolean }
  /** No such code under this rule. An error of the service itself is thrown instead: it says nothing of the code. */
  | PayCodesRefusal;

export type UseCodeAnswer =
  /** `used` = this very call spent the code. False says only that this call did not: ask `getCode` why. */
  | { kind: 'status'; used: boolean }
  /** Answered, so no longer in flight: what `getCode` says from now on is final. An error of the service itself is thrown. */
  | PayCodesRefusal;

export type GenerateCodeAnswer =
  /** A code of the asked rule, made of the pattern's signs where a pattern is told. */
  | { kind: 'generated'; code: string; pattern: PayCodePattern | null; rule: PayCodeRule }
  /** No code was handed out. */
  | PayCodesRefusal;

export type GenerateCodeListAnswer =
  /** `codes`: all different, and fewer or more than `asked` if the service says so; `duplicates`: how many more it named again. */
  | { kind: 'generated'; codes: string[]; asked: number; duplicates: number }
  /** No codes were handed out. */
  | PayCodesRefusal;

/** Reads what `get_code` answered: the code that was asked for, a refusal, or nothing that can be believed. */
export interface GetCodeRequest {
  code: string;
  ruleSlug: string;
}

/** @throws {UpstreamError} `http` for an error of the service itself, `bad_shape` */
export function readGetCode(answer: Answer, asked: GetCodeRequest, Details: ReturnType<typeof codeDetailsIn>): GetCodeAnswer {
  if (!answer.ok) {
    return isProtocolError(answer.code)
      ? throwUpstream('http', 'get_code', String(answer.code))
      : { kind: 'refused', code: answer.code };
  }
  const bare = WithoutCode.safeParse(answer.result);
  if (bare.success) {
    const status = readStatus(bare.data?.status);
    return status === undefined ? { kind: 'refused', code: null } : { kind: 'status_only', status };
  }
  const details = Details.safeParse(answer.result);
  if (!details.success) return throwUpstream('bad_shape', 'get_code', endpointPath(details.error));
  return isAbout(details.data, asked)
    ? { kind: 'found', ...details.data }
    : throwUpstream('bad_shape', 'get_code', 'another code');
}

/** A result that has no code in it: nothing found, whatever else it says. */
const WithoutCode = z.nullable(z.looseObject({ code: z.null().optional(), status: z.unknown().optional() }));

/** An answer about something else is a lie or a mix-up, never a match. Letter case is the upstream's to fold. */
const isAbout = ({ code, rule }: CodeDetails, asked: GetCodeRequest) =>
  code.code.toUpperCase() === asked.code.toUpperCase() &&
  rule.slug === asked.ruleSlug &&
  (code.ruleSlug ?? asked.ruleSlug) === asked.ruleSlug;

/** Reads whether `use_code` spent the code. What cannot be read is no outcome. */
/** @throws {UpstreamError} `http` or `bad_shape`: the outcome is unknown */
export function readUseCode(answer: Answer): UseCodeAnswer {
  if (!answer.ok) {
    // "Internal error" may come from a gateway that lost patience while the service behind it went on.
    return isConclusive(answer.code)
      ? { kind: 'refused', code: answer.code }
      : throwUpstream('http', 'use_code', String(answer.code));
  }
  const status = z.looseObject({ status: z.unknown().optional() }).safeParse(answer.result);
  const used = status.success ? readStatus(status.data.status) : undefined;
  return used === undefined ? throwUpstream('bad_shape', 'use_code', 'status') : { kind: 'status', used };
}

/** Reads the code that `generate_code` made. A code that cannot be the asked rule's is believed no more than a broken answer. */
/** @throws {UpstreamError} `http`, `bad_shape` */
export function readGenerated(answer: Answer, ruleSlug: string): GenerateCodeAnswer {
  const refused = readNotGenerated('generate_code', answer);
  if (refused || !answer.ok) return refused ?? throwUpstream('bad_shape', 'generate_code', 'result');
  const read = GeneratedCode.safeParse(answer.result);
  if (!read.success) return throwUpstream('bad_shape', 'generate_code', endpointPath(read.error));
  const { code, pattern, rule } = read.data;
  if (rule.slug !== ruleSlug) return throwUpstream('bad_shape', 'generate_code', 'another rule');
  if (pattern && !fitsAlphabet(code, pattern.pattern)) return throwUpstream('bad_shape', 'generate_code', 'foreign signs');
  return { kind: 'generated', code, pattern, rule };
}

/** Reads the codes that `generate_code_list` made; the documents' own example names one of them twice. */
/** @throws {UpstreamError} `http`, `bad_shape` */
export function readGeneratedList(answer: Answer, asked: number): GenerateCodeListAnswer {
  const refused = readNotGenerated('generate_code_list', answer);
  if (refused || !answer.ok) return refused ?? throwUpstream('bad_shape', 'generate_code_list', 'result');
  const read = GeneratedCodes.safeParse(answer.result);
  if (!read.success) return throwUpstream('bad_shape', 'generate_code_list', endpointPath(read.error));
  const codes = [...new Set(read.data.codes)];
  return { kind: 'generated', codes, asked, duplicates: read.data.codes.length - codes.length };
}

/** Reads the refusal of a generating call, if it is one. No code was handed out, whichever way it is said. */
/** @throws {UpstreamError} `http` for an error of the service itself */
export function readNotGenerated(method: Method, answer: Answer): PayCodesRefusal | undefined {
  if (!answer.ok) {
    const { code } = answer;
    return isProtocolError(code) && !isConclusive(code) ? throwUpstream('http', method, String(code)) : { kind: 'refused', code };
  }
  const { success, data } = WithStatus.safeParse(answer.result);
  return success && readStatus(data.status) === false ? { kind: 'refused', code: null } : undefined;
}

const WithStatus = z.looseObject({ status: z.unknown() });

/** Whether an error tells what became of a call that has an effect: a business error, or a question that was not even understood. */
export const isConclusive = (code: number | null): boolean =>
  code !== null && (!isProtocolError(code) || notUnderstood.has(code));

const notUnderstood = new Set([-32700, -32600, -32601, -32602]);

/** The range that JSON-RPC reserves for the service's own trouble; business errors lie outside. */
export const isProtocolError = (code: number | null): boolean => code !== null && code >= -32768 && code <= -32000;

/** Whether a code consists of the signs of its pattern, which is a set of signs and not a regular expression (README.md, "Methods and fields"). */
export function fitsAlphabet(code: string, signs: string): boolean {
  const known = new Set(signs);
  return [...code].every((sign) => known.has(sign));
}

/** Where an answer was broken, for the operator. The names are our schema's own, so nothing of the answer leaks. */
export const endpointPath = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'result';
