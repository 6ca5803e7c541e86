/**
 * Looks a typed code up, uses it once, finds out what came of that and who used it, and looks for late uses.
 */
import { UpstreamError } from '../../clients/http.ts';
import { type CodeState, codeState, type GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { nextLateCheckIn } from '../../payments/attempts/attempt.ts';
import { OperatorNotice } from '../../payments/model/errors.ts';
import type { Outcome, PollResult } from '../../payments/model/ports.ts';
import type { Decline } from '../../payments/model/records.ts';
import { dayMs, minuteMs } from '../../payments/model/time.ts';
import type { PayCodeAccount, PayCodeDeps, PayCodeRule } from './account.ts';
import { type RuleMatch, redemptionClientId, type SealedCode, unseal } from './codes.ts';
import { type AmountExpectation, declineFor, toEvidence } from './pricing.ts';

/** A code with the rule it belongs to, and what PayCodes answered about it. */
export type FoundCode = RuleMatch & { answer: GetCodeAnswer };

export type LookUp =
  | { kind: 'usable'; found: FoundCode }
  | { kind: 'unusable'; found: FoundCode; decline: Decline }
  /** `denied`: PayCodes answered for at least one rule that the code does not belong to it. */
  | { kind: 'failed'; decline: Decline; denied: boolean };

/**
 * Finds the rule that a typed code belongs to, and whether the code can pay. The first rule that knows the code decides. All
 * reads together get the time of one call.
 */
export async function lookUp(
  deps: PayCodeDeps,
  account: PayCodeAccount,
  matches: readonly RuleMatch[],
  expected: AmountExpectation,
): Promise<LookUp> {
  const deadline = AbortSignal.timeout(account.settings.timeoutMs);
  let last: LookUp = { kind: 'failed', decline: { code: 'code_invalid', field: 'code' }, denied: true };
  for (const [index, match] of matches.entries()) {
    const answer = await getCode(deps, account, match, deadline);
    if (!answer) return { kind: 'failed', decline: { code: 'provider_unavailable' }, denied: index > 0 };
    const decline = declineFor(answer, match.rule, expected, deps.clock.now());
    const found = { ...match, answer };
    if (!decline) return { kind: 'usable', found };
    last = { kind: 'unusable', found, decline };
    if (answer.kind === 'found') return last;
  }
  return last;
}

const codeUsed: Outcome = { kind: 'declined', decline: { code: 'code_used', field: 'code' } };
const unavailable: Outcome = { kind: 'declined', decline: { code: 'provider_unavailable' } };

/** Uses the code, once. The intent of exactly this call must be committed before. */
export async function redeemCode(
  deps: PayCodeDeps,
  account: PayCodeAccount,
  found: FoundCode,
  attemptId: string,
  expected: AmountExpectation,
): Promise<Outcome> {
  const { settings } = account;
  const ours = redemptionClientId(attemptId);
  const result = await callUseCode(deps, account, found, ours);
  switch (result) {
    case 'used':
      return toEvidence(found.answer, found.rule, settings, ours, expected);
    case 'not_used':
    case 'refused':
      return whyNotUsed(deps, account, found, attemptId, expected, result === 'not_used');
    case 'not_sent':
      return unavailable;
    case 'lost':
      return settings.clientRecovery
        ? { kind: 'unknown' }
        : { kind: 'needs_review', why: 'a lost use_code, and no client to find it by' };
  }
}

/**
 * PayCodes answered that this call did not use the code. The call is no longer in flight, so what `get_code` answers now is final
 * for it.
 * @param answeredFalse PayCodes answered `false` and not an error: somebody else has the code, even where it still reads as
 * unused.
 */
async function whyNotUsed(
  deps: PayCodeDeps,
  account: PayCodeAccount,
  found: FoundCode,
  attemptId: string,
  expected: AmountExpectation,
  answeredFalse: boolean,
): Promise<Outcome> {
  const { clientRecovery } = account.settings;
  const answer = await getCode(deps, account, found);
  if (!answer) return answeredFalse && !clientRecovery ? codeUsed : { kind: 'unknown' };
  if (answer.kind !== 'found') return answeredFalse ? codeUsed : { kind: 'unknown' };
  const now = deps.clock.now();
  const { client } = answer.code;
  const ours = redemptionClientId(attemptId);
  const use = classifyUse({ state: codeState(answer, now), client, clientRecovery, ours: [ours], pendingCalls: 0 });
  // Here the name is the only proof of money, so it counts only where the merchant's setting says that PayCodes returns our
  // names.
  if (use === 'ours' && clientRecovery) return toEvidence(answer, found.rule, account.settings, ours, expected);
  const decline = declineFor(answer, found.rule, expected, now);
  if (decline) return { kind: 'declined', decline };
  return answeredFalse ? codeUsed : unavailable;
}

/** When to read again where PayCodes cannot be reached, or the rule is missing from the merchants file. */
const retryMs = 10 * minuteMs;
/** After this long the code is given up even unread, or it would be stored for ever. The operator gets a report. */
const longestLateMs = 7 * dayMs;

type LateReading = Extract<PollResult, { kind: 'again' }> | { kind: 'over' } | (FoundCode & { kind: 'ours' });

/**
 * Reads a code that is not needed any more, though a call of ours to use it was lost. Such a call may wait in a queue for any
 * length of time.
 * @param calls How many calls of ours to use it were recorded. Any of them may be the lost one.
 */
export async function readLateCode(
  deps: PayCodeDeps,
  account: PayCodeAccount | null,
  ended: SealedCode & { endedAt: number | null },
  rule: PayCodeRule | undefined,
  calls: number,
): Promise<LateReading> {
  const over = { kind: 'over' } as const;
  const { id, endedAt } = ended;
  if (ended.sealed === null || calls === 0) return over;
  const now = deps.clock.now();
  const retryOrGiveUp = (): LateReading => {
    if (now - (endedAt ?? now) < longestLateMs) return { kind: 'again', inMs: retryMs };
    deps.observer.failure('pay codes', new OperatorNotice(`the code of ${id} may have been used late: look at PayCodes`));
    return over;
  };
  if (!account || !rule) return retryOrGiveUp();
  const code = unseal(deps.sealer, ended, rule);
  const answer = await getCode(deps, account, { rule, code });
  if (answer?.kind !== 'found') return retryOrGiveUp();
  const { client } = answer.code;
  const { clientRecovery } = account.settings;
  const state = codeState(answer, now);
  switch (classifyUse({ state, client, clientRecovery, ours: [redemptionClientId(id)], pendingCalls: calls })) {
    case 'ours':
      return { kind: 'ours', rule, code, answer };
    // Nobody waits for an answer any more: a use that is not proven to be ours pays nothing. Where it may have been ours, the
    // operator gets a report, for the customer may have paid.
    case 'ambiguous':
      deps.observer.failure('pay codes', new OperatorNotice(`the code of ${id} was used late: see at PayCodes by whom`));
      return over;
    case 'other':
      return over;
    // An expired code is read again, too: by PayCodes' clock it may not have expired, and the call may have arrived in time.
    case 'unused':
    case 'expired': {
      const inMs = nextLateCheckIn(endedAt ?? now, now);
      return inMs === null ? over : { kind: 'again', inMs };
    }
  }
}

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
 * Sends `use_code` once. The intent of exactly this call must be committed before. The call is counted in the metrics.
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
 * Reads a code. The call is counted in the metrics. Null where PayCodes cannot be reached now, or its answer cannot be read.
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

export interface UseFacts {
  /** The state of the code according to the last `get_code`, at the present time. */
  state: CodeState;
  /** Who used the code according to that answer; null where PayCodes names nobody. */
  client: string | null;
  /** The merchant's setting: whether `get_code` returns the `client` of a use. Without it only a name of ours is believed. */
  clientRecovery: boolean;
  /** The names that our own calls bear. */
  ours: readonly string[];
  /** How many of our `use_code` calls have no answer. Each of them may have used the code, or may still do so. */
  pendingCalls: number;
}

export type CodeUse =
  /** One of our calls used it. */
  | 'ours'
  /** Somebody else used it. */
  | 'other'
  /** Nobody has used it so far, though it need not be usable at this moment. A pending call of ours may still use it. */
  | 'unused'
  /** Nobody can tell who used it: no user can be named while a call of ours is pending, or PayCodes does not know the code. */
  | 'ambiguous'
  /** Nobody used it, and by our clock nobody can any more. */
  | 'expired';

/** The one rule that decides who used a code. It is pure, so that a table test can cover every combination. */
export function classifyUse({ state, client, clientRecovery, ours, pendingCalls }: UseFacts): CodeUse {
  if (state === 'not_found') return 'ambiguous';
  if (state === 'expired') return 'expired';
  if (state !== 'used') return 'unused';
  if (client !== null && ours.includes(client)) return 'ours';
  const named = client !== null && clientRecovery;
  // Where every call of ours was answered, none of them used the code, so it does not matter that nobody is named.
  return named || pendingCalls === 0 ? 'other' : 'ambiguous';
}
