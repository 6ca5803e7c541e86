/** Finds the rule a typed code belongs to, and whether it can pay. Reads only. */

import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { Asked } from './asked.ts';
import type { Candidate } from './codes.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { refusalOf } from './refusal-of.ts';

export type Found = Candidate & { answer: GetCodeAnswer };

export type LookUp =
  | { kind: 'usable'; found: Found }
  | { kind: 'unusable'; found: Found; refusal: Refusal }
  /** `denied`: of one rule at least it is known that this is no code of it. */
  | { kind: 'failed'; refusal: Refusal; denied: boolean };

/** The first rule that knows the code decides; the whole walk is one try, within the time of one call. */
export async function lookUp(
  parts: PayCodeParts,
  account: PayCodeAccount,
  tried: readonly Candidate[],
  asked: Asked,
): Promise<LookUp> {
  const deadline = AbortSignal.timeout(account.settings.timeoutMs);
  let last: LookUp = { kind: 'failed', refusal: { code: 'code_invalid', field: 'code' }, denied: true };
  for (const [nth, candidate] of tried.entries()) {
    const answer = await getCode(parts, account, candidate, deadline);
    if (!answer) return { kind: 'failed', refusal: { code: 'provider_unavailable' }, denied: nth > 0 };
    const refusal = refusalOf(answer, candidate.rule, asked, parts.clock.now());
    const found = { ...candidate, answer };
    if (!refusal) return { kind: 'usable', found };
    last = { kind: 'unusable', found, refusal };
    if (answer.kind === 'found') return last;
  }
  return last;
}

/** Null where PayCodes cannot be asked now. */
export async function getCode(
  { observer }: PayCodeParts,
  account: PayCodeAccount,
  { rule, code }: Candidate,
  deadline?: AbortSignal,
): Promise<GetCodeAnswer | null> {
  try {
    const answer = await account.client.getCode({ code, ruleSlug: rule.slug }, deadline);
    observer.upstreamCall('paycodes', 'get_code', answer.kind);
    return answer;
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paycodes', 'get_code', cause.fault);
    return null;
  }
}
