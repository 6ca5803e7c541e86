/** A payment method by transfer without an upstream, for tests of other methods beside it. */
import type { Transfer } from '../../server/contract/index.ts';
import type { MethodPort } from '../../server/payments/model/ports.ts';

export const stubWallet: MethodPort = {
  method: 'wallet',
  offers: () => true,
  entryAction: async () => ({ kind: 'choose_wallet', wallets: [] }),
  reconcile: async () => ({ kind: 'unknown' }),
};

/** The requisites and the amount. */
export const stubTransfer = (amount: number): Transfer => ({
  kind: 'transfer',
  walletType: 'wavepay',
  walletName: 'WavePay',
  amount,
  requisites: [{ key: 'wallet_number', value: '09000000000' }],
  exactAmount: false,
  number: { maxLength: 10, inputMode: 'numeric' },
  screenshot: false,
});
