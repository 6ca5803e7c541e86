/** The record of a wallet that a configuration or a stored action names. */
import type { Wallet } from './wallets/wallet.ts';
import { wallets } from './wallets.ts';

/** Throws for a wallet that no record describes: what was checked at the start must not vanish later. */
export function walletOf(walletType: string): Wallet {
  const wallet = wallets.get(walletType);
  if (!wallet) throw new Error('a wallet without a record');
  return wallet;
}
