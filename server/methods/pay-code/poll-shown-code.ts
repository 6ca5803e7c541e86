/** Looks whether the code that was shown has been used by the customer's SMS, or what became of a discount code that nobody came back for. */
import { codeState } from '../../clients/paycodes/code-rules.ts';
import { nextLateCheckIn } from '../../payments/attempts/check-schedule.ts';
import type { PollResult } from '../../payments/model/outcome.ts';
import type { PendingAttempt } from '../../payments/model/ports.ts';
import type { PayCodeAccount, PayCodeDeps } from './account.ts';
import { classifyUse } from './classify-use.ts';
import { invalidationClientId, redemptionClientId, unseal } from './codes.ts';
import { expectedAmount, toEvidence } from './pricing.ts';
import { getCode } from './redeem.ts';

const longestMs = 3 * 24 * 3_600_000;

/** Used by anybody but us is used by the gateway, unless the merchant's file names that one. */
export const paidBySms = (client: string | null, attemptId: string, { smsClient }: PayCodeAccount['settings']): boolean =>
  smsClient === undefined ? client !== invalidationClientId(attemptId) : client === smsClient;

export async function pollShownCode(
  parts: PayCodeDeps,
  account: PayCodeAccount | null,
  unsettled: PendingAttempt,
): Promise<PollResult> {
  const { payment, attempt, intents } = unsettled;
  const now = parts.clock.now();
  const again: PollResult = { kind: 'again', inMs: nextPollIn(now - attempt.startedAt) };
  const rule = account?.settings.rules.find(({ slug }) => slug === intents[0]?.notes.rule);
  if (!account || !rule || attempt.sealed === null) return again;
  const answer = await getCode(parts, account, { rule, code: unseal(parts.sealer, attempt, rule) });
  // Made to be valid for two days at the most: one that PayCodes does not know after that comes to nothing.
  if (answer?.kind === 'refused' && now - attempt.startedAt > longestMs)
    return { kind: 'over', refusal: { code: 'code_expired' } };
  if (answer?.kind !== 'found') return again;
  const state = codeState(answer, now);
  if (state === 'used') {
    if (!paidBySms(answer.code.client, attempt.id, account.settings)) return { kind: 'over', refusal: { code: 'code_used' } };
    const asked = expectedAmount(payment, account.settings, true);
    return toEvidence(answer, rule, account.settings, `sms:${attempt.id}`, asked);
  }
  // Only time ends it for good: what is switched off may be switched on again, and an SMS that comes then must not be lost.
  return state === 'expired' ? { kind: 'over', refusal: { code: 'code_expired' } } : again;
}

/** How often a shown code is looked at, by how long it has been shown: soon while the customer waits, each minute when they have gone. */
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** Nobody has an SMS sent sooner. */
export const firstPollMs = 3 * secondMs;

export function nextPollIn(shownMs: number): number {
  if (shownMs < 2 * minuteMs) return firstPollMs;
  if (shownMs < 5 * minuteMs) return 5 * secondMs;
  return shownMs < 15 * minuteMs ? 10 * secondMs : minuteMs;
}

/**
 * A code was read as not used and its attempt has ended, though a call to use it was lost. Such a call may lie in a queue for as long as it
 * likes: the code is read again later, and where it has been used in our name after all, that is money.
 */
/** Where PayCodes, or the rule, is out of reach. */
const againMs = 10 * 60_000;
/** After that it is over all the same, or a code would lie here for ever; somebody is told. */
const longestLateMs = 7 * 24 * 3_600_000;

export async function pollLateCode(
  parts: PayCodeDeps,
  account: PayCodeAccount | null,
  unsettled: PendingAttempt,
): Promise<PollResult> {
  const { payment, attempt, intents } = unsettled;
  const over: PollResult = { kind: 'over', refusal: attempt.problem ?? { code: 'provider_unavailable' } };
  const last = intents.at(-1);
  if (!last || attempt.sealed === null) return over;
  const now = parts.clock.now();
  const untold = (): PollResult => {
    if (now - (attempt.endedAt ?? now) < longestLateMs) return { kind: 'again', inMs: againMs };
    parts.observer.failure('pay codes', new Error(`the code of ${attempt.id} may have been used late, and cannot be read`));
    return over;
  };
  const rule = account?.settings.rules.find(({ slug }) => slug === last.notes.rule);
  if (!account || !rule) return untold();
  const answer = await getCode(parts, account, { rule, code: unseal(parts.sealer, attempt, rule) });
  if (answer?.kind !== 'found') return untold();
  const { client } = answer.code;
  const ours = redemptionClientId(attempt.id);
  const { clientRecovery } = account.settings;
  const use = classifyUse({ state: codeState(answer, now), client, clientRecovery, ours: [ours], pendingCalls: intents.length });
  // The payment is over, so nothing waits for an answer: a use that cannot be proven to be ours counts as somebody else's.
  if (use === 'other' || use === 'ambiguous') return over;
  if (use === 'ours') {
    // It is no money by itself, and what it was to take off is not due any more: somebody has to make it good.
    if (last.notes.discount !== undefined) {
      parts.observer.failure('discount', new Error(`the discount code of ${attempt.id} was used after its payment had ended`));
      return over;
    }
    const asked = expectedAmount(payment, account.settings, last.notes.excess !== undefined);
    return toEvidence(answer, rule, account.settings, ours, asked);
  }
  const inMs = nextLateCheckIn(attempt.endedAt ?? now, now);
  return inMs === null ? over : { kind: 'again', inMs };
}
