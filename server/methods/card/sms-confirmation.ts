/** A customer types the code of the SMS: Payme confirms the card, and the receipt is made and paid. */
import { type EnterCardCode, readSmsCode } from '#contract';
import type { PaymeRefusal } from '../../clients/payme/types.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import type { RateLimitCounter } from '../../payments/model/store.ts';
import { type CardPaymentDeps, requireAccount } from './account.ts';
import { callPayme, type PaymeCallResult, toProblem } from './call-payme.ts';
import { type CardSession, decryptCard, runCardSession, type StoredCard } from './card-session.ts';
import { payReceipt } from './charge.ts';
import { countWrongSmsCode, refundWrongSmsCode, smsLimits, wrongSmsCodes } from './rate-limits.ts';

/** As `submitCard`; `sms_code_format`, `sms_code_expired` where this code is worn out, or was for a card that the customer has left, e.g. in another tab. */
export async function submitCardCode(parts: CardPaymentDeps, payment: PaymentRecord, typed: string): Promise<void> {
  const account = requireAccount(parts, payment);
  const code = readSmsCode(typed);
  if (!code) throw new ProblemError('sms_code_format', { field: 'code' });
  const attempt = await parts.payments.continueAttempt(payment.id, {
    method: 'card',
    action: 'enter_card_code',
    gone: 'sms_code_expired',
    guard: ({ action }) => (action?.kind === 'enter_card_code' && action.attemptsLeft < 1 ? expired : null),
  });
  await runCardSession(parts, account, payment, attempt, (work) => confirm(work, shownCardAction(attempt), code));
}

const expired: Refusal = { code: 'sms_code_expired', field: 'code' };

export function shownCardAction({ action }: AttemptRecord): EnterCardCode {
  if (action?.kind !== 'enter_card_code') throw new Error('a code is told that was never asked for');
  return action;
}

async function confirm(work: CardSession, shown: EnterCardCode, code: string): Promise<Outcome> {
  const { parts, account } = work;
  const card = decryptCard(parts.sealer, work.attempt);
  await work.commit('cards.verify');
  // The same card, saved, may be guessed at for many payments, and at once.
  const { count } = await countWrongSmsCode(parts, card.token);
  if (count > account.settings.limits.wrongCodesPerCard) {
    await refundWrongSmsCode(parts, card.token);
    return tooMany;
  }
  const said = await callPayme(parts.observer, 'cards.verify', () => account.client.cardsVerify({ token: card.token, code }));
  if (!mayBeWrong(said)) await refundWrongSmsCode(parts, card.token);
  if (said.kind === 'refused') return refused(work, shown, said, count);
  if (said.kind === 'ok' && said.result.verify) return payReceipt(work, await adopt(work, card, said.result.token));
  // Lost, or a card that is not confirmed after all: what Payme says of it now is what counts.
  const notSent = said.kind === 'fault' && said.fault === 'not_sent';
  // Of a saved card it says only that it was confirmed once, for another payment: that is no word about this code.
  if (notSent || card.savedId !== undefined) return again(shown, { code: 'provider_unavailable' });
  const checked = await callPayme(parts.observer, 'cards.check', () => account.client.cardsCheck(card));
  if (checked.kind === 'ok' && checked.result.verify) {
    await refundWrongSmsCode(parts, card.token);
    return payReceipt(work, await adopt(work, card, checked.result.token));
  }
  if (checked.kind === 'refused') return { kind: 'refused', refusal: toProblem(checked) };
  return again(shown, { code: 'provider_unavailable' });
}

const tooMany: Outcome = { kind: 'refused', refusal: { code: 'too_many_attempts' } };

/** A lost answer may have been "wrong". */
function mayBeWrong(said: PaymeCallResult<{ verify: boolean }>): boolean {
  if (said.kind === 'ok') return !said.result.verify;
  return said.kind === 'fault' ? said.fault !== 'not_sent' : said.code === lastWrong || toProblem(said).code === 'sms_code_wrong';
}

/** The token that is answered may be another one: it is the one to go on with. */
async function adopt(work: CardSession, card: StoredCard, token: string): Promise<StoredCard> {
  if (token === card.token) return card;
  const adopted = { ...card, token };
  await work.keep(adopted);
  return adopted;
}

function refused(work: CardSession, shown: EnterCardCode, said: PaymeRefusal, guesses: number): Outcome {
  const refusal = toProblem(said);
  switch (refusal.code) {
    case 'sms_code_wrong':
      return wrong(work, shown, refusal, guesses);
    case 'sms_code_expired': {
      const wornOut = { ...shown, attemptsLeft: 0 };
      return said.code === lastWrong
        ? wrong(work, wornOut, refusal, guesses)
        : { kind: 'next', action: wornOut, problem: refusal };
    }
    case 'provider_unavailable':
      return again(shown, refusal);
    default:
      return { kind: 'refused', refusal };
  }
}

/** What Payme says of the wrong code that was one too many for its SMS: a guess like the ones before. */
const lastWrong = -31102;

/** @param guesses At this card within the day, with this one. */
function wrong(work: CardSession, shown: EnterCardCode, refusal: Refusal, guesses: number): Outcome {
  const { limits } = work.account.settings;
  // Nobody mistypes so often: the token goes, and the next card is another attempt.
  if (guesses >= limits.wrongCodesPerCard) return tooMany;
  const attemptsLeft = Math.max(0, Math.min(shown.attemptsLeft - 1, limits.wrongCodesPerCard - guesses));
  return { kind: 'next', action: { ...shown, attemptsLeft }, problem: attemptsLeft > 0 ? refusal : expired };
}

/** Nothing was confirmed, and the same code may be good yet. */
const again = (action: EnterCardCode, problem: Refusal): Outcome => ({ kind: 'next', action, problem });

/** Has Payme send an SMS with a code, and says what the customer is to do then. At most once per intent: each is an SMS to somebody's phone. */
/** Where Payme's answer is lost: as long as every answer that we know says. */
const usualWaitMs = 60_000;

/**
 * @param before What was shown so far, where a code was sent before.
 */
export async function sendSmsCode(work: CardSession, card: StoredCard, before: EnterCardCode | null): Promise<Outcome> {
  const { parts, account, payment } = work;
  const { clock, observer } = parts;
  const { limits } = account.settings;
  const wrong = await wrongSmsCodes(parts, card.token);
  if (wrong.count >= limits.wrongCodesPerCard) return tooManyTries(wrong, null);
  const tries = smsLimits(parts, account, payment);
  const ofPayment = await tries.ofPayment();
  if (ofPayment.count > limits.smsPerPayment) return tooManyTries(ofPayment, before);
  const ofCard = await tries.ofCard(card);
  if (ofCard.count > limits.smsPerPhone) {
    await tries.giveBackToPayment();
    return tooManyTries(ofCard, before);
  }

  await work.commit('cards.get_verify_code');
  const answer = await callPayme(observer, 'cards.get_verify_code', () => account.client.cardsGetVerifyCode(card));
  const waitMs = answer.kind === 'ok' ? answer.result.waitMs : usualWaitMs;
  const spent = ofPayment.count >= limits.smsPerPayment;
  // The phone's window may be longer than the wait: the button must not promise what would be refused.
  const resendAt = spent ? null : Math.max(clock.now() + waitMs, ofCard.count >= limits.smsPerPhone ? ofCard.resetsAt : 0);
  const action: EnterCardCode = {
    kind: 'enter_card_code',
    card: card.number,
    phone: answer.kind === 'ok' ? answer.result.phone || null : (before?.phone ?? null),
    resendAt: resendAt === null ? null : new Date(resendAt).toISOString(),
    attemptsLeft: Math.min(limits.wrongCodesPerSms, limits.wrongCodesPerCard - wrong.count),
    resent: before !== null,
  };
  if (answer.kind === 'ok' && answer.result.sent) return { kind: 'next', action, problem: null };
  // Lost after it was sent: the SMS may be on its way, and the customer will see.
  if (answer.kind === 'fault' && answer.fault !== 'not_sent')
    return { kind: 'next', action: { ...action, resent: before !== null && 'maybe' }, problem: null };
  const refusal = answer.kind === 'refused' ? toProblem(answer, 'sms_not_sent') : { code: 'sms_not_sent' as const };
  // Nothing new was sent, so what was shown before still holds.
  if (before && (refusal.code === 'sms_not_sent' || refusal.code === 'provider_unavailable'))
    return { kind: 'next', action: { ...before, resendAt: action.resendAt }, problem: refusal };
  return { kind: 'refused', refusal };
}

/** No more may be sent, and nothing was. */
function tooManyTries({ resetsAt }: RateLimitCounter, before: EnterCardCode | null): Outcome {
  const retryAt = new Date(resetsAt).toISOString();
  const refusal = { code: 'too_many_attempts', retryAt } as const;
  // Others have used up what the phone may be sent; the code that it has is as good as it was.
  return before ? { kind: 'next', action: { ...before, resendAt: retryAt }, problem: refusal } : { kind: 'refused', refusal };
}

/** A customer wants another SMS: the code before it is void from then on. */
/** As `submitCardCode`; `too_many_attempts` before the time has come, or where no more SMS are sent. */
export async function resendSmsCode(parts: CardPaymentDeps, payment: PaymentRecord): Promise<void> {
  const account = requireAccount(parts, payment);
  const attempt = await parts.payments.continueAttempt(payment.id, {
    method: 'card',
    action: 'enter_card_code',
    gone: 'sms_code_expired',
    guard({ action }, now) {
      if (action?.kind !== 'enter_card_code' || action.resendAt === null) return { code: 'too_many_attempts' };
      return Date.parse(action.resendAt) > now ? { code: 'too_many_attempts', retryAt: action.resendAt } : null;
    },
  });
  await runCardSession(parts, account, payment, attempt, (work) => {
    return sendSmsCode(work, decryptCard(parts.sealer, attempt), shownCardAction(attempt));
  });
}
