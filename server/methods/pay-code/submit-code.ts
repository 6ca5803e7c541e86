/** A customer confirms a code: look it up, write down that it will be used, use it, write down what came of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { normalisePayCode } from '#contract';
import { codeState } from '../../clients/paycodes/code-rules.ts';
import { type AttemptSession, openSession } from '../../payments/attempts/attempt-session.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import { type PayCodeAccount, type PayCodePaymentDeps, rulesFor } from './account.ts';
import { classifyUse } from './classify-use.ts';
import {
  isSmsCode,
  lastCharacters,
  matchingRules,
  type RuleMatch,
  redemptionClientId,
  sealCode,
  wasIssuedHere,
} from './codes.ts';
import { redeemDiscount } from './discount.ts';
import { type AmountExpectation, discountAmount, expectedAmount, toEvidence } from './pricing.ts';
import { checkWrongCodeLimit, countWrongCode, isWrongCode } from './rate-limits.ts';
import { type FoundCode, lookUp, redeemCode, redemptionIntent } from './redeem.ts';

/** What the customer says besides the code. */
export interface Consent {
  ip: string;
  acknowledge?: boolean;
  acceptExcess?: boolean;
}

/**
 * Resolves when the outcome is written down: the payment's view says which. Throws a ProblemError for what changes nothing:
 * `code_format`, `method_unavailable`, `too_many_attempts`, `payment_processing`, `payment_expired`.
 */
export async function submitPayCode(
  parts: PayCodePaymentDeps,
  payment: PaymentRecord,
  typed: string,
  consent: Consent,
): Promise<void> {
  const { ip, acknowledge = false, acceptExcess = false } = consent;
  const account = parts.account(payment.merchantId);
  const rules = rulesFor(account?.settings, payment.currency);
  if (!account || rules.length === 0) throw new ProblemError('method_unavailable');
  const tried = matchingRules(typed, rules);
  const shown = await wasIssuedHere(parts, [...new Set([normalisePayCode(typed), ...tried.map(({ code }) => code)])]);
  const [first] = tried;
  if (!first && !shown) throw new ProblemError('code_format', { field: 'code' });
  const started = performance.now();
  const counted = await countWrongCode(parts, account, payment.merchantId, ip);
  const attempt = await parts.payments
    .beginImmediate(payment.id, {
      method: 'pay_code',
      tail: lastCharacters(first?.code ?? ''),
      acknowledge,
      seal: (attemptId) => sealCode(parts.sealer, attemptId, typed),
      keeps: isSmsCode,
      guard: checkWrongCodeLimit,
    })
    .catch(async (cause: unknown) => {
      // Who types what was to be sent has paid nothing, and is counted whatever else is the matter.
      if (!shown) await counted.giveBack();
      throw cause;
    });
  const session = openSession(parts.payments, attempt);
  try {
    // As it stands from now on: another tab may have added a discount since, or taken it off.
    const current = (await parts.store.payment(payment.id)) ?? payment;
    const asked = expectedAmount(current, account.settings, acceptExcess);
    const work = { parts, account, payment: current, session, attempt, asked };
    const { outcome, denied = false } = shown ? { outcome: refusedAsWrong } : await pay(work, tried);
    // Also one that a rule has denied and another could not be asked about: else a rule that is down would let anybody guess.
    if (denied || (outcome.kind === 'refused' && isWrongCode(outcome.refusal.code))) {
      await pause(Math.max(0, started + account.settings.limits.floorMs - performance.now()));
    } else await counted.giveBack();
    await session.settle(keepInstructions(outcome, attempt));
    // There is no rest to be paid with it.
    if (outcome.kind === 'discount' && outcome.deduction >= asked.due) await redeemDiscount(parts, payment.id);
  } catch (cause) {
    // Our own bug, or a store that fails: what was sent is not known here, so the reconciler finds out.
    await session.settle({ kind: 'unknown' }).catch(() => undefined);
    throw cause;
  }
}

const refusedAsWrong: Outcome = { kind: 'refused', refusal: { code: 'code_invalid', field: 'code' } };

interface Work {
  parts: PayCodePaymentDeps;
  account: PayCodeAccount;
  payment: PaymentRecord;
  session: AttemptSession;
  attempt: AttemptRecord;
  asked: AmountExpectation;
}

async function pay(work: Work, tried: RuleMatch[]): Promise<{ outcome: Outcome; denied?: boolean }> {
  const { parts, account, payment, session, attempt, asked } = work;
  const looked = await lookUp(parts, account, tried, asked);
  const ours = looked.kind === 'unusable' ? await usedByUs(work, looked.found) : null;
  if (looked.kind === 'failed') return { outcome: { kind: 'refused', refusal: looked.refusal }, denied: looked.denied };
  if (looked.kind !== 'usable') return { outcome: ours ?? { kind: 'refused', refusal: looked.refusal } };
  const { found } = looked;
  if (found.rule.kind === 'discount') return { outcome: discounted(work, found) };
  try {
    const burnt = await redeemDiscount(parts, payment.id);
    if (burnt.kind === 'refused') return { outcome: burnt };
    await session.recordIntent(redemptionIntent(attempt.id, found.rule, asked));
  } catch (cause) {
    if (cause instanceof ProblemError) return { outcome: { kind: 'refused', refusal: { code: cause.code } } };
    throw cause;
  }
  return { outcome: await redeemCode(parts, account, found, attempt.id, asked) };
}

/** Nothing is used yet: that comes with the rest. */
function discounted({ parts, account, payment, asked }: Work, { answer, rule }: FoundCode): Outcome {
  if (payment.discountCode) return { kind: 'refused', refusal: { code: 'discount_taken', field: 'code' } };
  const deduction = discountAmount(answer, rule, asked.due, account.settings);
  if (deduction !== undefined && deduction > 0) return { kind: 'discount', deduction, rule: rule.slug };
  parts.observer.failure('discount', new Error(`rule ${rule.slug} has no price deduction that can be read`));
  return refusedAsWrong;
}

/** A code that an earlier attempt of this very payment has used has paid it: it must not be called used by another. */
async function usedByUs({ parts, account, payment, asked }: Work, found: FoundCode): Promise<Outcome | null> {
  const { answer, rule } = found;
  const { clientRecovery } = account.settings;
  // What took something off has paid nothing. Without reliable names nothing proves that it was ours.
  if (answer.kind !== 'found' || !clientRecovery || rule.kind === 'discount') return null;
  const { client } = answer.code;
  const ours = (await parts.store.attempts(payment.id)).map(({ id }) => redemptionClientId(id));
  const state = codeState(answer, parts.clock.now());
  const use = classifyUse({ state, client, clientRecovery, ours, pendingCalls: 0 });
  return use === 'ours' && client !== null ? toEvidence(answer, rule, account.settings, client, asked) : null;
}

/** A code that came by SMS and is wrong is asked for again where the customer is: beside what they had to send. */
export const keepInstructions = (outcome: Outcome, { action }: Pick<AttemptRecord, 'action'>): Outcome =>
  outcome.kind === 'refused' && action?.kind === 'send_sms' && action.then === 'enter_code'
    ? { ...outcome, kind: 'asked', watched: false }
    : outcome;
