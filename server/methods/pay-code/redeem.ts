/** Uses a code, once, and says what came of it. The intent must be committed before this is called. */

import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { codeState } from '../../clients/paycodes/code-rules.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { NewIntent, Outcome } from '../../payments/model/outcome.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { PayCodeAccount, PayCodeDeps, PayCodeRule } from './account.ts';
import { classifyUse } from './classify-use.ts';
import { type RuleMatch, redemptionClientId } from './codes.ts';
import { type AmountExpectation, declineFor, toEvidence } from './pricing.ts';

export async function redeemCode(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  found: FoundCode,
  attemptId: string,
  asked: AmountExpectation,
): Promise<Outcome> {
  const { settings } = account;
  const ours = redemptionClientId(attemptId);
  const result = await callUseCode(parts, account, found, ours);
  switch (result) {
    case 'used':
      return toEvidence(found.answer, found.rule, settings, ours, asked);
    case 'not_used':
    case 'refused':
      return whyNotUsed(parts, account, found, attemptId, asked, result === 'not_used');
    case 'not_sent':
      return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
    case 'lost':
      return settings.clientRecovery
        ? { kind: 'unknown' }
        : { kind: 'review', why: 'a lost use_code, and no client to find it by' };
  }
}

/**
 * PayCodes answered that this call used nothing, so none of this attempt is in flight any more and what `get_code` answers now is final.
 * @param answeredFalse PayCodes answered `false`, and not with an error: then somebody else has the code, even where it still reads as unused.
 */
async function whyNotUsed(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  found: FoundCode,
  attemptId: string,
  asked: AmountExpectation,
  answeredFalse: boolean,
): Promise<Outcome> {
  const { clientRecovery } = account.settings;
  const answer = await getCode(parts, account, found);
  if (!answer) return answeredFalse && !clientRecovery ? used : { kind: 'unknown' };
  if (answer.kind !== 'found') return answeredFalse ? used : { kind: 'unknown' };
  const ours = redemptionClientId(attemptId);
  const state = codeState(answer, parts.clock.now());
  const use = classifyUse({ state, client: answer.code.client, clientRecovery, ours: [ours], pendingCalls: 0 });
  // Here the name is the only proof of money, so it must be one that the merchant's setting lets us rely on.
  if (use === 'ours' && clientRecovery) return toEvidence(answer, found.rule, account.settings, ours, asked);
  const refusal = declineFor(answer, found.rule, asked, parts.clock.now());
  if (refusal) return { kind: 'refused', refusal };
  return answeredFalse ? used : { kind: 'refused', refusal: { code: 'provider_unavailable' } };
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

/** `use_code` as it is written down before it is sent. */
export const redemptionIntent = (
  attemptId: string,
  rule: PayCodeRule,
  { due, acceptExcess }: Pick<AmountExpectation, 'due' | 'acceptExcess'>,
): NewIntent => ({
  // Checked anew each time, for time and for other money: one that is tried again may be the first that arrives.
  kind: 'charge',
  amountDue: due,
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: redemptionClientId(attemptId),
  // What the customer agreed to, for whoever has to settle it.
  notes: { rule: rule.slug, ...(acceptExcess && { excess: 'accepted' }) },
});

export type UseCodeResult =
  /** This call used the code. */
  | 'used'
  /** PayCodes answered that this call did not use the code. Somebody else may have, or an earlier call of ours. */
  | 'not_used'
  /** PayCodes answered with an error that proves that this call did not use the code. */
  | 'refused'
  /** The call never left this machine, so it has no effect. */
  | 'not_sent'
  /** The call was sent and has no readable answer: it may have used the code, or may still do so. */
  | 'lost';

/**
 * Sends `use_code` once. The intent of exactly this call must be committed before.
 * @param client The name under which PayCodes records the use.
 */
export async function callUseCode(
  { observer }: Pick<PayCodeDeps, 'observer'>,
  account: PayCodeAccount,
  { rule, code }: RuleMatch,
  client: string,
): Promise<UseCodeResult> {
  try {
    const answer = await account.client.useCode({ code, ruleSlug: rule.slug, client });
    observer.upstreamCall('paycodes', 'use_code', answer.kind === 'status' ? String(answer.used) : 'refused');
    if (answer.kind !== 'status') return 'refused';
    return answer.used ? 'used' : 'not_used';
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paycodes', 'use_code', cause.fault);
    return cause.fault === 'not_sent' ? 'not_sent' : 'lost';
  }
}

/**
 * Reads a code. Answers null where PayCodes cannot be reached now or its answer cannot be read.
 * @param deadline Ends the call sooner than the account's own timeout.
 */
export async function getCode(
  { observer }: Pick<PayCodeDeps, 'observer'>,
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
