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
  /** From now on these are the merchants. Work that has begun with an account of before may end with it. */
  replace(merchants: readonly MerchantConfig[]): void;
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

/**
 * How long a replaced account keeps its connections, in milliseconds. It is longer than any work on one attempt takes that may
 * have begun with it.
 */
const retiredForMs = 5 * 60_000;

/** One account for each merchant whose settings name the method. */
function createAccounts<Settings, Account extends { client: { close(): Promise<void> } }>(
  merchants: readonly MerchantConfig[],
  pick: (methods: MerchantConfig['methods']) => Settings | undefined,
  create: (settings: Settings) => Account,
): Accounts<Account> {
  type Entry = { account: Account; written: string };
  const retired = new Map<Account, NodeJS.Timeout>();
  const open = (all: readonly MerchantConfig[], before: ReadonlyMap<string, Entry>): Map<string, Entry> => {
    const entries = new Map<string, Entry>();
    for (const { id, methods } of all) {
      const settings = pick(methods);
      if (settings === undefined) continue;
      const written = JSON.stringify(settings);
      const known = before.get(id);
      entries.set(id, known?.written === written ? known : { account: create(settings), written });
    }
    return entries;
  };
  const retire = (account: Account): void => {
    const close = () => {
      retired.delete(account);
      // The connections are gone one way or the other.
      account.client.close().catch(() => undefined);
    };
    retired.set(account, setTimeout(close, retiredForMs).unref());
  };
  let entries = open(merchants, new Map());
  return {
    account: (merchantId) => entries.get(merchantId)?.account ?? null,
    replace(next) {
      const before = entries;
      entries = open(next, before);
      for (const [id, { account }] of before) if (entries.get(id)?.account !== account) retire(account);
    },
    async close() {
      for (const timer of retired.values()) clearTimeout(timer);
      const all = [...retired.keys(), ...[...entries.values()].map(({ account }) => account)];
      await Promise.all(all.map(({ client }) => client.close()));
    },
  };
}
