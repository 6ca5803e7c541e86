/** Has Payme send an SMS with a code, and says what the customer is to do then. At most once per intent: each is an SMS to somebody's phone. */
import type { EnterCardCode } from '#contract';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Tries } from '../../payments/model/ports.ts';
import { askPayme } from './call-payme.ts';
import type { CardWork } from './card-session.ts';
import { problemOf } from './problem-of.ts';
import type { KeptCard } from './sealed-card.ts';
import { smsTries } from './sms-tries.ts';
import { wrongCodes } from './wrong-codes.ts';

/** Where Payme's answer is lost: as long as every answer that we know says. */
const usualWaitMs = 60_000;

/**
 * @param before What was shown so far, where a code was sent before.
 */
export async function sendCode(work: CardWork, card: KeptCard, before: EnterCardCode | null): Promise<Outcome> {
  const { parts, account, payment } = work;
  const { clock, observer } = parts;
  const { limits } = account.settings;
  const wrong = await wrongCodes(parts, card.token);
  if (wrong.count >= limits.wrongCodesPerCard) return tooManyTries(wrong, null);
  const tries = smsTries(parts, account, payment);
  const ofPayment = await tries.ofPayment();
  if (ofPayment.count > limits.smsPerPayment) return tooManyTries(ofPayment, before);
  const ofCard = await tries.ofCard(card);
  if (ofCard.count > limits.smsPerPhone) {
    await tries.giveBackToPayment();
    return tooManyTries(ofCard, before);
  }

  await work.commit('cards.get_verify_code');
  const answer = await askPayme(observer, 'cards.get_verify_code', () => account.client.cardsGetVerifyCode(card));
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
  const refusal = answer.kind === 'refused' ? problemOf(answer, 'sms_not_sent') : { code: 'sms_not_sent' as const };
  // Nothing new was sent, so what was shown before still holds.
  if (before && (refusal.code === 'sms_not_sent' || refusal.code === 'provider_unavailable'))
    return { kind: 'next', action: { ...before, resendAt: action.resendAt }, problem: refusal };
  return { kind: 'refused', refusal };
}

/** No more may be sent, and nothing was. */
function tooManyTries({ resetsAt }: Tries, before: EnterCardCode | null): Outcome {
  const retryAt = new Date(resetsAt).toISOString();
  const refusal = { code: 'too_many_attempts', retryAt } as const;
  // Others have used up what the phone may be sent; the code that it has is as good as it was.
  return before ? { kind: 'next', action: { ...before, resendAt: retryAt }, problem: refusal } : { kind: 'refused', refusal };
}
