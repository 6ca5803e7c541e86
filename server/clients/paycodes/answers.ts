/** What the PayCodes client answers. Values, refusals included; only a broken upstream is thrown (`UpstreamError`). */
import type { CodeDetails, PayCodePattern, PayCodeRule } from './schema.ts';

/** Answered, with an error. `code` is upstream's number, null when it gave none; never branch on its text. */
export interface Refused {
  kind: 'refused';
  code: number | null;
}

export type GetCodeAnswer =
  | ({ kind: 'found' } & CodeDetails)
  /** The documents' own contradiction: an answer of `status` alone. It tells nothing that a payment could rest on. */
  | { kind: 'status_only'; status: boolean }
  /** No such code under this rule. An error of the service itself is thrown instead: it says nothing of the code. */
  | Refused;

export type UseCodeAnswer =
  /** `used` = this very call spent the code. False says only that this call did not: ask `getCode` why. */
  | { kind: 'status'; used: boolean }
  /** Answered, so no longer in flight: what `getCode` says from now on is final. An error of the service itself is thrown. */
  | Refused;

export type GenerateCodeAnswer =
  /** A code of the asked rule, made of the pattern's signs where a pattern is told. */
  | { kind: 'generated'; code: string; pattern: PayCodePattern | null; rule: PayCodeRule }
  /** No code was handed out. */
  | Refused;

export type GenerateCodeListAnswer =
  /** `codes`: all different, and fewer or more than `asked` if the service says so; `duplicates`: how many more it named again. */
  | { kind: 'generated'; codes: string[]; asked: number; duplicates: number }
  /** No codes were handed out. */
  | Refused;
