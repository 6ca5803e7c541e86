/** What the merchants file sets for payment by wallet, and what the functions of this folder depend on. */
import { isIP } from 'node:net';
import * as z from 'zod';
import type { PaykassmaClient } from '../../clients/paykassma/client.ts';
import { isTimeZone } from '../../payments/model/calendar.ts';
import type { Clock, Telemetry } from '../../payments/model/ports.ts';
import { redirectWalletTypes, wallets } from './wallets.ts';

const WalletType = z.string().superRefine((type, check) => {
  if (wallets.has(type)) return;
  const message = redirectWalletTypes.has(type)
    ? 'this wallet sends the customer to a page of its own, which is not supported'
    : `expected one of ${[...wallets.keys()].join(', ')}`;
  check.addIssue({ code: 'custom', message });
});

/** An address, or a subnet such as `203.0.113.0/24`. */
const Address = z.string().refine((text) => {
  const [address = '', bits = '0'] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}, 'expected an address or a subnet such as 203.0.113.0/24');

/** `methods.wallet` of a merchant. What Paykassma leaves open is a setting. */
export const WalletSettings = z.strictObject({
  /** The address of the deposit API, without `/api/v1`. */
  url: z.url({ protocol: /^https?$/ }),
  /** `pluginapi_secret`: what we show Paykassma with every call. */
  secret: z.string().min(1),
  /**
   * `postback_access_key` of the cabinet: the public one of the two keys with which Paykassma signs its postbacks. It gives access to
   * nothing, in spite of its name, and older postbacks carry it in clear.
   */
  accessKey: z.string().min(1),
  /** `postback_private_access_key` of the cabinet: the secret one of the two. Whoever knows both can forge a postback. */
  privateKey: z.string().min(1),
  /**
   * A name of one's own for the account, within which a transaction number can pay once; merchants that share the account give the
   * same name. It is stored with each payment, so it should be no key. The default is the access key all the same, as it was before
   * there were names (`pay-desk config check` warns of it): when that key is replaced, set `account` to the old key.
   */
  account: z.string().min(1).max(200).optional(),
  /** Where the signed value of a postback stands. That it is `additional_data` today is inferred. */
  signedPath: z.enum(['additional_data', 'transactions', 'body']).default('additional_data'),
  /** The wallets that this merchant accepts, each in its own currency. */
  wallets: z
    .array(WalletType)
    .min(1)
    .max(50)
    .refine((types) => new Set(types).size === types.length, 'expected each wallet once'),
  /** The addresses that postbacks may come from. Without it any address will do, because the signature proves a postback. */
  postbackAddresses: z.array(Address).min(1).max(100).optional(),
  /** The zone of the times in lists from the cabinet that name none. Paykassma's own is that of Manila; its support changes it. */
  cabinetTimeZone: z.string().refine(isTimeZone, 'expected the name of a time zone such as Asia/Manila').default('Asia/Manila'),
  limits: z
    .strictObject({
      /** Wrong numbers of one customer (label) in a day, whatever payments they are for. */
      wrongPerCustomer: z.int().min(1).max(100_000).default(20),
      /** Wrong numbers from one address (of IPv6: from one /64; twice as many from a /56, four times from a /48) in a day. */
      wrongPerAddress: z.int().min(1).max(100_000).default(20),
      /** More wrong numbers than these that differ only in their last two digits, in a day, are reported. They stop nobody. */
      wrongInARow: z.int().min(1).max(100_000).default(10),
    })
    .prefault({}),
  /** The total time of one call, in milliseconds. */
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

/** One Paykassma account. Each merchant that sells by wallet has one, and two merchants may share it. */
export interface WalletAccount {
  /**
   * Identifies the account at Paykassma, within which a transaction number is claimed. Merchants that share it have the same id.
   */
  id: string;
  /** Identifies the service in evidence of money. It stays the same when the keys are replaced. */
  upstream: string;
  client: PaykassmaClient;
  settings: WalletSettings;
}

export interface WalletDeps {
  /** Null for a merchant that does not sell by wallet. */
  account(merchantId: string): WalletAccount | null;
  clock: Clock;
  observer: Telemetry;
}
