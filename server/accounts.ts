/** The accounts of the merchants at the payment services. Merchants never share credentials or connections. */
import { minorUnitDigits } from '#contract';
import { createPayCodesClient } from './clients/paycodes/client.ts';
import { createPaykassmaClient } from './clients/paykassma/client.ts';
import { createPaymeClient } from './clients/payme/client.ts';
import type { MerchantConfig } from './merchants.ts';
import type { CardAccount } from './methods/card/account.ts';
import type { PayCodeAccount } from './methods/pay-code/account.ts';
import type { WalletAccount } from './methods/wallet/account.ts';

interface Accounts<Account> {
  /** Null for a merchant that does not offer the method. */
  account(merchantId: string): Account | null;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

export const payCodeAccounts = (merchants: readonly MerchantConfig[]): Accounts<PayCodeAccount> =>
  createAccounts(
    merchants,
    ({ payCode }) => payCode,
    (settings) => {
      const { url, auth, transport, contentType, timeoutMs, timeZone } = settings;
      return { client: createPayCodesClient({ url: new URL(url), auth, transport, contentType, timeoutMs, timeZone }), settings };
    },
  );

export const walletAccounts = (merchants: readonly MerchantConfig[]): Accounts<WalletAccount> =>
  createAccounts(
    merchants,
    ({ wallet }) => wallet,
    (settings) => {
      const { url, secret, accessKey, account = accessKey, timeoutsMs } = settings;
      const upstream = `paykassma:${new URL(url).host}`;
      const client = createPaykassmaClient({ url: new URL(url), secret, minorUnitDigits, timeoutsMs });
      return { id: `${upstream}:${account}`, upstream, client, settings };
    },
  );

interface CardAccounts extends Accounts<CardAccount> {
  /** Origins, besides ours, that the merchant's card frame calls. */
  frameOrigins(merchantId: string): readonly string[];
}

export function cardAccounts(merchants: readonly MerchantConfig[]): CardAccounts {
  const accounts = createAccounts(
    merchants,
    ({ card }) => card,
    (settings): CardAccount => {
      const { url, cashboxId, key, timeoutsMs } = settings;
      const upstream = `payme:${new URL(url).host}`;
      const client = createPaymeClient({ url: new URL(url), cashboxId, key, timeoutsMs });
      return { id: `${upstream}:${cashboxId}`, upstream, client, settings };
    },
  );
  return {
    ...accounts,
    frameOrigins(merchantId) {
      const settings = accounts.account(merchantId)?.settings;
      return settings?.transport === 'direct' ? [new URL(settings.url).origin] : [];
    },
  };
}

/** One account for each merchant whose settings name the method. */
function createAccounts<Settings, Account extends { client: { close(): Promise<void> } }>(
  merchants: readonly MerchantConfig[],
  pick: (methods: MerchantConfig['methods']) => Settings | undefined,
  create: (settings: Settings) => Account,
): Accounts<Account> {
  const accounts = new Map<string, Account>();
  for (const { id, methods } of merchants) {
    const settings = pick(methods);
    if (settings !== undefined) accounts.set(id, create(settings));
  }
  return {
    account: (merchantId) => accounts.get(merchantId) ?? null,
    close: async () => void (await Promise.all([...accounts.values()].map(({ client }) => client.close()))),
  };
}
