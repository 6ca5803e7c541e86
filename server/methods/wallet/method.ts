/**
 * Payment by wallet transfer: the port that `payments/` calls, the routes of customers, and the address for Paykassma's
 * postbacks.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { ChooseWallet } from '#contract';
import type { CheckoutDeps } from '../../payments/http/idempotency.ts';
import type { MethodPort, Outcome, PendingAttempt } from '../../payments/model/ports.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { StatementSource } from '../../payments/model/statements.ts';
import { type Availability, createAvailability } from './availability.ts';
import { availableWallets, type ChooseWalletDeps } from './choose-wallet.ts';
import { transferClaimKey } from './postback-items.ts';
import { applyStoredPostbacks, postbackRoutes } from './postbacks.ts';
import { walletRoutes } from './routes.ts';
import { walletStatements } from './statement.ts';
import { lostTransfer } from './submit-transfer.ts';
import { findWallet } from './wallets.ts';

export interface Wallets {
  port: MethodPort;
  /** `/checkout/wallet…`; they need `request.payment`. */
  routes: FastifyPluginAsync;
  /** Lists from Paykassma's cabinet, for the daily comparison. */
  statements: StatementSource;
  /** `/postbacks/paykassma/:merchant`: anybody may call it, and the signature decides. */
  openRoutes: FastifyPluginAsync;
}

type WalletsDeps = Omit<ChooseWalletDeps, 'availability'> & CheckoutDeps & { availability?: Availability };

export function createWallets({ availability, ...given }: WalletsDeps): Wallets {
  const deps = { ...given, availability: availability ?? createAvailability(given) };
  return {
    port: {
      method: 'wallet',
      offers: (merchantId, currency) =>
        deps.account(merchantId)?.settings.wallets.some((type) => findWallet(type).currency === currency) ?? false,
      entryAction: (payment) => chooseWalletAction(deps, payment),
      reconcile: async (pending) => reconcileTransfer(pending),
      decisionKey: ({ merchantId }, { action, submittedReference }, upstreamId) => {
        const account = deps.account(merchantId)?.id;
        const number = upstreamId ?? submittedReference;
        if (account === undefined || number === null || action?.kind !== 'transfer') return null;
        return { account, key: transferClaimKey(action.walletType, number) };
      },
      lostAttempt: (merchantId, attempt) => {
        const account = deps.account(merchantId);
        return account && lostTransfer(account, attempt);
      },
      // Paykassma names the attempt. Money that was matched by hand is named by its number, which tells nothing.
      isMoneyOfAnother: async (_payment, { id }, upstreamId) => upstreamId.startsWith('att_') && upstreamId !== id,
      cleanUp: () => applyStoredPostbacks(deps),
    },
    statements: walletStatements(deps),
    routes: async (app) => void app.register(walletRoutes, deps),
    openRoutes: async (app) => void app.register(postbackRoutes, deps),
  };
}

async function chooseWalletAction(
  deps: Pick<ChooseWalletDeps, 'account' | 'availability'>,
  payment: PaymentRecord,
): Promise<ChooseWallet> {
  const { merchantId, currency, label } = payment;
  const account = deps.account(merchantId);
  if (account) await deps.availability.refresh({ account, currency, label });
  const wallets = account ? availableWallets(account, deps.availability, payment) : [];
  return {
    kind: 'choose_wallet',
    wallets: wallets.map(({ walletType, name, screenshot, languages }) => ({
      walletType,
      name,
      screenshot,
      languages: [...languages],
    })),
    ...(payment.walletType !== null && { fixed: true }),
  };
}

/**
 * Paykassma cannot be asked what became of a number. Only a postback reports it, and it is applied when it arrives. So the one
 * thing that can be found out here is that nothing was sent.
 */
function reconcileTransfer({ attempt, intents }: PendingAttempt): Outcome {
  if (intents.length === 0)
    return { kind: 'correction_requested', decline: { code: 'provider_unavailable' }, unconfirmed: false };
  return attempt.waiting ? { kind: 'waiting', reason: attempt.waiting } : { kind: 'unknown' };
}
