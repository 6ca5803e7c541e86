/** What a link needs to know of its merchant. */
import type { Merchant } from '../payments/model/ports.ts';

export interface LinkMerchant extends Merchant {
  /** Keys that sign links; a link names its key by `kid`, so that keys can be exchanged while old links live on. */
  readonly linkKeys: readonly { readonly kid: string; readonly key: string }[];
  readonly returnUrls: Readonly<Record<string, string>>;
}
