/** One Payme client for each merchant that sells by card: credentials and connections are never shared between merchants. */
import { createPaymeClient } from './clients/payme/client.ts';
import type { MerchantConfig } from './merchant-config.ts';
import type { CardAccount } from './methods/card/account.ts';

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
