/** Uses a code, once, and says what came of it. The intent must be committed before this is called. */

import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { NewIntent, Outcome } from '../../payments/model/outcome.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { PayCodeAccount, PayCodeDeps, PayCodeRule } from './account.ts';
import { type RuleMatch, redemptionClientId } from './codes.ts';
import { type AmountExpectation, declineFor, toEvidence } from './pricing.ts';

export async function redeemCode(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  found: FoundCode,
  attemptId: string,
  asked: AmountExpectation,
): Promise<Outcome> {
  const { client, settings } = account;
  const { rule, code } = found;
  try {
    const answer = await client.useCode({ code, ruleSlug: rule.slug, client: redemptionClientId(attemptId) });
    const used = answer.kind === 'status' && answer.used;
    parts.observer.upstreamCall('paycodes', 'use_code', answer.kind === 'status' ? String(answer.used) : 'refused');
    if (used) return toEvidence(found.answer, rule, settings, redemptionClientId(attemptId), asked);
    return whyNot(parts, account, found, attemptId, asked, answer.kind === 'status');
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    parts.observer.upstreamCall('paycodes', 'use_code', cause.fault);
    if (cause.fault === 'not_sent') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
    return settings.clientRecovery
      ? { kind: 'unknown' }
      : { kind: 'review', why: 'a lost use_code, and no client to find it by' };
  }
}

/**
 * Answered with "not by this call" or with an error, so nothing of ours is in flight any more and what `get_code` says now
 * is final. `false`, and yet unused: PayCodes says somebody else has it.
 */
async function whyNot(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  found: FoundCode,
  attemptId: string,
  asked: AmountExpectation,
  saidFalse: boolean,
): Promise<Outcome> {
  const answer = await getCode(parts, account, found);
  if (!answer) return saidFalse && !account.settings.clientRecovery ? used : { kind: 'unknown' };
  const mine = answer.kind === 'found' && answer.code.useTime !== null && answer.code.client === redemptionClientId(attemptId);
  if (mine && account.settings.clientRecovery)
    return toEvidence(answer, found.rule, account.settings, redemptionClientId(attemptId), asked);
  if (answer.kind !== 'found') return saidFalse ? used : { kind: 'unknown' };
  const refusal = declineFor(answer, found.rule, asked, parts.clock.now());
  if (refusal) return { kind: 'refused', refusal };
  return saidFalse ? used : { kind: 'refused', refusal: { code: 'provider_unavailable' } };
}

const used: Outcome = { kind: 'refused', refusal: { code: 'code_used', field: 'code' } };

/** Finds the rule a typed code belongs to, and whether it can pay. Reads only. */
export type FoundCode = RuleMatch & { answer: GetCodeAnswer };

export type LookUp =
  | { kind: 'usable'; found: FoundCode }
  | { kind: 'unusable'; found: FoundCode; refusal: Refusal }
  /** `denied`: of one rule at least it is known that this is no code of it. */
  | { kind: 'failed'; refusal: Refusal; denied: boolean };

/** The first rule that knows the code decides; the whole walk is one try, within the time of one call. */
export async function lookUp(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  tried: readonly RuleMatch[],
  asked: AmountExpectation,
): Promise<LookUp> {
  const deadline = AbortSignal.timeout(account.settings.timeoutMs);
  let last: LookUp = { kind: 'failed', refusal: { code: 'code_invalid', field: 'code' }, denied: true };
  for (const [nth, candidate] of tried.entries()) {
    const answer = await getCode(parts, account, candidate, deadline);
    if (!answer) return { kind: 'failed', refusal: { code: 'provider_unavailable' }, denied: nth > 0 };
    const refusal = declineFor(answer, candidate.rule, asked, parts.clock.now());
    const found = { ...candidate, answer };
    if (!refusal) return { kind: 'usable', found };
    last = { kind: 'unusable', found, refusal };
    if (answer.kind === 'found') return last;
  }
  return last;
}

/** Null where PayCodes cannot be asked now. */
export async function getCode(
  { observer }: PayCodeDeps,
  account: PayCodeAccount,
  { rule, code }: RuleMatch,
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

/** `use_code` as it is written down before it is sent. */
export const redemptionIntent = (
  attemptId: string,
  rule: PayCodeRule,
  { due, acceptExcess }: Pick<AmountExpectation, 'due' | 'acceptExcess'>,
): NewIntent => ({
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: redemptionClientId(attemptId),
  due,
  // Each is looked at anew, for time and for other money: one that is tried again may be the first that arrives.
  spends: true,
  // What the customer agreed to, for whoever has to settle it.
  notes: { rule: rule.slug, ...(acceptExcess && { excess: 'accepted' }) },
});
