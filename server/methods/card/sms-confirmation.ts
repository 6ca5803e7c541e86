/**
 * The SMS code of a card: Payme sends it, sends another one, and checks what the customer typed. A right code makes the card pay
 * at once.
 */
import { type EnterCardCode, readSmsCode } from '#contract';
import type { PaymeRefusal } from '../../clients/payme/types.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { Outcome } from '../../payments/model/ports.ts';
import type { AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { RateLimitCounter } from '../../payments/model/store.ts';
import { isoTime } from '../../payments/model/time.ts';
import { type CardPaymentDeps, requireAccount } from './account.ts';
import { callPayme, type PaymeCallResult, toProblem } from './call-payme.ts';
import { type CardSession, decryptCard, runCardSession, type StoredCard } from './card-session.ts';
import { payReceipt } from './charge.ts';
import {
  type CountedSms,
  countMaskedPhone,
  countSms,
  countSmsOfCard,
  countWrongSmsCode,
  noteDecline,
  refundWrongSmsCode,
  wrongSmsCodes,
} from './rate-limits.ts';

/**
 * Has Payme check the code that the customer typed, and pays. Resolves when the outcome is stored.
 * @throws {ProblemError} `method_unavailable`, `sms_code_format`, `payment_processing`, `payment_expired`; `sms_code_expired` if
 * this SMS allows no more codes, or was sent for a card that the customer has left, e.g. in another tab
 */
export async function submitCardCode(deps: CardPaymentDeps, payment: PaymentRecord, typed: string): Promise<void> {
  const account = requireAccount(deps, payment);
  const code = readSmsCode(typed);
  if (!code) throw new ProblemError('sms_code_format', { field: 'code' });
  const attempt = await deps.payments.continueAttempt(payment.id, {
    method: 'card',
    action: 'enter_card_code',
    gone: 'sms_code_expired',
    guard: ({ action }) => (action.kind === 'enter_card_code' && action.attemptsLeft < 1 ? expired : null),
  });
  await runCardSession(deps, account, payment, attempt, async (session) => {
    const outcome = await confirm(session, displayedAction(attempt), code);
    const isNew = decryptCard(deps.sealer, attempt).savedId === undefined;
    return isNew ? noteDecline(deps, account, payment.merchantId, outcome) : outcome;
  });
}

/**
 * Sends another SMS; the code before it becomes invalid.
 * @throws {ProblemError} as `submitCardCode`; `too_many_attempts` before the waiting time is over, and when no more SMS are sent
 */
export async function resendSmsCode(deps: CardPaymentDeps, payment: PaymentRecord, ip: string): Promise<void> {
  const account = requireAccount(deps, payment);
  const sms = await countSms(deps, account, payment, ip);
  const attempt = await deps.payments
    .continueAttempt(payment.id, {
      method: 'card',
      action: 'enter_card_code',
      gone: 'sms_code_expired',
      guard({ action }, now) {
        if (action.kind !== 'enter_card_code' || action.resendAt === null) return { code: 'too_many_attempts' };
        return Date.parse(action.resendAt) > now ? { code: 'too_many_attempts', retryAt: action.resendAt } : sms.guard([], now);
      },
    })
    .catch(async (cause: unknown) => {
      await sms.giveBack();
      throw cause;
    });
  await runCardSession(deps, account, payment, attempt, (session) =>
    sendSmsCode(session, decryptCard(deps.sealer, attempt), displayedAction(attempt), sms),
  );
}

const expired: Decline = { code: 'sms_code_expired', field: 'code' };

function displayedAction({ action }: AttemptRecord): EnterCardCode {
  if (action?.kind !== 'enter_card_code') throw new Error('an SMS code for an attempt that does not wait for one');
  return action;
}

async function confirm(session: CardSession, displayed: EnterCardCode, code: string): Promise<Outcome> {
  const { deps, account } = session;
  const card = decryptCard(deps.sealer, session.attempt);
  await session.recordIntent('preparation', { operation: 'cards.verify', notes: {} });
  // Counted before the call: the codes of one saved card may be tried for many payments at the same time.
  const { count } = await countWrongSmsCode(deps, card.token);
  if (count > account.settings.limits.wrongCodesPerCard) {
    await refundWrongSmsCode(deps, card.token);
    return tooManyCodes;
  }
  const verified = await callPayme(deps.observer, 'cards.verify', () => account.client.cardsVerify({ token: card.token, code }));
  if (!mayBeWrong(verified)) await refundWrongSmsCode(deps, card.token);
  if (verified.kind === 'refused') return refused(session, displayed, verified, count);
  if (verified.kind === 'ok' && verified.result.verify)
    return payReceipt(session, await withNewestToken(session, card, verified.result.token));
  // The answer was lost, or the card is not confirmed after all. `cards.check` decides.
  const notSent = verified.kind === 'fault' && verified.fault === 'not_sent';
  // Not for a saved card: `cards.check` reports that it was confirmed once, for another payment, which says nothing about this
  // code.
  if (notSent || card.savedId !== undefined) return enterAgain(displayed, { code: 'provider_unavailable' });
  const checked = await callPayme(deps.observer, 'cards.check', () => account.client.cardsCheck(card));
  if (checked.kind === 'ok' && checked.result.verify) {
    await refundWrongSmsCode(deps, card.token);
    return payReceipt(session, await withNewestToken(session, card, checked.result.token));
  }
  if (checked.kind === 'refused') return { kind: 'declined', decline: toProblem(checked) };
  return enterAgain(displayed, { code: 'provider_unavailable' });
}

/** Payme's decline of the wrong code that exceeds its own limit for one SMS. It counts as wrong, like the codes before it. */
const lastWrongCode = -31102;

/** A lost answer may have been "wrong", so it counts. */
function mayBeWrong(verified: PaymeCallResult<{ verify: boolean }>): boolean {
  if (verified.kind === 'ok') return !verified.result.verify;
  if (verified.kind === 'fault') return verified.fault !== 'not_sent';
  return verified.code === lastWrongCode || toProblem(verified).code === 'sms_code_wrong';
}

/** An answer may bring another token for the same card. The newest one counts. */
async function withNewestToken(session: CardSession, card: StoredCard, token: string): Promise<StoredCard> {
  if (token === card.token) return card;
  const renewed = { ...card, token };
  await session.storeCard(renewed);
  return renewed;
}

/** @param wrongCodes How many codes for this card were wrong within the day, with this one. */
function refused(session: CardSession, displayed: EnterCardCode, answer: PaymeRefusal, wrongCodes: number): Outcome {
  const decline = toProblem(answer);
  switch (decline.code) {
    case 'sms_code_wrong':
      return wrongCode(session, displayed, decline, wrongCodes);
    case 'sms_code_expired': {
      const noneLeft = { ...displayed, attemptsLeft: 0 };
      return answer.code === lastWrongCode
        ? wrongCode(session, noneLeft, decline, wrongCodes)
        : { kind: 'action_required', action: noneLeft, problem: decline };
    }
    case 'provider_unavailable':
      return enterAgain(displayed, decline);
    default:
      return { kind: 'declined', decline };
  }
}

function wrongCode(session: CardSession, displayed: EnterCardCode, decline: Decline, wrongCodes: number): Outcome {
  const { limits } = session.account.settings;
  // A customer does not mistype so often. The attempt ends, its token is removed, and the next card is another attempt.
  if (wrongCodes >= limits.wrongCodesPerCard) return tooManyCodes;
  const attemptsLeft = Math.max(0, Math.min(displayed.attemptsLeft - 1, limits.wrongCodesPerCard - wrongCodes));
  return { kind: 'action_required', action: { ...displayed, attemptsLeft }, problem: attemptsLeft > 0 ? decline : expired };
}

/** Without a time to wait: this card takes no code before the next day, and another card may be tried at once. */
const tooManyCodes: Outcome = { kind: 'declined', decline: { code: 'too_many_attempts' } };

/** Nothing was confirmed, and the same code may still be good. */
const enterAgain = (action: EnterCardCode, problem: Decline): Outcome => ({ kind: 'action_required', action, problem });

/**
 * How long to wait before another SMS, in milliseconds, if Payme's answer was lost. Every answer that we have seen contains this
 * value.
 */
const usualWaitMs = 60_000;

/**
 * Has Payme send an SMS, at most once per intent, since each call is an SMS to somebody's phone.
 * @param before What the customer was shown so far, if an SMS was sent before; null for the first SMS.
 * @param sms What this SMS was counted by. It is taken back if none is sent.
 */
export async function sendSmsCode(
  session: CardSession,
  card: StoredCard,
  before: EnterCardCode | null,
  sms: CountedSms,
): Promise<Outcome> {
  const { deps, account, payment } = session;
  const { limits } = account.settings;
  const wrong = await wrongSmsCodes(deps, card.token);
  const { mark } = card;
  const { ofPayment, ofCard, exceeded } = await countSmsOfCard(deps, account, payment, sms, {
    mark,
    phone: before?.phone ?? null,
  });
  const noMoreCodes = wrong.count >= limits.wrongCodesPerCard;
  if (noMoreCodes || exceeded) {
    await sms.giveBack();
    return noMoreCodes || !exceeded ? tooManyCodes : tooManySms(exceeded, before);
  }

  try {
    await session.recordIntent('preparation', { operation: 'cards.get_verify_code', notes: {} });
  } catch (cause) {
    await sms.giveBack();
    throw cause;
  }
  const answer = await callPayme(deps.observer, 'cards.get_verify_code', () => account.client.cardsGetVerifyCode(card));
  // If the answer was lost after the call was sent, an SMS may be on its way: it counts as sent, and the customer can type the code if
  // it arrives.
  const lost = answer.kind === 'fault' && answer.fault !== 'not_sent';
  const sent = answer.kind === 'ok' && answer.result.sent;
  const phone = answer.kind === 'ok' ? answer.result.phone || null : (before?.phone ?? null);
  if (phone && (sent || lost)) await countMaskedPhone(deps, account, sms, phone);
  await (sent || lost ? sms.keepFor(session.attempt.id) : sms.giveBack());
  const waitMs = answer.kind === 'ok' ? answer.result.waitMs : usualWaitMs;
  const noneLeft = (sent || lost) && ofPayment.count >= limits.smsPerPayment;
  // The limit of the phone may last longer than Payme's wait. The button must not offer what would be refused.
  const resendAt = Math.max(deps.clock.now() + waitMs, ofCard.count >= limits.smsPerPhone ? ofCard.resetsAt : 0);
  const action: EnterCardCode = {
    kind: 'enter_card_code',
    card: card.number,
    phone,
    resendAt: noneLeft ? null : isoTime(resendAt),
    attemptsLeft: Math.min(limits.wrongCodesPerSms, limits.wrongCodesPerCard - wrong.count),
    resent: before !== null,
  };
  if (sent) return { kind: 'action_required', action, problem: null };
  if (lost) return { kind: 'action_required', action: { ...action, resent: before !== null && 'maybe' }, problem: null };
  const decline = answer.kind === 'refused' ? toProblem(answer, 'sms_not_sent') : { code: 'sms_not_sent' as const };
  // No new SMS was sent, so the code before it is still valid.
  if (before && (decline.code === 'sms_not_sent' || decline.code === 'provider_unavailable'))
    return { kind: 'action_required', action: { ...before, resendAt: action.resendAt }, problem: decline };
  return { kind: 'declined', decline };
}

/** No SMS was sent. If the customer has a code from an earlier SMS, that one is still valid. */
function tooManySms({ resetsAt }: RateLimitCounter, before: EnterCardCode | null): Outcome {
  const retryAt = isoTime(resetsAt);
  const decline = { code: 'too_many_attempts', retryAt } as const;
  return before
    ? { kind: 'action_required', action: { ...before, resendAt: retryAt }, problem: decline }
    : { kind: 'declined', decline };
}
