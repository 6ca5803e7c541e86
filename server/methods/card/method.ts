/** Payment by card: the port that `payments/` calls, and the routes of customers and of merchants' servers. */
import type { FastifyPluginAsync } from 'fastify';
import type { EnterCard } from '#contract';
import type { MethodPort } from '../../payments/model/ports.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { StatementSource } from '../../payments/model/statements.ts';
import { type CardAccount, type CardDeps, type CardPaymentDeps, cardCurrency } from './account.ts';
import { lostCalls } from './card-session.ts';
import { type FiscalReceiptDeps, fiscalReceiptRoutes } from './fiscal-receipt.ts';
import { cardMerchantRoutes } from './merchant-routes.ts';
import { isNamedForAnother, pollReceiptOfEnded, readCardOutcome } from './read-outcome.ts';
import { reconcileCard, refundCard } from './reconcile.ts';
import { cardRoutes } from './routes.ts';
import { purgeCardTokens, savedCards, savedCardView } from './saved-cards.ts';
import { knownPhone } from './start-card.ts';
import { cardStatements } from './statement.ts';
import { type SweepDeps, sweepReversals } from './sweep-reversals.ts';

export interface Cards {
  port: MethodPort;
  /** `/checkout/card…`; they need `request.payment`. */
  routes: FastifyPluginAsync;
  /** Looks for receipts that Payme has returned on its own, a bounded piece at a time. */
  sweep(): Promise<void>;
  /** Payme's list, for the daily comparison. */
  statements: StatementSource;
  /** `/v1/customers/:label/cards`, `/v1/receipts`, `/v1/payments/:id/send-receipt` and `…/fiscal-receipt`; they need `request.merchant`. */
  merchantRoutes: FastifyPluginAsync;
}

type CardsDeps = CardPaymentDeps & {
  /** All merchants of the moment; none where no merchant is served. */
  merchantIds?: SweepDeps['merchantIds'];
  /** What a sweep needs besides. Without it nothing is swept. */
  reversed?: SweepDeps['reversed'];
  /** Stores what a merchant's cash register reports. Without it there is no such route. */
  fiscalReceipts?: FiscalReceiptDeps['fiscalReceipts'];
};

export function createCards({ merchantIds = () => [], reversed, fiscalReceipts, ...deps }: CardsDeps): Cards {
  return {
    sweep: async () => reversed && sweepReversals({ ...deps, merchantIds, reversed }),
    statements: cardStatements(deps),
    port: {
      method: 'card',
      offers: (merchantId, currency) => currency === cardCurrency.code && deps.account(merchantId) !== null,
      async entryAction(payment) {
        const account = deps.account(payment.merchantId);
        if (!account) throw new Error('the card method was asked for its form by a merchant who has no cashbox');
        return enterCard(deps, account, payment);
      },
      reconcile: (pending) => reconcileCard(deps, deps.account(pending.payment.merchantId), pending),
      refund: (pending) => refundCard(deps, deps.account(pending.payment.merchantId), pending),
      poll: (pending) => pollReceiptOfEnded(deps, deps.account(pending.payment.merchantId), pending),
      readOutcome: (pending) => readCardOutcome(deps, deps.account(pending.payment.merchantId), pending),
      decisionKey: ({ merchantId }, attempt, upstreamId) => ({
        account: deps.account(merchantId)?.upstream ?? 'payme',
        key: upstreamId ?? attempt.id,
      }),
      lostAttempt: (merchantId, { id, upstreamId }) => {
        const account = deps.account(merchantId);
        return account && { upstream: account.upstream, calls: lostCalls(id, upstreamId), claim: null };
      },
      async isMoneyOfAnother(payment, attempt, receipt) {
        const account = deps.account(payment.merchantId);
        return account !== null && isNamedForAnother(deps, account, receipt, { payment, attempt });
      },
      // At a cashbox of its own, a receipt of a lost payment is stored with a new one (`verify-gap.ts`).
      mayAdoptAttempts: (merchantId) => {
        const cashbox = deps.account(merchantId)?.id;
        return merchantIds().every((id) => id === merchantId || deps.account(id)?.id !== cashbox);
      },
      cleanUp: () => purgeCardTokens(deps),
    },
    routes: async (app) => void app.register(cardRoutes, deps),
    async merchantRoutes(app) {
      app.register(cardMerchantRoutes, { ...deps, merchantIds });
      if (fiscalReceipts) app.register(fiscalReceiptRoutes, { ...deps, fiscalReceipts });
    },
  };
}

async function enterCard(deps: CardDeps, account: CardAccount, payment: PaymentRecord): Promise<EnterCard> {
  const { merchantId, label } = payment;
  const { settings } = account;
  const frame = new URL('/frame/card/', deps.publicUrl);
  frame.searchParams.set('merchant', merchantId);
  return {
    kind: 'enter_card',
    saved: (await savedCards(deps, account, merchantId, label)).map(savedCardView),
    frameUrl: frame.href,
    ...(settings.offerUrl && { offerUrl: settings.offerUrl }),
    askPhone: settings.payerPhone === 'required' && knownPhone(payment) === null,
    canSave: settings.saveCards,
    confirmSaved: settings.confirmSaved === 'sms',
    ...(settings.transport === 'direct' && { direct: { url: settings.url, cashboxId: settings.cashboxId } }),
  };
}
