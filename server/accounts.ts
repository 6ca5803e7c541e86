/** One Payme client for each merchant that sells by card: credentials and connections are never shared between merchants. */

import { minorUnitDigits } from '#contract';
import { createPayCodesClient } from './clients/paycodes/client.ts';
import { createPaykassmaClient } from './clients/paykassma/client.ts';
import { createPaymeClient } from './clients/payme/client.ts';
import type { MerchantConfig } from './merchants.ts';
import type { CardAccount } from './methods/card/account.ts';
import type { PayCodeAccount } from './methods/pay-code/account.ts';
import type { WalletAccount } from './methods/wallet/account.ts';

export interface CardAccounts {
  /** Null for a merchant that sells nothing by card. */
  account(merchantId: string): CardAccount | null;
  /** Origins besides ours that the card frame of this merchant talks to. */
  frameOrigins(merchantId: string): readonly string[];
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

export function cardAccounts(merchants: readonly MerchantConfig[]): CardAccounts {
  const accounts = new Map<string, CardAccount>();
  for (const { id, methods } of merchants) {
    if (!methods.card) continue;
    const { url, cashboxId, key, timeoutsMs } = methods.card;
    const upstream = `payme:${new URL(url).host}`;
    const client = createPaymeClient({ url: new URL(url), cashboxId, key, timeoutsMs });
    accounts.set(id, { id: `${upstream}:${cashboxId}`, upstream, client, settings: methods.card });
  }
  return {
    account: (merchantId) => accounts.get(merchantId) ?? null,
    frameOrigins(merchantId) {
      const settings = accounts.get(merchantId)?.settings;
      return settings?.transport === 'direct' ? [new URL(settings.url).origin] : [];
    },
    close: async () => void (await Promise.all([...accounts.values()].map(({ client }) => client.close()))),
  };
}

/** One PayCodes client for each merchant that sells by code: credentials and connections are never shared between merchants. */
export interface PayCodeAccounts {
  /** Null for a merchant that sells nothing by code. */
  account(merchantId: string): PayCodeAccount | null;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

export function payCodeAccounts(merchants: readonly MerchantConfig[]): PayCodeAccounts {
  const accounts = new Map<string, PayCodeAccount>();
  for (const { id, methods } of merchants) {
    if (!methods.payCode) continue;
    const { url, auth, transport, contentType, timeoutMs, timeZone } = methods.payCode;
    const client = createPayCodesClient({ url: new URL(url), auth, transport, contentType, timeoutMs, timeZone });
    accounts.set(id, { client, settings: methods.payCode });
  }
  return {
    account: (merchantId) => accounts.get(merchantId) ?? null,
    close: async () => void (await Promise.all([...accounts.values()].map(({ client }) => client.close()))),
  };
}

/** One Paykassma client for each merchant that sells by wallet: credentials and connections are never shared between merchants. */
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
