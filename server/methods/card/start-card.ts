/** A customer tells a card: Payme makes a token of it and sends an SMS. The number lives in this request's memory only. */
import { readCardExpiry, readCardNumber, type SubmitCard } from '#contract';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { accountFor } from './account-for.ts';
import { askPayme } from './call-payme.ts';
import type { PayingParts } from './card-parts.ts';
import { type CardWork, workOnCard } from './card-session.ts';
import { limitAddress } from './limit-address.ts';
import { payerPhone } from './payer-phone.ts';
import { problemOf } from './problem-of.ts';
import { cardGuard } from './rate-limits.ts';
import { markOf } from './sealed-card.ts';
import { sendCode } from './send-code.ts';

/**
 * Resolves when the outcome is written down: the payment's view says which. Throws for what changes nothing: `method_unavailable`,
 * `card_number`, `card_expire`, `phone_format`, `too_many_attempts`, `payment_processing`, `payment_expired`.
 */
export async function submitCard(parts: PayingParts, payment: PaymentRecord, told: SubmitCard, ip: string): Promise<void> {
  const account = accountFor(parts, payment, 'bff');
  const { settings } = account;
  const number = readCardNumber(told.number);
  if (!number) throw new ProblemError('card_number', { field: 'number' });
  const expire = readCardExpiry(told.expire);
  if (!expire) throw new ProblemError('card_expire', { field: 'expire' });
  const phone = payerPhone(payment, told.phone, settings);
  await limitAddress(parts, account, ip);
  const attempt = await parts.payments.begin(payment.id, {
    method: 'card',
    tail: number.slice(-4),
    acknowledge: told.acknowledge ?? false,
    guard: cardGuard(settings.limits.cardsPerPayment),
  });
  const wanted = { number, expire, save: settings.saveCards && (told.save ?? false), ...(phone && { phone }) };
  await workOnCard(parts, account, payment, attempt, (work) => makeToken(work, wanted));
}

interface Wanted {
  number: string;
  expire: string;
  save: boolean;
  phone?: string;
}

async function makeToken(work: CardWork, { number, expire, save, phone }: Wanted): Promise<Outcome> {
  const { observer } = work.parts;
  const made = await askPayme(observer, 'cards.create', () => work.account.client.cardsCreate({ number, expire, save }));
  // A token that nobody has heard of can do nothing, so a lost answer costs the customer nothing but another try.
  if (made.kind === 'fault') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (made.kind === 'refused') return { kind: 'refused', refusal: problemOf(made) };
  const { token, number: masked } = made.result;
  const mark = markOf(work.parts.sealer, made.result);
  const card = { token, number: masked, mark, save, ...(phone && { phone }) };
  await work.keep(card);
  return sendCode(work, card, null);
}
