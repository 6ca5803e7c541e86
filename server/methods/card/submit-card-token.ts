/** The card frame had the card confirmed at Payme itself, and hands in the token: it is looked at, and the receipt is made and paid. */
import type { SubmitCardToken } from '#contract';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { accountFor } from './account-for.ts';
import { askPayme } from './call-payme.ts';
import type { PayingParts } from './card-parts.ts';
import { type CardWork, workOnCard } from './card-session.ts';
import { payReceipt } from './charge.ts';
import { limitAddress } from './limit-address.ts';
import { payerPhone } from './payer-phone.ts';
import { problemOf } from './problem-of.ts';
import { cardGuard } from './rate-limits.ts';
import { markOf } from './sealed-card.ts';

/** As `submitCard`, for merchants whose cards go to Payme directly. */
export async function submitCardToken(
  parts: PayingParts,
  payment: PaymentRecord,
  told: SubmitCardToken,
  ip: string,
): Promise<void> {
  const account = accountFor(parts, payment, 'direct');
  const { settings } = account;
  const phone = payerPhone(payment, told.phone, settings);
  await limitAddress(parts, account, ip);
  const attempt = await parts.payments.begin(payment.id, {
    method: 'card',
    tail: null,
    acknowledge: told.acknowledge ?? false,
    guard: cardGuard(settings.limits.cardsPerPayment),
  });
  const save = settings.saveCards && (told.save ?? false);
  await workOnCard(parts, account, payment, attempt, (work) => lookAndPay(work, told.token, save, phone));
}

async function lookAndPay(work: CardWork, told: string, save: boolean, phone: string | undefined): Promise<Outcome> {
  const { parts, account } = work;
  const checked = await askPayme(parts.observer, 'cards.check', () => account.client.cardsCheck({ token: told }));
  if (checked.kind === 'fault') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (checked.kind === 'refused') return { kind: 'refused', refusal: problemOf(checked) };
  const { token, number, verify } = checked.result;
  // Nobody has proven by SMS that the card is theirs.
  if (!verify) return { kind: 'refused', refusal: { code: 'card_declined' } };
  const card = { token, number, mark: markOf(parts.sealer, checked.result), save, ...(phone && { phone }) };
  await work.keep(card);
  return payReceipt(work, card);
}
