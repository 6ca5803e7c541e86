/**
 * Reconciles attempts by code: finds out what became of them, by which the core then settles them. Two kinds come here: a typed
 * code whose answer to `use_code` was lost, and a shown code that the customer leaves, which is invalidated.
 */
import { codeState } from '../../clients/paycodes/answers.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import { isInFlight } from '../../payments/model/payment-state.ts';
import type { NewIntent, Outcome, PendingAttempt } from '../../payments/model/ports.ts';
import { reportMissingOnce } from '../missing-merchant.ts';
import { findRule, type PayCodeAccount, type PayCodeDeps, type PayCodeRule } from './account.ts';
import {
  acceptsExcess,
  invalidationClientId,
  type PayCodesIntent,
  payCodesIntent,
  readPayCodesIntent,
  redemptionClientId,
  unseal,
} from './codes.ts';
import { paidBySms } from './poll-shown-code.ts';
import { declineFor, expectedAmount, toEvidence } from './pricing.ts';
import { callUseCode, classifyUse, getCode, redeemCode } from './redeem.ts';
import { keepInstructions, redemptionIntent } from './submit-code.ts';

const unavailable = { kind: 'declined', decline: { code: 'provider_unavailable' } } as const satisfies Outcome;

export const reconcilePayCode = async (
  deps: PayCodeDeps,
  account: PayCodeAccount | null,
  pending: PendingAttempt,
): Promise<Outcome> => keepInstructions(await findOutcome(deps, account, pending), pending.attempt);

async function findOutcome(deps: PayCodeDeps, account: PayCodeAccount | null, pending: PendingAttempt): Promise<Outcome> {
  const { payment, attempt, intents } = pending;
  const last = intents.at(-1);
  // The attempt ended before its first call was recorded, so nothing was sent.
  if (!last) return unavailable;
  // Every intent is looked at, for a clock that was set back may have changed their order.
  const shown = intents.some(({ operation }) => operation === 'generate_code');
  // A code that was generated and never stored was shown to nobody, so it pays nothing.
  if (shown && attempt.sealed === null) return unavailable;
  const call = readPayCodesIntent((shown && intents[0]) || last);
  const rule = findRule(account, call.notes.rule);
  if (!account || !rule) {
    reportMissingOnce(deps.observer, payment.merchantId, 'the rule of a pay code');
    return { kind: 'unknown' };
  }
  if (shown) return invalidateShownCode(deps, account, rule, pending);
  return reconcileTypedCode(deps, account, rule, pending, call);
}

/** Most calls that arrive at all have arrived after this time. Before it, no attempt is settled as not paid. */
const inFlightMs = 60_000;
/** How far PayCodes' clock may be behind ours. */
const maxClockDifferenceMs = 10 * 60_000;
/**
 * The first calls follow each other as the checks come, the later ones at this interval, however often somebody asks for a check.
 */
const fastCalls = 5;
const slowCallMs = 5 * 60_000;

/**
 * A code that was typed, and whose answer to `use_code` was lost. A code used in our name has paid, and one used in another name
 * was not ours. A code that reads as unused proves nothing: the lost call may wait in a queue and arrive minutes or hours later,
 * and PayCodes cannot take it back. So no other payment method is opened meanwhile, and the code is used again, under an intent
 * of its own. That cannot charge twice, because a code can be used once, and all calls of the attempt bear the same name. Once
 * the payment has expired no further call is made, and `pollLateCode` looks for what arrives later.
 */
async function reconcileTypedCode(
  deps: PayCodeDeps,
  account: PayCodeAccount,
  rule: PayCodeRule,
  pending: PendingAttempt,
  last: PayCodesIntent,
): Promise<Outcome> {
  const { payment, attempt, intents } = pending;
  const { settings } = account;
  const { clientRecovery } = settings;
  if (!clientRecovery) return { kind: 'needs_review', why: 'no client to find a lost use_code by' };

  const code = unseal(deps.sealer, attempt, rule);
  // The time is taken before the read: a call that was in flight then may have arrived since.
  const now = deps.clock.now();
  const answer = await getCode(deps, account, { rule, code });
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const expected = expectedAmount(payment, settings, acceptsExcess(last));
  const ours = redemptionClientId(attempt.id);
  const { client } = answer.code;
  // Every intent counts as a pending call: an answer that did not settle the attempt is not recorded with its intent. So a use is
  // always ambiguous here where PayCodes does not name the user.
  const use = classifyUse({ state: codeState(answer, now), client, clientRecovery, ours: [ours], pendingCalls: intents.length });
  if (use === 'ours') return toEvidence(answer, rule, settings, ours, expected);
  if (use === 'ambiguous') return { kind: 'needs_review', why: 'the code is used, and PayCodes does not say by whom' };
  if (use === 'other') return { kind: 'declined', decline: { code: 'code_used', field: 'code' } };

  const probablyArrived = now - last.createdAt > inFlightMs;
  if (use === 'expired') {
    // By PayCodes' clock the code may still be valid, so a call that is in flight may still use it.
    const expiredMs = now - (answer.code.endTime?.getTime() ?? now);
    if (expiredMs < maxClockDifferenceMs || !probablyArrived) return { kind: 'unknown' };
    const decline = declineFor(answer, rule, expected, now) ?? { code: 'code_expired' as const };
    return { kind: 'declined', decline, mayArrive: true };
  }
  if (!isInFlight(payment, attempt) || payment.expiresAt <= now)
    return probablyArrived ? { ...unavailable, mayArrive: true } : { kind: 'unknown' };
  // The code was switched off, or its price has changed. It is not used again, but a call that was sent before may still use it.
  if (declineFor(answer, rule, expected, now)) return { kind: 'unknown' };
  if (intents.length >= fastCalls && now - last.createdAt < slowCallMs) return { kind: 'unknown' };
  // Where the call must not be made, other money has just come: the next check settles the attempt by that.
  if (!(await recordIfAllowed(pending, redemptionIntent(attempt.id, rule, expected)))) return { kind: 'unknown' };
  const outcome = await redeemCode(deps, account, { rule, code, answer }, attempt.id, expected);
  // A decline speaks of this call alone. An earlier one may still arrive, so the next read decides.
  return outcome.kind === 'declined' ? { kind: 'unknown' } : outcome;
}

/** False where the call must not be made any more. */
async function recordIfAllowed({ recordIntent }: PendingAttempt, intent: NewIntent): Promise<boolean> {
  try {
    await recordIntent(intent);
    return true;
  } catch (cause) {
    if (cause instanceof ProblemError) return false;
    throw cause;
  }
}

/** After so many calls to invalidate one shown code a person has to look. */
const maxInvalidations = 20;

/**
 * Invalidates a shown code that the customer leaves: we use it up ourselves, so that an SMS sent later pays nothing and the
 * customer does not pay twice. Only after that may another method begin. If the SMS was faster, it has paid.
 */
export async function invalidateShownCode(
  deps: PayCodeDeps,
  account: PayCodeAccount,
  rule: PayCodeRule,
  pending: PendingAttempt,
): Promise<Outcome> {
  const { attempt, intents } = pending;
  const code = unseal(deps.sealer, attempt, rule);
  const earlierCalls = intents.filter(({ operation }) => operation === 'use_code').length;
  if (earlierCalls > 0) {
    // An earlier call whose answer was lost may have arrived.
    const earlier = await readShownCode(deps, account, { rule, code }, pending, earlierCalls);
    if (earlier) return earlier;
    if (earlierCalls >= maxInvalidations) return { kind: 'needs_review', why: 'a shown code that cannot be used up' };
  }
  const client = invalidationClientId(attempt.id);
  await pending.recordIntent({
    kind: 'safeguard',
    ...payCodesIntent(client, { operation: 'use_code', notes: { rule: rule.slug, fence: 'yes' } }),
  });
  const result = await callUseCode(deps, account, { rule, code }, client);
  if (result === 'used') return { kind: 'abandoned' };
  if (result === 'not_sent' || result === 'lost') return { kind: 'unknown' };
  return (await readShownCode(deps, account, { rule, code }, pending, earlierCalls)) ?? { kind: 'unknown' };
}

/**
 * Null where somebody can still pay with the code.
 * @param pendingCalls How many calls of ours to invalidate it have no answer.
 */
async function readShownCode(
  deps: PayCodeDeps,
  account: PayCodeAccount,
  match: { rule: PayCodeRule; code: string },
  { payment, attempt }: PendingAttempt,
  pendingCalls: number,
): Promise<Outcome | null> {
  const { settings } = account;
  const answer = await getCode(deps, account, match);
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const { client } = answer.code;
  const use = classifyUse({
    state: codeState(answer, deps.clock.now()),
    client,
    clientRecovery: settings.clientRecovery,
    ours: [invalidationClientId(attempt.id)],
    pendingCalls,
  });
  switch (use) {
    case 'ours':
    case 'expired':
      return { kind: 'abandoned' };
    case 'ambiguous':
      return { kind: 'needs_review', why: 'the shown code is used, and PayCodes does not say by whom' };
    case 'other':
      // Unlike a typed code, a shown code pays when somebody else uses it: the SMS gateway.
      return paidBySms(client, attempt.id, settings)
        ? toEvidence(answer, match.rule, settings, `sms:${attempt.id}`, expectedAmount(payment, settings, true))
        : { kind: 'abandoned' };
    case 'unused':
      // A code that is not valid yet will be, and one that is switched off, or whose rule is, may be switched on again.
      return null;
  }
}
