/**
 * The three ways to begin a payment by card: a new card, a card that the card frame had confirmed at Payme itself, and a saved
 * card. The number of a new card lives only in the memory of this request.
 */
import {
  readCardExpiry,
  readCardNumber,
  readPayerPhone,
  type SubmitCard,
  type SubmitCardToken,
  type SubmitSavedCard,
} from '#contract';
import { ProblemError } from '../../payments/model/errors.ts';
import type { Outcome } from '../../payments/model/ports.ts';
import type { AttemptInFlight, CardRecord, PaymentRecord } from '../../payments/model/records.ts';
import { type CardPaymentDeps, type CardSettings, requireAccount } from './account.ts';
import { callPayme, isDecline, isUnknownToken, toProblem } from './call-payme.ts';
import { type CardSession, cardMarks, runCardSession } from './card-session.ts';
import { payReceipt } from './charge.ts';
import { type Counted, type CountedSms, checkCardAttempts, countCard, countSms } from './rate-limits.ts';
import { removeCard, savedCard } from './saved-cards.ts';
import { sendSmsCode } from './sms-confirmation.ts';

/**
 * Payme makes a token of a new card and sends an SMS. Resolves when the outcome is stored; the payment's view shows it.
 * @throws {ProblemError} if nothing was changed: `method_unavailable`, `card_number`, `card_expiry`, `phone_format`,
 * `too_many_attempts`, `payment_processing`, `payment_expired`
 */
export async function submitCard(deps: CardPaymentDeps, payment: PaymentRecord, body: SubmitCard, ip: string): Promise<void> {
  const account = requireAccount(deps, payment, 'bff');
  const { settings } = account;
  const number = readCardNumber(body.number);
  if (!number) throw new ProblemError('card_number', { field: 'number' });
  const expire = readCardExpiry(body.expire);
  if (!expire) throw new ProblemError('card_expiry', { field: 'expire' });
  const phone = payerPhone(payment, body.phone, settings);
  const counted = await countCard(deps, account, payment, ip);
  const sms = await countSms(deps, account, payment, ip);
  const attempt = await beginCardAttempt(deps, payment, [counted, sms], number.slice(-4), body);
  const card = { number, expire, save: settings.saveCards && (body.save ?? false), ...(phone && { phone }) };
  await runCardSession(deps, account, payment, attempt, (session) => counted.settle(attempt.id, tokenise(session, card, sms)));
}

/**
 * As `submitCard`, for merchants whose cards go from the card frame straight to Payme: Payme is asked about the token, and then
 * it pays.
 */
export async function submitCardToken(
  deps: CardPaymentDeps,
  payment: PaymentRecord,
  body: SubmitCardToken,
  ip: string,
): Promise<void> {
  const account = requireAccount(deps, payment, 'direct');
  const { settings } = account;
  const phone = payerPhone(payment, body.phone, settings);
  const counted = await countCard(deps, account, payment, ip);
  const attempt = await beginCardAttempt(deps, payment, [counted], null, body);
  const save = settings.saveCards && (body.save ?? false);
  await runCardSession(deps, account, payment, attempt, (session) =>
    counted.settle(attempt.id, payWithToken(session, body.token, save, phone)),
  );
}

/**
 * As `submitCard`, for a saved card: Payme is asked whether the card is still good, and the merchant's setting decides whether it
 * needs an SMS code.
 * @throws {ProblemError} also `card_not_saved`, if this customer has no such card
 */
export async function submitSavedCard(
  deps: CardPaymentDeps,
  payment: PaymentRecord,
  body: SubmitSavedCard,
  ip: string,
): Promise<void> {
  const account = requireAccount(deps, payment);
  const { settings } = account;
  const saved = await savedCard(deps, account, payment.merchantId, payment.label, body.cardId);
  if (!saved) throw new ProblemError('card_not_saved');
  const phone = payerPhone(payment, body.phone, settings);
  const sms = settings.confirmSaved === 'sms' ? await countSms(deps, account, payment, ip) : null;
  const limits = [{ guard: checkCardAttempts(settings.limits.cardsPerPayment) }, ...(sms ? [sms] : [])];
  const attempt = await beginCardAttempt(deps, payment, limits, saved.number.slice(-4), body);
  await runCardSession(deps, account, payment, attempt, (session) => payWithSavedCard(session, saved, phone, sms));
}

/**
 * @param limits What was counted and may refuse the attempt. If none begins, all of it is given back.
 * @param lastCharacters The last four digits of the number, if they are known.
 */
const beginCardAttempt = (
  { payments }: CardPaymentDeps,
  { id }: PaymentRecord,
  limits: readonly (Pick<Counted, 'guard'> & Partial<Counted>)[],
  lastCharacters: string | null,
  { acknowledge = false, seen }: Pick<SubmitCard, 'acknowledge' | 'seen'>,
): Promise<AttemptInFlight> => {
  const guard: Counted['guard'] = (earlier, now) => {
    const declines = limits.map((limit) => limit.guard(earlier, now));
    return declines.find((decline) => decline !== null) ?? null;
  };
  return payments
    .beginImmediate(id, { method: 'card', lastCharacters, acknowledge, seen, guard })
    .catch(async (cause: unknown) => {
      for (const limit of limits) await limit.giveBack?.();
      throw cause;
    });
};

interface NewCard {
  number: string;
  /** `MMYY`. */
  expire: string;
  save: boolean;
  phone?: string;
}

async function tokenise(session: CardSession, { number, expire, save, phone }: NewCard, sms: CountedSms): Promise<Outcome> {
  const { deps, account } = session;
  const made = await callPayme(deps.observer, 'cards.create', () => account.client.cardsCreate({ number, expire, save }));
  if (made.kind !== 'ok') await sms.giveBack();
  // A token that nobody received can do nothing. So after a lost answer the customer simply tries again.
  if (made.kind === 'fault') return { kind: 'declined', decline: { code: 'provider_unavailable' } };
  if (made.kind === 'refused') return { kind: 'declined', decline: toProblem(made) };
  const { token, number: masked } = made.result;
  // A token that is good for this payment alone would be offered again and never pay.
  const saved = save && made.result.recurrent;
  const card = { token, number: masked, ...cardMarks(deps.sealer, made.result), save: saved, ...(phone && { phone }) };
  await session.storeCard(card);
  return sendSmsCode(session, card, null, sms);
}

async function payWithToken(session: CardSession, submitted: string, save: boolean, phone: string | undefined): Promise<Outcome> {
  const { deps, account } = session;
  const checked = await callPayme(deps.observer, 'cards.check', () => account.client.cardsCheck({ token: submitted }));
  if (checked.kind === 'fault') return { kind: 'declined', decline: { code: 'provider_unavailable' } };
  if (checked.kind === 'refused') return { kind: 'declined', decline: toProblem(checked) };
  const { token, number, verify, recurrent } = checked.result;
  // Nobody has proven by SMS that the card is theirs.
  if (!verify) return { kind: 'declined', decline: { code: 'card_declined' } };
  const card = { token, number, ...cardMarks(deps.sealer, checked.result), save: save && recurrent, ...(phone && { phone }) };
  await session.storeCard(card);
  return payReceipt(session, card);
}

/** @param sms What the SMS was counted by; null if the merchant's setting is that the card needs none. */
async function payWithSavedCard(
  session: CardSession,
  saved: CardRecord,
  phone: string | undefined,
  sms: CountedSms | null,
): Promise<Outcome> {
  const { deps, account } = session;
  const token = deps.sealer.open(saved.sealed, saved.id);
  const checked = await callPayme(deps.observer, 'cards.check', () => account.client.cardsCheck({ token }));
  if (checked.kind !== 'ok' || !checked.result.verify) await sms?.giveBack();
  if (checked.kind === 'fault') return { kind: 'declined', decline: { code: 'provider_unavailable' } };
  if (checked.kind === 'refused' || !checked.result.verify) {
    // Payme no longer knows the card or no longer trusts it, so it would never pay again.
    if (checked.kind === 'ok' || isUnknownToken(checked)) {
      await removeCard(deps, saved);
      return { kind: 'declined', decline: { code: 'card_not_saved' } };
    }
    // The card is expired or blocked, for example. It stays saved, because it may become good again.
    return { kind: 'declined', decline: isDecline(checked) ? toProblem(checked) : { code: 'provider_unavailable' } };
  }
  const { number, mark, id: savedId } = saved;
  const card = { token: checked.result.token, number, mark, save: false, savedId, ...(phone && { phone }) };
  await session.storeCard(card);
  return sms ? sendSmsCode(session, card, null, sms) : payReceipt(session, card);
}

/**
 * The payer's phone as Payme wants it, 12 digits, if the merchant's server sent a readable one. Null: the customer has to type
 * it.
 */
export const knownPhone = ({ phone }: Pick<PaymentRecord, 'phone'>): string | null => (phone ? readPayerPhone(phone) : null);

/**
 * The phone that the merchant's server sent, or else the one that the customer typed; undefined if there is none and Payme needs
 * none.
 * @throws {ProblemError} `phone_format`
 */
function payerPhone(payment: PaymentRecord, typed: string | undefined, settings: CardSettings): string | undefined {
  const known = knownPhone(payment);
  if (known) return known;
  const read = readPayerPhone(typed ?? '');
  // Only where Payme needs a phone is one that cannot be read a reason to ask again.
  if (!read && settings.payerPhone === 'optional') return undefined;
  if (!read) throw new ProblemError('phone_format', { field: 'phone' });
  return read;
}
