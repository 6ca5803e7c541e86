/** What a merchant's file says of Paykassma. Unknowns of the service are settings. */
import { isIP } from 'node:net';
import * as z from 'zod';
import type { PaykassmaClient } from '../../clients/paykassma/client.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';
import type { Availability } from './availability.ts';
import { redirectWalletTypes, wallets } from './wallets.ts';

const WalletType = z.string().superRefine((type, check) => {
  if (wallets.has(type)) return;
  const message = redirectWalletTypes.has(type)
    ? 'this wallet sends the customer to a page of its own, which is not supported'
    : 'expected a wallet of server/methods/wallet/wallets';
  check.addIssue({ code: 'custom', message });
});

const Address = z.string().refine((text) => {
  const [address = '', bits = '0'] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}, 'expected an address or a subnet such as 203.0.113.0/24');

export const WalletSettings = z.strictObject({
  /** The deposit API's address, without `/api/v1`. */
  url: z.url({ protocol: /^https?$/ }),
  /** `pluginapi_secret`. */
  secret: z.string().min(1),
  /** `postback_access_key` and `postback_private_access_key` of the cabinet. */
  accessKey: z.string().min(1),
  privateKey: z.string().min(1),
  /** Names the account, whose numbers count once. By default the access key: name it so when that key is exchanged. */
  account: z.string().min(1).max(200).optional(),
  /** Where the signed value of a postback stands. That it is `additional_data` now is inferred. */
  signedPath: z.enum(['additional_data', 'transactions', 'body']).default('additional_data'),
  /** The wallets this merchant takes, each in its own currency. */
  wallets: z
    .array(WalletType)
    .min(1)
    .max(50)
    .refine((types) => new Set(types).size === types.length, 'expected each wallet once'),
  /** From where postbacks come; without it from anywhere, since their signature proves them. */
  postbackAddresses: z.array(Address).min(1).max(100).optional(),
  /** Total time of one call. */
  timeoutsMs: z
    .strictObject({
      available: z.int().min(50).max(60_000).default(5_000),
      create: z.int().min(50).max(60_000).default(10_000),
      activate: z.int().min(50).max(60_000).default(20_000),
      possibleTransaction: z.int().min(50).max(120_000).default(60_000),
    })
    .prefault({}),
});
export type WalletSettings = z.infer<typeof WalletSettings>;

/** What the room of wallets needs: one Paykassma account per merchant that sells by wallet. */
export interface WalletAccount {
  /** Names the books that transaction numbers and money are in: two merchants of one account share it. */
  id: string;
  /** Names the service in the evidence of money: it outlives an exchange of keys. */
  upstream: string;
  client: PaykassmaClient;
  settings: WalletSettings;
}

export interface WalletDeps {
  /** Null for a merchant that sells nothing by wallet. */
  account(merchantId: string): WalletAccount | null;
  availability: Availability;
  clock: Clock;
  observer: Telemetry;
}

/** What a customer's or an upstream's word needs besides. */
export interface TransferDeps extends WalletDeps {
  payments: Payments;
  /** Redeems the discount code of a payment, if it has one, before the customer is shown where to send the rest. */
  redeemDiscount(paymentId: string): Promise<{ kind: 'clear' } | { kind: 'refused'; refusal: Refusal }>;
  store: Store;
  sealer: Sealer;
}
