/** The wallets a payment can be made by: sold by this merchant, in this currency, of this amount, and taking transfers now. */
import { minorUnitDigits } from '#contract';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { Availability } from './availability.ts';
import { walletOf } from './wallet-of.ts';
import type { WalletAccount } from './wallet-parts.ts';
import type { Wallet } from './wallets/wallet.ts';

type Wanted = Pick<PaymentRecord, 'currency' | 'amount' | 'discount' | 'label' | 'walletType'>;

/** In the order that Paykassma gives, where it gave one. */
export function walletsFor(account: WalletAccount, availability: Availability, payment: Wanted): Wallet[] {
  const known = availability.known({ account, currency: payment.currency, label: payment.label });
  const sold = account.settings.wallets.map(walletOf).filter((wallet) => fits(wallet, payment));
  if (known === null) return sold;
  return known.map((type) => sold.find(({ walletType }) => walletType === type)).filter((wallet) => wallet !== undefined);
}

/** The wallet, available or not: null where it cannot pay this. */
export const soldWallet = (account: WalletAccount, payment: Wanted, walletType: string): Wallet | null =>
  account.settings.wallets.map(walletOf).find((wallet) => wallet.walletType === walletType && fits(wallet, payment)) ?? null;

function fits(wallet: Wallet, { currency, amount, discount, walletType }: Wanted): boolean {
  if (wallet.currency !== currency || (walletType !== null && wallet.walletType !== walletType)) return false;
  // `possible-transaction` takes whole major units only.
  return wallet.family !== 'manual' || (amount - discount) % 10 ** minorUnitDigits(currency) === 0;
}
