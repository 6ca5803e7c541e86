/**
 * Reads what PayCodes answered to each method, and what the fields of a code and its rule mean: the code's state, its price as
 * money, and its discount. Refusals are values; only a broken service is thrown (`UpstreamError`).
 */
import * as z from 'zod';
import { schemaPath, throwUpstream } from '../http.ts';
import {
  type CodeDetails,
  type codeDetailsIn,
  GeneratedCode,
  GeneratedCodes,
  integer,
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
  /** `codes` are all different; there may be fewer or more than were requested. */
  | { kind: 'generated'; codes: string[] }
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
export function readGeneratedList(answer: Answer): GenerateCodeListAnswer {
  const method = 'generate_code_list';
  const refusal = readGenerateRefusal(method, answer);
  if (refusal || !answer.ok) return refusal ?? throwUpstream('paycodes', 'bad_shape', method, 'result');
  const read = GeneratedCodes.safeParse(answer.result);
  if (!read.success) return throwUpstream('paycodes', 'bad_shape', method, schemaPath(read.error));
  return { kind: 'generated', codes: [...new Set(read.data.codes)] };
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

export type CodeState = 'not_found' | 'used' | 'rule_inactive' | 'inactive' | 'not_yet_valid' | 'expired' | 'usable';

/**
 * The state of a code, from the answer of `get_code`; the first test that holds decides. Whether the code's value fits the
 * payment is decided by the payment method. Source: README.md, "State of a code".
 * @param now milliseconds since 1970, by our own clock
 */
export function codeState(answer: GetCodeAnswer, now: number): CodeState {
  if (answer.kind !== 'found') return 'not_found';
  const { code, rule } = answer;
  // By use_time alone: whether using a code clears is_active is unknown, so is_active must not hide a use.
  if (code.useTime !== null) return 'used';
  if (rule.isActive === false) return 'rule_inactive';
  if (code.isActive === false) return 'inactive';
  if (code.startTime && code.startTime.getTime() > now) return 'not_yet_valid';
  if (code.endTime && code.endTime.getTime() <= now) return 'expired';
  return 'usable';
}

/**
 * A rule's `price` as money: an integer in minor units of the payment's currency.
 *
 * PayCodes gives neither unit nor currency, so `scale` (decimal digits in `price`: 2 = grosze, 0 = złote) comes from the
 * merchant's configuration and `digits` from ISO 4217. The decimal text is shifted and never multiplied. `undefined` = the
 * price is finer than the currency, or beyond what an integer can hold: no amount of ours is equal to it.
 */
export function priceInMinorUnits(price: number, { scale, digits }: { scale: number; digits: number }): number | undefined {
  if (!Number.isSafeInteger(price) || price < 0) return undefined;
  const text = String(price);
  const extra = scale - digits;
  const shifted = extra <= 0 ? text + '0'.repeat(-extra) : dropZeros(text, extra);
  const amount = Number(shifted);
  return shifted !== undefined && Number.isSafeInteger(amount) ? amount : undefined;
}

function dropZeros(text: string, count: number): string | undefined {
  const padded = text.padStart(count + 1, '0');
  return padded.endsWith('0'.repeat(count)) ? padded.slice(0, -count) : undefined;
}

/** What a discount rule takes off. `amount`: in the unit of the rule's `price` · `percent`: whole percents of what is due. */
type PriceDeduction = { type: 'amount' | 'percent'; value: number };

const Deduction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('amount'), value: integer.pipe(z.int().min(0)) }),
  // More than 100 is a mistake, such as hundredths of percents: reading it as "everything" would give the goods away.
  z.object({ type: z.literal('percent'), value: integer.pipe(z.int().min(0).max(100)) }),
]);

/**
 * The price deduction of a discount rule. The documents do not show where in the rule it stands, so `path` is a setting.
 * Source: README.md, "Price and discount".
 * @param path names of `config`'s keys from the outside in, joined by dots
 * @returns null: the rule has none · `unreadable`: something stands there, and it is no deduction that we know
 */
export function priceDeductionOf(
  { config }: Pick<PayCodeRule, 'config'>,
  path = 'price_deduction',
): PriceDeduction | null | 'unreadable' {
  let found: unknown = config;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || Array.isArray(found)) return 'unreadable';
    found = found !== null && Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : null;
    if (found === null || found === undefined) return null;
  }
  return Deduction.safeParse(found).data ?? 'unreadable';
}
