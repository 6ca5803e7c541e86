/**
 * The customer pays by sending a code by SMS. A code is generated for this payment alone and shown; the customer sends it, and
 * the SMS gateway uses it at PayCodes. From then on the code is polled until it is used or has expired. PayCodes documents this
 * flow by a name and a picture that we could not see, so its meaning is our reading.
 */
import type { SendSms } from '#contract';
import { UpstreamError } from '../../clients/http.ts';
import { lastCharacters } from '../../payments/attempts/attempt.ts';
import { keepLease, openSession } from '../../payments/attempts/attempt-session.ts';
import { declineBy, ProblemError } from '../../payments/model/errors.ts';
import type { Outcome } from '../../payments/model/ports.ts';
import type { AttemptInFlight, Decline, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs, isoTime, minuteMs } from '../../payments/model/time.ts';
import type { PayCodeAccount, PayCodePaymentDeps } from './account.ts';
import { payCodesIntent, rememberIssued, sealCode } from './codes.ts';
import { redeemDiscount } from './discount.ts';
import { firstPollMs } from './poll-shown-code.ts';
import { type SmsRule, selectSmsRule } from './pricing.ts';
import { countShownCode } from './shown-code-limits.ts';

/** How long the screen waits for the SMS. A later SMS still pays. */
const screenMs = 15 * minuteMs;

/** Stands for the code in the stored text. The code itself is stored sealed. */
export const codePlaceholder = '{code}';

/**
 * Throws `method_unavailable`, `too_many_attempts`, and what `beginImmediate` throws; then no code was generated.
 * @param acknowledge The customer knows that an earlier transfer is still being looked for, and pays all the same.
 */
export async function showCode(
  deps: PayCodePaymentDeps,
  payment: PaymentRecord,
  { ip, acknowledge }: { ip: string; acknowledge: boolean },
): Promise<void> {
  const account = deps.account(payment.merchantId);
  const rule = account && selectSmsRule(account.settings, payment, 'reversed');
  if (!rule || !payment.methods.includes('pay_code')) throw new ProblemError('method_unavailable');
  const counted = await countShownCode(deps, account, payment, ip);
  const attempt = await deps.payments
    .beginImmediate(payment.id, { method: 'pay_code', lastCharacters: null, acknowledge, guard: counted.guard })
    .catch(async (cause: unknown) => {
      await counted.giveBack();
      throw cause;
    });
  const session = openSession(deps.payments, attempt);
  let outcome: Outcome = { kind: 'unknown' };
  try {
    outcome = await keepLease(
      () => deps.payments.renewLease(attempt.id),
      async () => {
        const decline = await prepare(deps, account, payment.id, rule);
        if (decline) return { kind: 'declined', decline };
        await session.recordIntent({
          kind: 'preparation',
          ...payCodesIntent(attempt.id, { operation: 'generate_code', notes: { rule: rule.slug } }),
        });
        return generateAndShow(deps, account, payment, attempt, rule);
      },
    );
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    outcome = { kind: 'declined', decline: declineBy(cause) };
  } finally {
    await (outcome.kind === 'declined' ? counted.giveBack() : counted.keepFor(attempt.id));
    await session.settle(outcome);
  }
}

/**
 * Once the code is shown, the customer pays without us. So a discount is redeemed before, and the price of the SMS is compared
 * again with what is due then. Returns why no code may be shown, or null.
 */
async function prepare(
  deps: PayCodePaymentDeps,
  { settings }: PayCodeAccount,
  paymentId: string,
  rule: SmsRule,
): Promise<Decline | null> {
  const discount = await redeemDiscount(deps, paymentId);
  if (discount.kind === 'declined') return discount.decline;
  const payment = await deps.store.payment(paymentId);
  return payment && selectSmsRule(settings, payment, 'reversed')?.slug === rule.slug ? null : { code: 'method_unavailable' };
}

/** Where the answer is lost, the generated code is known to nobody, so it can pay nothing and the attempt is declined. */
async function generateAndShow(
  deps: PayCodePaymentDeps,
  { client, settings }: PayCodeAccount,
  payment: PaymentRecord,
  attempt: AttemptInFlight,
  rule: SmsRule,
): Promise<Outcome> {
  const { observer, sealer, clock } = deps;
  const now = clock.now();
  const unavailable: Outcome = { kind: 'declined', decline: { code: 'provider_unavailable' } };
  try {
    const generated = await client.generateCode({
      ruleSlug: rule.slug,
      creator: settings.creator ?? `payment-widget:${payment.merchantId}`,
      validFrom: calendarDay(settings.timeZone, now),
      validTo: calendarDay(settings.timeZone, now + dayMs),
    });
    observer.upstreamCall('paycodes', 'generate_code', generated.kind);
    if (generated.kind === 'refused') return unavailable;
    const { code } = generated;
    await rememberIssued(deps, code, { paymentId: payment.id, attemptId: attempt.id }, now);
    await deps.payments.storeSecret(payment.id, attempt.id, {
      sealed: sealCode(sealer, attempt.id, code),
      lastCharacters: lastCharacters(code).slice(-2),
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
    continuation: 'wait',
    until: isoTime(now + screenMs),
  };
  return { kind: 'action_required', action, problem: null, pollInMs: firstPollMs };
}

/** The day in a time zone, in the form that PayCodes expects: `YYYY-MM-DD`. */
const calendarDay = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
