/** A customer types the code of the SMS: Payme confirms the card, and the receipt is made and paid. */
import { type EnterCardCode, readSmsCode } from '#contract';
import type { Refused } from '../../clients/payme/answers.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import { accountFor } from './account-for.ts';
import { type Asked, askPayme } from './call-payme.ts';
import type { PayingParts } from './card-parts.ts';
import { type CardWork, workOnCard } from './card-session.ts';
import { payReceipt } from './charge.ts';
import { problemOf } from './problem-of.ts';
import { type KeptCard, openCard } from './sealed-card.ts';
import { countGuess, forgiveGuess } from './wrong-codes.ts';

/** As `submitCard`; `sms_code_format`, `sms_code_expired` where this code is worn out, or was for a card that the customer has left, e.g. in another tab. */
export async function submitCardCode(parts: PayingParts, payment: PaymentRecord, typed: string): Promise<void> {
  const account = accountFor(parts, payment);
  const code = readSmsCode(typed);
  if (!code) throw new ProblemError('sms_code_format', { field: 'code' });
  const attempt = await parts.payments.resume(payment.id, {
    method: 'card',
    action: 'enter_card_code',
    gone: 'sms_code_expired',
    guard: ({ action }) => (action?.kind === 'enter_card_code' && action.attemptsLeft < 1 ? expired : null),
  });
  await workOnCard(parts, account, payment, attempt, (work) => confirm(work, shownIn(attempt), code));
}

const expired: Refusal = { code: 'sms_code_expired', field: 'code' };

export function shownIn({ action }: AttemptRecord): EnterCardCode {
  if (action?.kind !== 'enter_card_code') throw new Error('a code is told that was never asked for');
  return action;
}

async function confirm(work: CardWork, shown: EnterCardCode, code: string): Promise<Outcome> {
  const { parts, account } = work;
  const card = openCard(parts.sealer, work.attempt);
  await work.commit('cards.verify');
  // The same card, saved, may be guessed at for many payments, and at once.
  const { count } = await countGuess(parts, card.token);
  if (count > account.settings.limits.wrongCodesPerCard) {
    await forgiveGuess(parts, card.token);
    return tooMany;
  }
  const said = await askPayme(parts.observer, 'cards.verify', () => account.client.cardsVerify({ token: card.token, code }));
  if (!mayBeWrong(said)) await forgiveGuess(parts, card.token);
  if (said.kind === 'refused') return refused(work, shown, said, count);
  if (said.kind === 'ok' && said.result.verify) return payReceipt(work, await adopt(work, card, said.result.token));
  // Lost, or a card that is not confirmed after all: what Payme says of it now is what counts.
  const notSent = said.kind === 'fault' && said.fault === 'not_sent';
  // Of a saved card it says only that it was confirmed once, for another payment: that is no word about this code.
  if (notSent || card.savedId !== undefined) return again(shown, { code: 'provider_unavailable' });
  const checked = await askPayme(parts.observer, 'cards.check', () => account.client.cardsCheck(card));
  if (checked.kind === 'ok' && checked.result.verify) {
    await forgiveGuess(parts, card.token);
    return payReceipt(work, await adopt(work, card, checked.result.token));
  }
  if (checked.kind === 'refused') return { kind: 'refused', refusal: problemOf(checked) };
  return again(shown, { code: 'provider_unavailable' });
}

const tooMany: Outcome = { kind: 'refused', refusal: { code: 'too_many_attempts' } };

/** A lost answer may have been "wrong". */
function mayBeWrong(said: Asked<{ verify: boolean }>): boolean {
  if (said.kind === 'ok') return !said.result.verify;
  return said.kind === 'fault' ? said.fault !== 'not_sent' : said.code === lastWrong || problemOf(said).code === 'sms_code_wrong';
}

/** The token that is answered may be another one: it is the one to go on with. */
async function adopt(work: CardWork, card: KeptCard, token: string): Promise<KeptCard> {
  if (token === card.token) return card;
  const adopted = { ...card, token };
  await work.keep(adopted);
  return adopted;
}

function refused(work: CardWork, shown: EnterCardCode, said: Refused, guesses: number): Outcome {
  const refusal = problemOf(said);
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
function wrong(work: CardWork, shown: EnterCardCode, refusal: Refusal, guesses: number): Outcome {
  const { limits } = work.account.settings;
  // Nobody mistypes so often: the token goes, and the next card is another attempt.
  if (guesses >= limits.wrongCodesPerCard) return tooMany;
  const attemptsLeft = Math.max(0, Math.min(shown.attemptsLeft - 1, limits.wrongCodesPerCard - guesses));
  return { kind: 'next', action: { ...shown, attemptsLeft }, problem: attemptsLeft > 0 ? refusal : expired };
}

/** Nothing was confirmed, and the same code may be good yet. */
const again = (action: EnterCardCode, problem: Refusal): Outcome => ({ kind: 'next', action, problem });
