/**
 * The customer submits a code: it is looked up, the intent to use it is recorded, it is used once, and the attempt is settled.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { normalisePayCode, readPayCode, type SeenAmount } from '#contract';
import { codeState } from '../../clients/paycodes/answers.ts';
import { lastCharacters } from '../../payments/attempts/attempt.ts';
import { type AttemptSession, openSession } from '../../payments/attempts/attempt-session.ts';
import { raiseFlag } from '../../payments/attempts/flags.ts';
import { declineBy, OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
import { isAttemptOf } from '../../payments/model/ids.ts';
import type { NewIntent, Outcome } from '../../payments/model/ports.ts';
import type { AttemptInFlight, PaymentRecord } from '../../payments/model/records.ts';
import { minuteMs } from '../../payments/model/time.ts';
import { type PayCodeAccount, type PayCodePaymentDeps, type PayCodeRule, rulesFor } from './account.ts';
import {
  attemptOfClient,
  isSmsCode,
  matchingRules,
  payCodesIntent,
  type RuleMatch,
  redemptionClientId,
  sealCode,
  wasIssuedHere,
} from './codes.ts';
import { redeemDiscount } from './discount.ts';
import { type AmountExpectation, discountAmount, expectedAmount, toEvidence } from './pricing.ts';
import { checkWrongCodeLimit, countWrongCode, isWrongCode } from './rate-limits.ts';
import { classifyUse, type FoundCode, lookUp, redeemCode } from './redeem.ts';

/** What comes with the code. */
export interface Submitter {
  /** The client's address, for the limits on guessing. */
  ip: string;
  /** The customer knows that an earlier transfer is still being looked for, and pays all the same. */
  acknowledge?: boolean;
  /** The customer has agreed to lose what the code is worth beyond the amount due. */
  acceptExcess?: boolean;
  /** What the customer saw that they pay. */
  seen?: SeenAmount;
}

/**
 * Resolves when the attempt is settled; the payment's view shows the outcome. Throws a ProblemError where nothing has changed:
 * `code_format`, `method_unavailable`, `too_many_attempts`, `payment_processing`, `payment_expired`, `payment_changed`.
 */
export async function submitPayCode(
  deps: PayCodePaymentDeps,
  payment: PaymentRecord,
  entered: string,
  { ip, acknowledge = false, acceptExcess = false, seen }: Submitter,
): Promise<void> {
  const account = deps.account(payment.merchantId);
  const rules = rulesFor(account?.settings, payment.currency);
  if (!account || rules.length === 0) throw new ProblemError('method_unavailable');
  const typed = readPayCode(entered, rules);
  if (typed === null) throw new ProblemError('code_format', { field: 'code' });
  const matches = matchingRules(typed, rules);
  const spellings = [...new Set([normalisePayCode(typed), ...matches.map(({ code }) => code)])];
  const issuedHere = await wasIssuedHere(deps, spellings);
  const [first] = matches;
  if (!first && !issuedHere) throw new ProblemError('code_format', { field: 'code' });
  const startedAt = performance.now();
  const counted = await countWrongCode(deps, account, payment, ip);
  const attempt = await deps.payments
    .beginImmediate(payment.id, {
      method: 'pay_code',
      lastCharacters: lastCharacters(first?.code ?? ''),
      acknowledge,
      seen,
      seal: (attemptId) => sealCode(deps.sealer, attemptId, typed),
      keeps: isSmsCode,
      guard: checkWrongCodeLimit,
    })
    .catch(async (cause: unknown) => {
      // A code that was issued to be sent by SMS is wrong here in any case, so its try stays counted.
      if (!issuedHere) await counted.giveBack();
      throw cause;
    });
  const session = openSession(deps.payments, attempt);
  await session.run(async () => {
    // Read again, because another tab may have added or removed a discount before the attempt began.
    const current = (await deps.store.payment(payment.id)) ?? payment;
    const expected = expectedAmount(current, account.settings, acceptExcess);
    const submission = { deps, account, payment: current, session, attempt, expected };
    const { outcome, denied = false } = issuedHere ? { outcome: refusedAsWrong } : await payWith(submission, matches);
    // A code that one rule denied counts as wrong although another rule could not be read. Otherwise a rule that is down would
    // make guessing free.
    const wrong = denied || (outcome.kind === 'declined' && isWrongCode(outcome.decline.code));
    if (wrong) await counted.wasWrong();
    if (wrong) await pause(Math.max(0, startedAt + account.settings.limits.floorMs - performance.now()));
    // Before anything else is written, which may hang until the process ends: PayCodes says only once that this call used the code.
    await session.settle(keepInstructions(outcome, attempt)).finally(() => (wrong ? undefined : counted.giveBack()));
    // A discount of the whole amount leaves no rest to be charged, so it is redeemed at once.
    if (outcome.kind === 'discount_reserved' && outcome.deduction >= expected.due) await redeemDiscount(deps, payment.id);
  });
}

const refusedAsWrong: Outcome = { kind: 'declined', decline: { code: 'code_invalid', field: 'code' } };

interface Submission {
  deps: PayCodePaymentDeps;
  account: PayCodeAccount;
  payment: PaymentRecord;
  session: AttemptSession;
  attempt: AttemptInFlight;
  expected: AmountExpectation;
}

/** `denied`: as in `LookUp`. */
async function payWith(submission: Submission, matches: RuleMatch[]): Promise<{ outcome: Outcome; denied?: boolean }> {
  const { deps, account, payment, session, attempt, expected } = submission;
  const result = await lookUp(deps, account, matches, expected);
  if (result.kind === 'failed') return { outcome: { kind: 'declined', decline: result.decline }, denied: result.denied };
  const { found } = result;
  if (result.kind === 'unusable') {
    const before = await paidBefore(submission, found);
    if (before) return { outcome: before };
    await flagLostUse(submission, found);
    return { outcome: { kind: 'declined', decline: result.decline } };
  }
  if (found.rule.kind === 'discount') return { outcome: discountOutcome(submission, found) };
  try {
    const discount = await redeemDiscount(deps, payment.id);
    if (discount.kind === 'declined') return { outcome: discount };
    await session.recordIntent(redemptionIntent(attempt.id, found.rule, expected));
  } catch (cause) {
    if (cause instanceof ProblemError) return { outcome: { kind: 'declined', decline: declineBy(cause) } };
    throw cause;
  }
  return { outcome: await redeemCode(deps, account, found, attempt.id, expected) };
}

/**
 * The intent of a `use_code` that pays. Every further call gets an intent of its own: the later one may be the first to arrive.
 */
export const redemptionIntent = (
  attemptId: string,
  rule: PayCodeRule,
  { due, acceptExcess }: Pick<AmountExpectation, 'due' | 'acceptExcess'>,
): NewIntent => ({
  kind: 'charge',
  amountDue: due,
  ...payCodesIntent(redemptionClientId(attemptId), {
    operation: 'use_code',
    // The reconciler needs to know what the customer agreed to.
    notes: acceptExcess ? { rule: rule.slug, excess: 'accepted' } : { rule: rule.slug },
  }),
});

/** The discount code is only reserved here. It is used just before the rest is charged. */
function discountOutcome({ deps, account, payment, expected }: Submission, { answer, rule }: FoundCode): Outcome {
  if (payment.discountCode) return { kind: 'declined', decline: { code: 'discount_taken', field: 'code' } };
  const deduction = discountAmount(answer, rule, expected.due, account.settings);
  if (deduction !== undefined && deduction > 0) return { kind: 'discount_reserved', deduction, rule: rule.slug };
  deps.observer.failure('discount', new OperatorNotice(`rule ${rule.slug} has no price deduction that can be read`));
  return refusedAsWrong;
}

/** A used code that has paid this payment, or may have, must not be declined. Null where it has not. */
const paidBefore = async (submission: Submission, found: FoundCode): Promise<Outcome | null> =>
  (await paidByEarlierAttempt(submission, found)) ?? paidByLostAttempt(submission, found);

/**
 * A used code has paid this payment where an earlier attempt of the payment used it. It must not be declined as used by somebody
 * else. Null where it was not.
 */
async function paidByEarlierAttempt(
  { deps, account, payment, expected }: Submission,
  { answer, rule }: FoundCode,
): Promise<Outcome | null> {
  const { clientRecovery } = account.settings;
  // A used discount code has paid nothing. Without names that PayCodes returns there is no proof that the use was ours.
  if (answer.kind !== 'found' || !clientRecovery || rule.kind === 'discount') return null;
  const { client } = answer.code;
  const ours = (await deps.store.attempts(payment.id)).map(({ id }) => redemptionClientId(id));
  const state = codeState(answer, deps.clock.now());
  const use = classifyUse({ state, client, clientRecovery, ours, pendingCalls: 0 });
  return use === 'ours' && client !== null ? toEvidence(answer, rule, account.settings, client, expected) : null;
}

/** How far PayCodes' clock may be from ours. */
const clockDifferenceMs = 10 * minuteMs;

/**
 * What a used code has paid that was used in our name by an attempt which this database does not know: it was made after the backup
 * that was restored. The `client` of the use names the attempt, and its id shows whether it was made for this payment: then the code
 * has paid it. If not, and the code was used in the time that the backup lacks, it has paid a payment that is lost, perhaps of the
 * same order. Only a person can tell, so the money is stored, and counts once that is decided. Null where the code is just used.
 */
async function paidByLostAttempt(
  { deps, account: { settings }, payment, expected }: Submission,
  { answer, rule }: FoundCode,
): Promise<Outcome | null> {
  if (answer.kind !== 'found' || !settings.clientRecovery || rule.kind === 'discount') return null;
  const { client } = answer.code;
  if (client === null || codeState(answer, deps.clock.now()) !== 'used') return null;
  const attemptId = await lostAttemptOf(deps, client);
  if (attemptId === null) return null;
  const outcome = toEvidence(answer, rule, settings, client, expected);
  const { evidence } = outcome;
  if (await deps.store.evidenceOf(evidence.upstream, evidence.upstreamId)) return null;
  if (isAttemptOf(attemptId, payment.id)) return outcome;
  if (!(await wasLost(deps, answer))) return null;
  const why = 'the code was used in the name of this server by a payment that a restored backup does not know';
  return { kind: 'needs_review', why, evidence };
}

/**
 * Raises a flag for a code that was used between the backup and the restore and whose money cannot be stored: a discount code brings no
 * money, and PayCodes may not say who used a code. Nothing is counted. An operator finds out what the customer got for the code and writes
 * it down. Each code raises one flag, however often it is typed, so that an operator does not compensate the customer twice.
 */
async function flagLostUse(
  { deps, account: { settings }, payment }: Submission,
  { answer, rule, code }: FoundCode,
): Promise<void> {
  const { store, clock, sealer } = deps;
  if (answer.kind !== 'found' || codeState(answer, clock.now()) !== 'used' || !(await wasLost(deps, answer))) return;
  const isDiscount = rule.kind === 'discount';
  const { client } = answer.code;
  const isNamed = attemptOfClient(client) !== null;
  if (isNamed ? (await lostAttemptOf(deps, client)) === null : settings.clientRecovery) return;
  // The money of such a code is stored, here or already.
  if (isNamed && !isDiscount && settings.clientRecovery) return;
  const what = `${isDiscount ? 'discount' : 'pay'} code ending in ${lastCharacters(code) || '…'}`;
  const by = isNamed ? 'by a payment that is lost' : 'and PayCodes does not say by whom';
  const reason =
    `The ${what} was used in the time that the restored backup lacks, ${by}, so it counts for nothing here. ` +
    'Ask the shop what the customer got for it: if nothing, make them a new code, and note that.';
  const subject = `code:${sealer.fingerprint(normalisePayCode(code))}`;
  await raiseFlag(store, payment, 'code_used_in_gap', { subject, reason }, clock.now());
}

/** The attempt or discount of ours that the `client` of a use names and this database does not know; null for any other. */
async function lostAttemptOf({ store }: Pick<PayCodePaymentDeps, 'store'>, client: string | null): Promise<string | null> {
  const id = attemptOfClient(client);
  return id === null || (await store.attempt(id)) || (await store.discount(id)) ? null : id;
}

const wasLost = async (
  { store }: Pick<PayCodePaymentDeps, 'store'>,
  { code: { useTime } }: Extract<FoundCode['answer'], { kind: 'found' }>,
): Promise<boolean> => useTime !== null && (await store.isTimeLost(useTime.getTime(), clockDifferenceMs));

/** Where the customer was shown how to get a code by SMS and typed a wrong one, they stay on that screen and may correct it. */
export const keepInstructions = (outcome: Outcome, { action }: Pick<AttemptInFlight, 'action'>): Outcome =>
  outcome.kind === 'declined' && action && isSmsCode(action)
    ? { ...outcome, kind: 'correction_requested', unconfirmed: false }
    : outcome;
