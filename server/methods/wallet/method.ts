/** Wallets as `payments/` knows them: what they are offered for, how a transfer begins, how one is settled. */

import type { Outcome } from '../../payments/model/outcome.ts';
import type { MethodPort, PendingAttempt } from '../../payments/model/ports.ts';
import type { WalletDeps } from './account.ts';
import { availableWallets } from './choose-wallet.ts';
import { findWallet } from './wallets.ts';

export function createWalletMethod(parts: WalletDeps, sweep?: () => Promise<void>): MethodPort {
  return {
    method: 'wallet',
    offers: (merchantId, currency) =>
      parts.account(merchantId)?.settings.wallets.some((type) => findWallet(type).currency === currency) ?? false,
    async entryAction(payment) {
      const { merchantId, currency, label } = payment;
      const account = parts.account(merchantId);
      if (account) await parts.availability.refresh({ account, currency, label });
      const wallets = account ? availableWallets(account, parts.availability, payment) : [];
      return {
        kind: 'choose_wallet',
        wallets: wallets.map(({ walletType, name, screenshot }) => ({ walletType, name, screenshot })),
        ...(payment.walletType !== null && { fixed: true }),
      };
    },
    reconcile: async (unsettled) => settle(unsettled),
    ...(sweep && { cleanUp: sweep }),
  };
}

/**
 * Paykassma has no way to ask what became of a number: only a postback tells, and it is applied when it comes. So all that
 * can be found out here is that nothing was sent.
 */
function settle({ attempt, intents }: PendingAttempt): Outcome {
  if (intents.length === 0) return { kind: 'asked', refusal: { code: 'provider_unavailable' }, watched: false };
  return attempt.waiting ? { kind: 'waiting', reason: attempt.waiting } : { kind: 'unknown' };
}
