/**
 * The merchants, their accounts and the operators as they are now. All of them are replaced at one moment, between two turns of
 * the event loop, so that no request sees half of a change.
 */
import { cardAccounts, payCodeAccounts, walletAccounts } from './accounts.ts';
import type { MerchantConfig } from './merchants.ts';
import type { Operator } from './payments/model/access-keys.ts';
import type { Telemetry } from './payments/model/ports.ts';
import type { BreakerStates } from './plugins/service-state.ts';

interface Content {
  merchants: readonly MerchantConfig[];
  operators?: readonly Operator[];
}

export interface LiveMerchants {
  /** Another array after each replacement. */
  all(): readonly MerchantConfig[];
  get(id: string): MerchantConfig | undefined;
  operators(): readonly Operator[];
  readonly payCode: ReturnType<typeof payCodeAccounts>;
  readonly wallet: ReturnType<typeof walletAccounts>;
  readonly card: ReturnType<typeof cardAccounts>;
  /** Accounts whose settings stay the same keep their connections. */
  replace(content: Content): void;
  /** The breakers of all accounts, by payment service. */
  breakers(): BreakerStates;
  /** Lets calls in flight end, then closes all connections. */
  close(): Promise<void>;
}

/**
 * @param onReplaced called after each replacement
 * @param observer is told when a payment service is away, and when it is back
 */
export function createLiveMerchants(
  initial: Content,
  onReplaced?: (merchants: readonly MerchantConfig[]) => void,
  observer?: Telemetry,
): LiveMerchants {
  let content = initial;
  let byId = indexById(initial.merchants);
  const accounts = {
    payCode: payCodeAccounts(initial.merchants, observer),
    wallet: walletAccounts(initial.merchants, observer),
    card: cardAccounts(initial.merchants, observer),
  };
  const each = Object.values(accounts);
  return {
    ...accounts,
    all: () => content.merchants,
    get: (id) => byId.get(id),
    operators: () => content.operators ?? [],
    replace(next) {
      content = next;
      byId = indexById(next.merchants);
      for (const { replace } of each) replace(next.merchants);
      onReplaced?.(next.merchants);
    },
    breakers: () => ({
      paycodes: accounts.payCode.breakers(),
      paykassma: accounts.wallet.breakers(),
      payme: accounts.card.breakers(),
    }),
    close: async () => void (await Promise.all(each.map(({ close }) => close()))),
  };
}

const indexById = (merchants: readonly MerchantConfig[]): ReadonlyMap<string, MerchantConfig> =>
  new Map(merchants.map((merchant) => [merchant.id, merchant]));
