/**
 * The customer pays by SMS: a code is made for this payment alone and shown, they send it, and PayCodes hears of it from the SMS gateway. From
 * then on the code is looked at until it is used or over. This flow's meaning is our reading of a name and a picture that could not be seen.
 */
import type { SendSms } from '#contract';
import { UpstreamError } from '../../clients/upstream-error.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import { rateLimitKeyForIp } from '../client-address.ts';
import type { PayCodeAccount, PayCodePaymentDeps } from './account.ts';
import { rememberIssued, sealCode } from './codes.ts';
import { redeemDiscount } from './discount.ts';
import { firstPollMs } from './poll-shown-code.ts';
import { type SmsRule, selectSmsRule } from './pricing.ts';

/** So long the page waits; a later SMS counts all the same. */
const screenMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;
/** Each is a code made upstream. */
const mostCodes = 5;

/** Stands for the code in what is stored; the code itself is sealed. */
export const codePlaceholder = '{code}';

/** Throws `method_unavailable`, `too_many_attempts`, and what `begin` throws; then nothing was made. */
export async function showCode(
  parts: PayCodePaymentDeps,
  payment: PaymentRecord,
  { ip, acknowledge }: { ip: string; acknowledge: boolean },
): Promise<void> {
  const account = parts.account(payment.merchantId);
  const rule = account && selectSmsRule(account.settings, payment, 'reversed');
  if (!rule || !payment.methods.includes('pay_code')) throw new ProblemError('method_unavailable');
  const { store, sealer, clock } = parts;
  const from = sealer.fingerprint(rateLimitKeyForIp(ip));
  const address = await store.hitRateLimit('shown_address', from, clock.now(), dayMs);
  if (address.count > account.settings.limits.shownPerAddress)
    throw new ProblemError('too_many_attempts', { retryAt: new Date(address.resetsAt).toISOString() });
  const attempt = await parts.payments.beginImmediate(payment.id, {
    method: 'pay_code',
    tail: null,
    acknowledge,
    guard: fewEnough,
  });
  const session = openSession(parts.payments, attempt);
  let outcome: Outcome = { kind: 'unknown' };
  try {
    const refusal = await ready(parts, account, payment.id, rule);
    if (refusal) outcome = { kind: 'refused', refusal };
    else {
      await session.recordIntent({
        kind: 'preparation',
        operation: 'generate_code',
        upstream: 'paycodes',
        naturalKey: attempt.id,
        notes: { rule: rule.slug },
      });
      outcome = await reserveAndShow(parts, account, payment, attempt, rule);
    }
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    outcome = { kind: 'refused', refusal: { code: cause.code } };
  } finally {
    await session.settle(outcome);
    // Nothing was shown: an outage must not lock out all who share an address for a day.
    if (outcome.kind === 'refused') await store.refundRateLimit('shown_address', from);
  }
}

const fewEnough = (earlier: readonly AttemptRecord[]): Refusal | null =>
  earlier.filter(({ method, action }) => method === 'pay_code' && action?.kind === 'send_sms' && action.then === 'wait').length >=
  mostCodes
    ? { code: 'too_many_attempts' }
    : null;

/** Once it is shown, the customer pays without us: so a discount is used before, and the price is held against what is due now. */
async function ready(
  parts: PayCodePaymentDeps,
  { settings }: PayCodeAccount,
  id: string,
  rule: SmsRule,
): Promise<Refusal | null> {
  const burnt = await redeemDiscount(parts, id);
  if (burnt.kind === 'refused') return burnt.refusal;
  const payment = await parts.store.payment(id);
  return payment && selectSmsRule(settings, payment, 'reversed')?.slug === rule.slug ? null : { code: 'method_unavailable' };
}

/** A code that was made and whose answer was lost is known to nobody: it can pay nothing. */
async function reserveAndShow(
  parts: PayCodePaymentDeps,
  { client, settings }: PayCodeAccount,
  payment: PaymentRecord,
  attempt: AttemptRecord,
  rule: SmsRule,
): Promise<Outcome> {
  const { observer, sealer, clock } = parts;
  const now = clock.now();
  const unavailable: Outcome = { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  try {
    const made = await client.generateCode({
      ruleSlug: rule.slug,
      creator: settings.creator ?? `payment-widget:${payment.merchantId}`,
      validFrom: calendarDay(settings.timeZone, now),
      validTo: calendarDay(settings.timeZone, now + dayMs),
    });
    observer.upstreamCall('paycodes', 'generate_code', made.kind);
    if (made.kind === 'refused') return unavailable;
    const { code } = made;
    await rememberIssued(parts, code, { paymentId: payment.id, attemptId: attempt.id }, now);
    await parts.payments.storeSecret(payment.id, attempt.id, {
      sealed: sealCode(sealer, attempt.id, code),
      tail: code.slice(-2),
    });
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paycodes', 'generate_code', cause.fault);
    return unavailable;
  }
  const { number, keyword, price } = rule.sms;
  const action: SendSms = {
    kind: 'send_sms',
    text: `${keyword} ${codePlaceholder}`,
    number,
    price,
    // biome-ignore lint/suspicious/noThenProperty: a promised name; its value is a word, so nothing takes it for a promise
    then: 'wait',
    until: new Date(now + screenMs).toISOString(),
  };
  return { kind: 'next', action, problem: null, watchInMs: firstPollMs };
}

/** A day in a time zone, as PayCodes wants it: `YYYY-MM-DD`. */
export const calendarDay = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
