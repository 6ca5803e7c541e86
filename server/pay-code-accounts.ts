/** One PayCodes client for each merchant that sells by code: credentials and connections are never shared between merchants. */
import { createPayCodesClient } from './clients/paycodes/client.ts';
import type { MerchantConfig } from './merchant-config.ts';
import type { PayCodeAccount } from './methods/pay-code/account.ts';

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
