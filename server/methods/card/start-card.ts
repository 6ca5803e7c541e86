/** A customer tells a card: Payme makes a token of it and sends an SMS. The number lives in this request's memory only. */
import {
  readCardExpiry,
  readCardNumber,
  readPayerPhone,
  type SubmitCard,
  type SubmitCardToken,
  type SubmitSavedCard,
} from '#contract';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { CardRecord, PaymentRecord } from '../../payments/model/records.ts';
import { type CardPaymentDeps, type CardSettings, requireAccount } from './account.ts';
import { callPayme, isDecline, isUnknownToken, toProblem } from './call-payme.ts';
import { type CardSession, cardFingerprint, runCardSession } from './card-session.ts';
import { payReceipt } from './charge.ts';
import { checkCardAttempts, limitCardTries } from './rate-limits.ts';
import { removeCard, savedCard } from './saved-cards.ts';
import { sendSmsCode } from './sms-confirmation.ts';

/**
 * Resolves when the outcome is written down: the payment's view says which. Throws for what changes nothing: `method_unavailable`,
 * `card_number`, `card_expire`, `phone_format`, `too_many_attempts`, `payment_processing`, `payment_expired`.
 */
export async function submitCard(parts: CardPaymentDeps, payment: PaymentRecord, told: SubmitCard, ip: string): Promise<void> {
  const account = requireAccount(parts, payment, 'bff');
  const { settings } = account;
  const number = readCardNumber(told.number);
  if (!number) throw new ProblemError('card_number', { field: 'number' });
  const expire = readCardExpiry(told.expire);
  if (!expire) throw new ProblemError('card_expire', { field: 'expire' });
  const phone = payerPhone(payment, told.phone, settings);
  await limitCardTries(parts, account, ip);
  const attempt = await parts.payments.beginImmediate(payment.id, {
    method: 'card',
    tail: number.slice(-4),
    acknowledge: told.acknowledge ?? false,
    guard: checkCardAttempts(settings.limits.cardsPerPayment),
  });
  const wanted = { number, expire, save: settings.saveCards && (told.save ?? false), ...(phone && { phone }) };
  await runCardSession(parts, account, payment, attempt, (work) => makeToken(work, wanted));
}

interface Wanted {
  number: string;
  expire: string;
  save: boolean;
  phone?: string;
}

async function makeToken(work: CardSession, { number, expire, save, phone }: Wanted): Promise<Outcome> {
  const { observer } = work.parts;
  const made = await callPayme(observer, 'cards.create', () => work.account.client.cardsCreate({ number, expire, save }));
  // A token that nobody has heard of can do nothing, so a lost answer costs the customer nothing but another try.
  if (made.kind === 'fault') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (made.kind === 'refused') return { kind: 'refused', refusal: toProblem(made) };
  const { token, number: masked } = made.result;
  const mark = cardFingerprint(work.parts.sealer, made.result);
  const card = { token, number: masked, mark, save, ...(phone && { phone }) };
  await work.keep(card);
  return sendSmsCode(work, card, null);
}

/** The card frame had the card confirmed at Payme itself, and hands in the token: it is looked at, and the receipt is made and paid. */
/** As `submitCard`, for merchants whose cards go to Payme directly. */
export async function submitCardToken(
  parts: CardPaymentDeps,
  payment: PaymentRecord,
  told: SubmitCardToken,
  ip: string,
): Promise<void> {
  const account = requireAccount(parts, payment, 'direct');
  const { settings } = account;
  const phone = payerPhone(payment, told.phone, settings);
  await limitCardTries(parts, account, ip);
  const attempt = await parts.payments.beginImmediate(payment.id, {
    method: 'card',
    tail: null,
    acknowledge: told.acknowledge ?? false,
    guard: checkCardAttempts(settings.limits.cardsPerPayment),
  });
  const save = settings.saveCards && (told.save ?? false);
  await runCardSession(parts, account, payment, attempt, (work) => lookAndPay(work, told.token, save, phone));
}

async function lookAndPay(work: CardSession, told: string, save: boolean, phone: string | undefined): Promise<Outcome> {
  const { parts, account } = work;
  const checked = await callPayme(parts.observer, 'cards.check', () => account.client.cardsCheck({ token: told }));
  if (checked.kind === 'fault') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (checked.kind === 'refused') return { kind: 'refused', refusal: toProblem(checked) };
  const { token, number, verify } = checked.result;
  // Nobody has proven by SMS that the card is theirs.
  if (!verify) return { kind: 'refused', refusal: { code: 'card_declined' } };
  const card = { token, number, mark: cardFingerprint(parts.sealer, checked.result), save, ...(phone && { phone }) };
  await work.keep(card);
  return payReceipt(work, card);
}

/** A customer pays with a card they saved: it is looked at again, and confirmed as the merchant's setting says. */
/** As `submitCard`; `card_not_saved` where there is no such card of this customer. */
export async function submitSavedCard(parts: CardPaymentDeps, payment: PaymentRecord, told: SubmitSavedCard): Promise<void> {
  const account = requireAccount(parts, payment);
  const { settings } = account;
  const saved = await savedCard(parts, account, payment.merchantId, payment.label, told.cardId);
  if (!saved) throw new ProblemError('card_not_saved');
  const phone = payerPhone(payment, told.phone, settings);
  const attempt = await parts.payments.beginImmediate(payment.id, {
    method: 'card',
    tail: saved.number.slice(-4),
    acknowledge: told.acknowledge ?? false,
    guard: checkCardAttempts(settings.limits.cardsPerPayment),
  });
  await runCardSession(parts, account, payment, attempt, (work) => lookAndGoOn(work, saved, phone));
}

async function lookAndGoOn(work: CardSession, saved: CardRecord, phone: string | undefined): Promise<Outcome> {
  const { parts, account } = work;
  const token = parts.sealer.open(saved.sealed, saved.id);
  const checked = await callPayme(parts.observer, 'cards.check', () => account.client.cardsCheck({ token }));
  if (checked.kind === 'fault') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (checked.kind === 'refused' || !checked.result.verify) {
    // Payme forgot it, or does not trust it any more: it would never pay again.
    if (checked.kind === 'ok' || isUnknownToken(checked)) {
      await removeCard(parts, saved);
      return { kind: 'refused', refusal: { code: 'card_not_saved' } };
    }
    // Expired or blocked, say: it is kept, since it may be good again.
    return { kind: 'refused', refusal: isDecline(checked) ? toProblem(checked) : { code: 'provider_unavailable' } };
  }
  const { number, mark, id: savedId } = saved;
  const card = { token: checked.result.token, number, mark, save: false, savedId, ...(phone && { phone }) };
  await work.keep(card);
  return account.settings.confirmSaved === 'sms' ? sendSmsCode(work, card, null) : payReceipt(work, card);
}

/** The payer's phone as Payme wants it: told by the merchant's server, or typed by the customer. */
/** Null: the customer has to be asked. */
export const knownPhone = ({ phone }: Pick<PaymentRecord, 'phone'>): string | null => (phone ? readPayerPhone(phone) : null);

/** Throws `phone_format` where it is needed, or typed, and cannot be read. */
export function payerPhone(payment: PaymentRecord, typed: string | undefined, settings: CardSettings): string | undefined {
  const known = knownPhone(payment);
  if (known) return known;
  if (!typed?.trim() && settings.payerPhone === 'optional') return undefined;
  const read = readPayerPhone(typed ?? '');
  if (!read) throw new ProblemError('phone_format', { field: 'phone' });
  return read;
}
