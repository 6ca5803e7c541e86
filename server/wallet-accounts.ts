/** One Paykassma client for each merchant that sells by wallet: credentials and connections are never shared between merchants. */
import { minorUnitDigits } from '#contract';
import { createPaykassmaClient } from './clients/paykassma/client.ts';
import type { MerchantConfig } from './merchant-config.ts';
import type { WalletAccount } from './methods/wallet/account.ts';

export interface WalletAccounts {
  /** Null for a merchant that sells nothing by wallet. */
  account(merchantId: string): WalletAccount | null;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

export function walletAccounts(merchants: readonly MerchantConfig[]): WalletAccounts {
  const accounts = new Map<string, WalletAccount>();
  for (const { id, methods } of merchants) {
    if (!methods.wallet) continue;
    const { url, secret, accessKey, account = accessKey, timeoutsMs } = methods.wallet;
    const upstream = `paykassma:${new URL(url).host}`;
    const client = createPaykassmaClient({ url: new URL(url), secret, minorUnitDigits, timeoutsMs });
    accounts.set(id, { id: `${upstream}:${account}`, upstream, client, settings: methods.wallet });
  }
  return {
    account: (merchantId) => accounts.get(merchantId) ?? null,
    close: async () => void (await Promise.all([...accounts.values()].map(({ client }) => client.close()))),
  };
}
