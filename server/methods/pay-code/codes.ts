/** Under which rules a typed text can be a code at all, decided without any call: by length and alphabet where they are known. */
import { normalisePayCode } from '#contract';
import type { PayCodeRule } from './account.ts';

export interface Candidate {
  rule: PayCodeRule;
  /** As it is sent to PayCodes for this rule. */
  code: string;
}

export const candidates = (typed: string, rules: readonly PayCodeRule[]): Candidate[] =>
  rules.map((rule) => ({ rule, code: normalisePayCode(typed, rule.alphabet) })).filter(fits);

function fits({ rule, code }: Candidate): boolean {
  const length = rule.length ? code.length === rule.length : code.length >= 4 && code.length <= 32;
  const signs = rule.alphabet ? Array.from(code).every((sign) => rule.alphabet?.includes(sign)) : /^[A-Z0-9]+$/.test(code);
  return length && signs;
}
