/** A customer pays with a card they saved: it is looked at again, and confirmed as the merchant's setting says. */
import type { SubmitSavedCard } from '#contract';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { CardRecord, PaymentRecord } from '../../payments/model/records.ts';
import { accountFor } from './account-for.ts';
import { askPayme } from './call-payme.ts';
import type { PayingParts } from './card-parts.ts';
import { type CardWork, workOnCard } from './card-session.ts';
import { payReceipt } from './charge.ts';
import { payerPhone } from './payer-phone.ts';
import { isDecline, isUnknownToken, problemOf } from './problem-of.ts';
import { cardGuard } from './rate-limits.ts';
import { removeCard } from './remove-card.ts';
import { savedCard } from './saved-cards.ts';
import { sendCode } from './send-code.ts';

/** As `submitCard`; `card_not_saved` where there is no such card of this customer. */
export async function submitSavedCard(parts: PayingParts, payment: PaymentRecord, told: SubmitSavedCard): Promise<void> {
  const account = accountFor(parts, payment);
  const { settings } = account;
  const saved = await savedCard(parts, account, payment.merchantId, payment.label, told.cardId);
  if (!saved) throw new ProblemError('card_not_saved');
  const phone = payerPhone(payment, told.phone, settings);
  const attempt = await parts.payments.begin(payment.id, {
    method: 'card',
    tail: saved.number.slice(-4),
    acknowledge: told.acknowledge ?? false,
    guard: cardGuard(settings.limits.cardsPerPayment),
  });
  await workOnCard(parts, account, payment, attempt, (work) => lookAndGoOn(work, saved, phone));
}

async function lookAndGoOn(work: CardWork, saved: CardRecord, phone: string | undefined): Promise<Outcome> {
  const { parts, account } = work;
  const token = parts.sealer.open(saved.sealed, saved.id);
  const checked = await askPayme(parts.observer, 'cards.check', () => account.client.cardsCheck({ token }));
  if (checked.kind === 'fault') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (checked.kind === 'refused' || !checked.result.verify) {
    // Payme forgot it, or does not trust it any more: it would never pay again.
    if (checked.kind === 'ok' || isUnknownToken(checked)) {
      await removeCard(parts, saved);
      return { kind: 'refused', refusal: { code: 'card_not_saved' } };
    }
    // Expired or blocked, say: it is kept, since it may be good again.
    return { kind: 'refused', refusal: isDecline(checked) ? problemOf(checked) : { code: 'provider_unavailable' } };
  }
  const { number, mark, id: savedId } = saved;
  const card = { token: checked.result.token, number, mark, save: false, savedId, ...(phone && { phone }) };
  await work.keep(card);
  return account.settings.confirmSaved === 'sms' ? sendCode(work, card, null) : payReceipt(work, card);
}
