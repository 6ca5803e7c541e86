/**
 * Reads codes that wait for somebody else: a shown code, until the customer's SMS has used it, and the code of an attempt that
 * has ended, in case a lost call of ours uses it late.
 */
import { codeState } from '../../clients/paycodes/answers.ts';
import type { PendingAttempt, PollResult } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import { dayMs, hourMs, minuteMs } from '../../payments/model/time.ts';
import { reportMissingOnce, reportOnce } from '../missing-merchant.ts';
import { findRule, type PayCodeAccount, type PayCodeDeps, type PayCodeRule } from './account.ts';
import { acceptsExcess, invalidationClientId, readPayCodesIntent, redemptionClientId, unseal, unsealPlain } from './codes.ts';
import { expectedAmount, toEvidence } from './pricing.ts';
import { getCode, readLateCode } from './redeem.ts';

const secondMs = 1_000;

/**
 * A shown code is generated to be valid for two days at most. One that PayCodes does not know after this time pays nothing any
 * more.
 */
const longestShownMs = 3 * dayMs;
/** A shown code that still cannot be read after this time is left to a person. */
const unreadableMs = 4 * dayMs;

/** An SMS cannot arrive faster than this, so earlier polling is useless. */
export const firstPollMs = 3 * secondMs;

export async function pollShownCode(
  deps: PayCodeDeps,
  account: PayCodeAccount | null,
  { payment, attempt, intents }: PendingAttempt,
): Promise<PollResult> {
  const now = deps.clock.now();
  const shownMs = now - attempt.startedAt;
  const again: PollResult = { kind: 'again', inMs: nextPollIn(shownMs) };
  /** The customer may have paid with it. As long as the payment waits for them it may still turn out; then a person has to know. */
  const unread = (why: string): PollResult =>
    shownMs > unreadableMs && attempt.status === 'unconfirmed'
      ? { kind: 'needs_review', why: `nobody knows whether a code that was shown has paid: ${why}` }
      : again;
  const [first] = intents;
  const rule = first && findRule(account, readPayCodesIntent(first).notes.rule);
  if (!account || !rule) {
    reportMissingOnce(deps.observer, payment.merchantId, 'the rule of a shown pay code');
    return unread('its rule is missing from the merchants file');
  }
  const code = unsealOrReport(deps, attempt, rule);
  if (code === null) return unread('it cannot be decrypted');
  const answer = await getCode(deps, account, { rule, code });
  if (answer?.kind === 'refused' && shownMs > longestShownMs) return { kind: 'over', decline: { code: 'code_expired' } };
  if (answer?.kind !== 'found') return unread('PayCodes has not said');
  const state = codeState(answer, now);
  if (state === 'used') {
    if (!paidBySms(answer.code.client, attempt.id, account.settings)) return { kind: 'over', decline: { code: 'code_used' } };
    const expected = expectedAmount(payment, account.settings, true);
    return toEvidence(answer, rule, account.settings, `sms:${attempt.id}`, expected);
  }
  // Only its validity ends a code for good. A code or rule that is switched off may be switched on again, and an SMS that comes
  // then must not be lost.
  return state === 'expired' ? { kind: 'over', decline: { code: 'code_expired' } } : again;
}

/**
 * The code; null if it is not stored any more, or under a sealing key that is gone. The operator is informed, once.
 * @param rule In whose spelling; without it as it was sealed.
 */
export function unsealOrReport(
  { sealer, observer }: Pick<PayCodeDeps, 'sealer' | 'observer'>,
  attempt: Pick<AttemptRecord, 'id' | 'sealed'>,
  rule?: PayCodeRule,
): string | null {
  try {
    return rule ? unseal(sealer, attempt, rule) : unsealPlain(sealer, attempt);
  } catch {
    reportOnce(observer, 'settle', `the shown pay code of attempt ${attempt.id} cannot be decrypted: is a sealing key missing?`);
    return null;
  }
}

/** Polls often while the customer waits, once a minute when they have probably left, and now and then once it should be over. */
function nextPollIn(shownMs: number): number {
  if (shownMs < 2 * minuteMs) return firstPollMs;
  if (shownMs < 5 * minuteMs) return 5 * secondMs;
  if (shownMs < 15 * minuteMs) return 10 * secondMs;
  return shownMs < longestShownMs ? minuteMs : hourMs;
}

/**
 * Whether the SMS gateway used a shown code, which means that the customer has paid. Where the settings do not name the gateway,
 * everybody but us counts as the gateway, for the code was shown to this customer only.
 */
export const paidBySms = (client: string | null, attemptId: string, { smsClient }: PayCodeAccount['settings']): boolean =>
  smsClient === undefined ? client !== invalidationClientId(attemptId) : client === smsClient;

/**
 * Reads the code of an attempt that ended as not paid though a call to use it was lost. If the code has been used in our name
 * after all, that is money.
 */
export async function pollLateCode(
  deps: PayCodeDeps,
  account: PayCodeAccount | null,
  { payment, attempt, intents }: PendingAttempt,
): Promise<PollResult> {
  const over: PollResult = { kind: 'over', decline: attempt.problem ?? { code: 'provider_unavailable' } };
  const newest = intents.at(-1);
  if (!newest) return over;
  const last = readPayCodesIntent(newest);
  const read = await readLateCode(deps, account, attempt, findRule(account, last.notes.rule), intents.length);
  if (read.kind === 'again') return read;
  if (read.kind === 'over' || !account) return over;
  const expected = expectedAmount(payment, account.settings, acceptsExcess(last));
  return toEvidence(read.answer, read.rule, account.settings, redemptionClientId(attempt.id), expected);
}
