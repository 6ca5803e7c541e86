/** The accounts of the merchants at the payment services. Merchants never share credentials or connections. */
import { minorUnitDigits } from '#contract';
import type { BreakerOptions, BreakerState } from './clients/breaker.ts';
import { createPayCodesClient } from './clients/paycodes/client.ts';
import { createPaykassmaClient } from './clients/paykassma/client.ts';
import { createPaymeClient } from './clients/payme/client.ts';
import type { MerchantConfig } from './merchants.ts';
import type { CardAccount } from './methods/card/account.ts';
import type { PayCodeAccount } from './methods/pay-code/account.ts';
import type { WalletAccount } from './methods/wallet/account.ts';
import { OperatorNotice } from './payments/model/errors.ts';
import type { Telemetry } from './payments/model/ports.ts';

interface Accounts<Account> {
  /** Null for a merchant that does not offer the method. */
  account(merchantId: string): Account | null;
  /** From now on these are the merchants. Work that has begun with an account of before may end with it. */
  replace(merchants: readonly MerchantConfig[]): void;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
  /** Whether customers may begin, for each account. */
  breakers(): BreakerState[];
}

/** Where the breakers are reported. */
type Observer = Pick<Telemetry, 'failure'> | undefined;

export const payCodeAccounts = (merchants: readonly MerchantConfig[], observer?: Observer): Accounts<PayCodeAccount> =>
  createAccounts(
    merchants,
    ({ payCode }) => payCode,
    (settings, breaker) => {
      const { url, auth, transport, contentType, timeoutMs, timeZone } = settings;
      const options = { url: new URL(url), auth, transport, contentType, timeoutMs, timeZone, breaker };
      return { client: createPayCodesClient(options), settings };
    },
    reportTo(observer, 'PayCodes'),
  );

export const walletAccounts = (merchants: readonly MerchantConfig[], observer?: Observer): Accounts<WalletAccount> =>
  createAccounts(
    merchants,
    ({ wallet }) => wallet,
    (settings, breaker) => {
      const { url, secret, accessKey, account = accessKey, timeoutsMs } = settings;
      const upstream = `paykassma:${new URL(url).host}`;
      const client = createPaykassmaClient({ url: new URL(url), secret, minorUnitDigits, timeoutsMs, breaker });
      return { id: `${upstream}:${account}`, upstream, client, settings };
    },
    reportTo(observer, 'Paykassma'),
  );

interface CardAccounts extends Accounts<CardAccount> {
  /** Origins, besides ours, that the merchant's card frame calls. */
  frameOrigins(merchantId: string): readonly string[];
}

export function cardAccounts(merchants: readonly MerchantConfig[], observer?: Observer): CardAccounts {
  const accounts = createAccounts(
    merchants,
    ({ card }) => card,
    (settings, breaker): CardAccount => {
      const { url, cashboxId, key, timeoutsMs } = settings;
      const upstream = `payme:${new URL(url).host}`;
      const client = createPaymeClient({ url: new URL(url), cashboxId, key, timeoutsMs, breaker });
      return { id: `${upstream}:${cashboxId}`, upstream, client, settings };
    },
    reportTo(observer, 'Payme'),
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

/** Writes one line when a breaker opens, and one when it closes. */
const reportTo =
  (observer: Observer, service: string) =>
  (merchantId: string): BreakerOptions => ({
    onChange: (state) =>
      observer?.failure(
        'payment services',
        new OperatorNotice(
          state === 'open'
            ? `${service} does not answer for ${merchantId}: nothing new is begun there`
            : `${service} answers for ${merchantId} again`,
        ),
      ),
  });

/** Each account has its own connections, and others for background work. */
interface Opened<Account> {
  client: { close(): Promise<void>; breaker: { state(): BreakerState } };
  background?: Account;
}

/** One account for each merchant whose settings name the method. */
function createAccounts<Settings, Account extends Opened<Account>>(
  merchants: readonly MerchantConfig[],
  pick: (methods: MerchantConfig['methods']) => Settings | undefined,
  create: (settings: Settings, breaker?: BreakerOptions) => Account,
  report: (merchantId: string) => BreakerOptions,
): Accounts<Account> {
  const closeAccount = ({ client, background }: Account) => Promise.all([client.close(), background?.client.close()]);
  type Entry = { account: Account; written: string };
  const retired = new Map<Account, NodeJS.Timeout>();
  const open = (all: readonly MerchantConfig[], before: ReadonlyMap<string, Entry>): Map<string, Entry> => {
    const entries = new Map<string, Entry>();
    for (const { id, methods } of all) {
      const settings = pick(methods);
      if (settings === undefined) continue;
      const written = JSON.stringify(settings);
      const known = before.get(id);
      entries.set(
        id,
        known?.written === written
          ? known
          : { account: { ...create(settings, report(id)), background: create(settings) }, written },
      );
    }
    return entries;
  };
  const retire = (account: Account): void => {
    const close = () => {
      retired.delete(account);
      // The connections are gone one way or the other.
      closeAccount(account).catch(() => undefined);
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
      await Promise.all(all.map(closeAccount));
    },
    breakers: () => [...entries.values()].map(({ account }) => account.client.breaker.state()),
  };
}
