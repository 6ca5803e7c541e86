/**
 * What became of an attempt whose answer was lost (paycodes.md §5.3). `get_code` tells: used in our name → paid; used in
 * another's → not ours; unused → nothing has happened yet, and nobody knows whether it will: a call that was given up may lie in a queue and arrive
 * minutes or hours later. No reading proves that it will not, and PayCodes has no way to call it back short of using the code up, which is the
 * customer's money. So nothing else may be paid with meanwhile, and the code is tried again, under an intent of its own: that cannot charge
 * twice, for a code is used once and all calls bear the same name. The customer asked for just that, and is paid as soon as PayCodes answers.
 * When the payment's time is over nothing is tried any more; what arrives after that is found later (`watch-late.ts`).
 */
import { codeState } from '../../clients/paycodes/code-state.ts';
import type { NewIntent, Outcome } from '../../payments/model/outcome.ts';
import { isInFlight } from '../../payments/model/payment-state.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import { tellMissing } from '../missing-merchant.ts';
import { type Asked, askedOf } from './asked.ts';
import { askedInPlace } from './asked-in-place.ts';
import { clientOf } from './client-of.ts';
import { fence } from './fence.ts';
import { type Found, getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { evidenceOf } from './pricing.ts';
import { spend } from './redeem.ts';
import { refusalOf } from './refusal-of.ts';
import { unseal } from './sealed-code.ts';
import { useCodeIntent } from './use-code-intent.ts';

/** Nobody answers that the code was not used before a call is at least so old; most that arrive at all have done so by then. */
const inFlightMs = 60_000;
/** By how much PayCodes' clock may be behind ours. */
const clocksDifferMs = 10 * 60_000;
/** So many calls one after the other, as the checks come; then one each so often, however impatient somebody is. */
const fastCalls = 5;
const slowCallMs = 5 * 60_000;

export const settle = async (parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Outcome> =>
  askedInPlace(await settleUse(parts, account, unsettled), unsettled.attempt);

async function settleUse(parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Outcome> {
  const { payment, attempt, intents } = unsettled;
  const last = intents.at(-1);
  // It ended before anything that spends was written down, so nothing was sent.
  if (!last) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  // By what there is, not by what is first: a clock may have been set back in between.
  if (intents.some(({ operation }) => operation === 'generate_code')) return settleShown(parts, account, unsettled);
  const rule = account?.settings.rules.find(({ slug }) => slug === last.notes.rule);
  if (!account || !rule) {
    tellMissing(parts.observer, payment.merchantId, 'the rule of a pay code');
    return { kind: 'unknown' };
  }
  if (!account.settings.clientRecovery) return { kind: 'review', why: 'no client to find a lost use_code by' };

  const candidate = { rule, code: unseal(parts.sealer, attempt, rule) };
  // Before the read, not after it: what was in flight then may have arrived since.
  const now = parts.clock.now();
  const answer = await getCode(parts, account, candidate);
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const found: Found = { ...candidate, answer };
  const arrived = now - last.createdAt > inFlightMs;
  const asked = askedOf(payment, account.settings, last.notes.excess !== undefined);

  const state = codeState(answer, now);
  if (state === 'used') return whoUsed(account, found, attempt.id, asked);
  // Nobody can use it any more, by our clock; theirs may be another, so not at once.
  if (state === 'expired') {
    const since = now - (answer.code.endTime?.getTime() ?? now);
    if (since < clocksDifferMs) return { kind: 'unknown' };
    const refusal = refusalOf(answer, rule, asked, now) ?? { code: 'code_expired' as const };
    return arrived ? { kind: 'refused', refusal, mayArrive: true } : { kind: 'unknown' };
  }
  if (!isInFlight(payment, attempt) || payment.expiresAt <= now) {
    const refusal = { code: 'provider_unavailable' as const };
    return arrived ? { kind: 'refused', refusal, mayArrive: true } : { kind: 'unknown' };
  }
  // Switched off, or worth something else by now: it is not used, and what was sent before may still use it.
  if (refusalOf(answer, rule, asked, now)) return { kind: 'unknown' };
  if (intents.length >= fastCalls && now - last.createdAt < slowCallMs) return { kind: 'unknown' };
  // Paid otherwise just now: the next look finds it so.
  if (!(await writtenDown(unsettled, useCodeIntent(attempt.id, rule, asked)))) return { kind: 'unknown' };
  const outcome = await spend(parts, account, found, attempt.id, asked);
  // "Not by this call" says nothing of the ones before: the next reading tells who has used it, if anybody has.
  return outcome.kind === 'refused' ? { kind: 'unknown' } : outcome;
}

/** False where the call must not be made any more. */
async function writtenDown({ commitIntent }: Unsettled, intent: NewIntent): Promise<boolean> {
  try {
    await commitIntent(intent);
    return true;
  } catch (cause) {
    if (cause instanceof ProblemError) return false;
    throw cause;
  }
}

function whoUsed({ settings }: PayCodeAccount, { answer, rule }: Found, attemptId: string, asked: Asked): Outcome {
  const client = answer.kind === 'found' ? answer.code.client : null;
  if (client === clientOf(attemptId)) return evidenceOf(answer, rule, settings, client, asked);
  return client === null
    ? { kind: 'review', why: 'the code is used, and PayCodes does not say by whom' }
    : { kind: 'refused', refusal: { code: 'code_used', field: 'code' } };
}

/** A shown code that the customer leaves. One that never came to be shown is known to nobody. */
async function settleShown(parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  if (attempt.sealed === null) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  const rule = account?.settings.rules.find(({ slug }) => slug === intents[0]?.notes.rule);
  if (!account || !rule) {
    tellMissing(parts.observer, unsettled.payment.merchantId, 'the rule of a pay code');
    return { kind: 'unknown' };
  }
  return fence(parts, account, rule, unsettled);
}
