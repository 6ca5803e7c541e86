/**
 * What became of an attempt whose answer was lost (paycodes.md §5.3). `get_code` tells: used in our name → paid; used in
 * another's → not ours; unused → nothing has happened yet, and nobody knows whether it will: a call that was given up may lie in a queue and arrive
 * minutes or hours later. No reading proves that it will not, and PayCodes has no way to call it back short of using the code up, which is the
 * customer's money. So nothing else may be paid with meanwhile, and the code is tried again, under an intent of its own: that cannot charge
 * twice, for a code is used once and all calls bear the same name. The customer asked for just that, and is paid as soon as PayCodes answers.
 * When the payment's time is over nothing is tried any more; what arrives after that is found later (`watch-late.ts`).
 */
import { codeState } from '../../clients/paycodes/code-rules.ts';
import type { NewIntent, Outcome } from '../../payments/model/outcome.ts';
import { isInFlight } from '../../payments/model/payment-state.ts';
import type { PendingAttempt } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import { reportMissingOnce } from '../missing-merchant.ts';
import type { PayCodeAccount, PayCodeDeps, PayCodeRule } from './account.ts';
import { classifyUse } from './classify-use.ts';
import { invalidationClientId, redemptionClientId, unseal } from './codes.ts';
import { paidBySms } from './poll-shown-code.ts';
import { declineFor, expectedAmount, toEvidence } from './pricing.ts';
import { callUseCode, type FoundCode, getCode, redeemCode, redemptionIntent } from './redeem.ts';
import { keepInstructions } from './submit-code.ts';

/** Nobody answers that the code was not used before a call is at least so old; most that arrive at all have done so by then. */
const inFlightMs = 60_000;
/** By how much PayCodes' clock may be behind ours. */
const clocksDifferMs = 10 * 60_000;
/** So many calls one after the other, as the checks come; then one each so often, however impatient somebody is. */
const fastCalls = 5;
const slowCallMs = 5 * 60_000;

export const reconcilePayCode = async (
  parts: PayCodeDeps,
  account: PayCodeAccount | null,
  unsettled: PendingAttempt,
): Promise<Outcome> => keepInstructions(await settleUse(parts, account, unsettled), unsettled.attempt);

async function settleUse(parts: PayCodeDeps, account: PayCodeAccount | null, unsettled: PendingAttempt): Promise<Outcome> {
  const { payment, attempt, intents } = unsettled;
  const last = intents.at(-1);
  // It ended before anything that spends was written down, so nothing was sent.
  if (!last) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  // By what there is, not by what is first: a clock may have been set back in between.
  if (intents.some(({ operation }) => operation === 'generate_code')) return settleShown(parts, account, unsettled);
  const rule = account?.settings.rules.find(({ slug }) => slug === last.notes.rule);
  if (!account || !rule) {
    reportMissingOnce(parts.observer, payment.merchantId, 'the rule of a pay code');
    return { kind: 'unknown' };
  }
  if (!account.settings.clientRecovery) return { kind: 'review', why: 'no client to find a lost use_code by' };

  const candidate = { rule, code: unseal(parts.sealer, attempt, rule) };
  // Before the read, not after it: what was in flight then may have arrived since.
  const now = parts.clock.now();
  const answer = await getCode(parts, account, candidate);
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const found: FoundCode = { ...candidate, answer };
  const arrived = now - last.createdAt > inFlightMs;
  const asked = expectedAmount(payment, account.settings, last.notes.excess !== undefined);

  // Every intent counts as pending: which of the calls had an answer is not recorded. So a use by nobody who is named is always ambiguous here.
  const { clientRecovery } = account.settings;
  const ours = redemptionClientId(attempt.id);
  const { client } = answer.code;
  const use = classifyUse({ state: codeState(answer, now), client, clientRecovery, ours: [ours], pendingCalls: intents.length });
  if (use === 'ours') return toEvidence(answer, rule, account.settings, ours, asked);
  if (use === 'ambiguous') return { kind: 'review', why: 'the code is used, and PayCodes does not say by whom' };
  if (use === 'other') return { kind: 'refused', refusal: { code: 'code_used', field: 'code' } };
  // Nobody can use it any more, by our clock; theirs may be another, so not at once.
  if (use === 'expired') {
    const since = now - (answer.code.endTime?.getTime() ?? now);
    if (since < clocksDifferMs) return { kind: 'unknown' };
    const refusal = declineFor(answer, rule, asked, now) ?? { code: 'code_expired' as const };
    return arrived ? { kind: 'refused', refusal, mayArrive: true } : { kind: 'unknown' };
  }
  if (!isInFlight(payment, attempt) || payment.expiresAt <= now) {
    const refusal = { code: 'provider_unavailable' as const };
    return arrived ? { kind: 'refused', refusal, mayArrive: true } : { kind: 'unknown' };
  }
  // Switched off, or worth something else by now: it is not used, and what was sent before may still use it.
  if (declineFor(answer, rule, asked, now)) return { kind: 'unknown' };
  if (intents.length >= fastCalls && now - last.createdAt < slowCallMs) return { kind: 'unknown' };
  // Paid otherwise just now: the next look finds it so.
  if (!(await writtenDown(unsettled, redemptionIntent(attempt.id, rule, asked)))) return { kind: 'unknown' };
  const outcome = await redeemCode(parts, account, found, attempt.id, asked);
  // "Not by this call" says nothing of the ones before: the next reading tells who has used it, if anybody has.
  return outcome.kind === 'refused' ? { kind: 'unknown' } : outcome;
}

/** False where the call must not be made any more. */
async function writtenDown({ recordIntent }: PendingAttempt, intent: NewIntent): Promise<boolean> {
  try {
    await recordIntent(intent);
    return true;
  } catch (cause) {
    if (cause instanceof ProblemError) return false;
    throw cause;
  }
}

/** A shown code that the customer leaves. One that never came to be shown is known to nobody. */
async function settleShown(parts: PayCodeDeps, account: PayCodeAccount | null, unsettled: PendingAttempt): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  if (attempt.sealed === null) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  const rule = account?.settings.rules.find(({ slug }) => slug === intents[0]?.notes.rule);
  if (!account || !rule) {
    reportMissingOnce(parts.observer, unsettled.payment.merchantId, 'the rule of a pay code');
    return { kind: 'unknown' };
  }
  return invalidateShownCode(parts, account, rule, unsettled);
}

/**
 * The customer leaves a shown code: it is used up by us, so that an SMS sent later pays nothing and costs them no second payment here. Only then may
 * anything else begin. If the SMS was faster, it has paid.
 */
const mostFences = 20;

export async function invalidateShownCode(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  rule: PayCodeRule,
  unsettled: PendingAttempt,
): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  const code = unseal(parts.sealer, attempt, rule);
  const sent = intents.filter(({ operation }) => operation === 'use_code').length;
  // One that was sent before may have arrived: first is read what became of it.
  if (sent > 0) {
    const before = await judge(parts, account, rule, code, unsettled, sent);
    if (before) return before;
    if (sent >= mostFences) return { kind: 'review', why: 'a shown code that cannot be used up' };
  }
  const client = invalidationClientId(attempt.id);
  await unsettled.recordIntent({
    kind: 'safeguard',
    operation: 'use_code',
    upstream: 'paycodes',
    naturalKey: client,
    notes: { rule: rule.slug, fence: 'yes' },
  });
  const result = await callUseCode(parts, account, { rule, code }, client);
  if (result === 'used') return { kind: 'left' };
  if (result === 'not_sent' || result === 'lost') return { kind: 'unknown' };
  return (await judge(parts, account, rule, code, unsettled, sent)) ?? { kind: 'unknown' };
}

/** Null where the code could still be paid with. `lost`: so many calls of ours had no answer. */
async function judge(
  parts: PayCodeDeps,
  account: PayCodeAccount,
  rule: PayCodeRule,
  code: string,
  { payment, attempt }: PendingAttempt,
  lost: number,
): Promise<Outcome | null> {
  const answer = await getCode(parts, account, { rule, code });
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const { client } = answer.code;
  const use = classifyUse({
    state: codeState(answer, parts.clock.now()),
    client,
    clientRecovery: account.settings.clientRecovery,
    ours: [invalidationClientId(attempt.id)],
    pendingCalls: lost,
  });
  switch (use) {
    case 'ours':
      return { kind: 'left' };
    case 'ambiguous':
      return { kind: 'review', why: 'the shown code is used, and PayCodes does not say by whom' };
    case 'other':
      // Unlike a typed code, this one is paid with by somebody else: by the SMS gateway.
      return paidBySms(client, attempt.id, account.settings)
        ? toEvidence(answer, rule, account.settings, `sms:${attempt.id}`, expectedAmount(payment, account.settings, true))
        : { kind: 'left' };
    case 'expired':
      // Nobody can pay with it any more.
      return { kind: 'left' };
    case 'unused':
      // One that is not valid yet will be, and one that is switched off, or its rule, may be switched on again.
      return null;
  }
}
