/**
 * The merchants, their accounts and the operators as they are now. All of them are replaced at one moment, between two turns of
 * the event loop, so that no request sees half of a change.
 */
import { cardAccounts, payCodeAccounts, walletAccounts } from './accounts.ts';
import type { MerchantConfig } from './merchants.ts';
import type { Operator } from './payments/model/access-keys.ts';

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
  /** Lets calls in flight end, then closes all connections. */
  close(): Promise<void>;
}

/** @param onReplaced called after each replacement */
export function createLiveMerchants(
  initial: Content,
  onReplaced?: (merchants: readonly MerchantConfig[]) => void,
): LiveMerchants {
  let content = initial;
  let byId = indexById(initial.merchants);
  const accounts = {
    payCode: payCodeAccounts(initial.merchants),
    wallet: walletAccounts(initial.merchants),
    card: cardAccounts(initial.merchants),
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
    close: async () => void (await Promise.all(each.map(({ close }) => close()))),
  };
}

const indexById = (merchants: readonly MerchantConfig[]): ReadonlyMap<string, MerchantConfig> =>
  new Map(merchants.map((merchant) => [merchant.id, merchant]));
