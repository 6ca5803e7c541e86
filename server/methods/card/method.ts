/** Cards as `payments/` knows them: what they are offered for, how one begins, how one is settled and given back. */
import type { EnterCard } from '#contract';
import type { MethodPort } from '../../payments/model/ports.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { cardCurrency } from './account.ts';
import { savedCards, savedCardView } from './saved-cards.ts';
import { reconcileCard, refundCard } from './settle.ts';
import { knownPhone } from './start-card.ts';

export function createCardMethod(parts: CardDeps, sweep: () => Promise<void>): MethodPort {
  return {
    method: 'card',
    offers: (merchantId, currency) => currency === cardCurrency.code && parts.account(merchantId) !== null,
    async entryAction(payment) {
      const account = parts.account(payment.merchantId);
      if (!account) throw new Error('a method that is not offered begins with nothing');
      return entry(parts, account, payment);
    },
    reconcile: (unsettled) => reconcileCard(parts, parts.account(unsettled.payment.merchantId), unsettled),
    refund: (unsettled) => refundCard(parts, parts.account(unsettled.payment.merchantId), unsettled),
    cleanUp: sweep,
  };
}

async function entry(parts: CardDeps, account: CardAccount, payment: PaymentRecord): Promise<EnterCard> {
  const { merchantId, label } = payment;
  const { settings } = account;
  const frame = new URL('/frame/card/', parts.publicUrl);
  frame.searchParams.set('merchant', merchantId);
  return {
    kind: 'enter_card',
    saved: (await savedCards(parts, account, merchantId, label)).map(savedCardView),
    frameUrl: frame.href,
    ...(settings.offerUrl && { offerUrl: settings.offerUrl }),
    askPhone: settings.payerPhone === 'required' && knownPhone(payment) === null,
    canSave: settings.saveCards,
    confirmSaved: settings.confirmSaved === 'sms',
    ...(settings.transport === 'direct' && { direct: { url: settings.url, cashboxId: settings.cashboxId } }),
  };
}
