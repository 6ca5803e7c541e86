/** What the room of wallets needs: one Paykassma account per merchant that sells by wallet. */
import type { PaykassmaClient } from '../../clients/paykassma/client.ts';
import type { Clock, Observer, Store } from '../../payments/model/ports.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { Payments } from '../../payments/payments.ts';
import type { WalletSettings } from './account.ts';
import type { Availability } from './availability.ts';

export interface WalletAccount {
  /** Names the books that transaction numbers and money are in: two merchants of one account share it. */
  id: string;
  /** Names the service in the evidence of money: it outlives an exchange of keys. */
  upstream: string;
  client: PaykassmaClient;
  settings: WalletSettings;
}

export interface WalletParts {
  /** Null for a merchant that sells nothing by wallet. */
  account(merchantId: string): WalletAccount | null;
  availability: Availability;
  clock: Clock;
  observer: Observer;
}

/** What a customer's or an upstream's word needs besides. */
export interface TransferParts extends WalletParts {
  payments: Payments;
  /** Uses the discount code of a payment, if it has one, before the rest is asked for. */
  burnDiscount(paymentId: string): Promise<{ kind: 'clear' } | { kind: 'refused'; refusal: Refusal }>;
  store: Pick<
    Store,
    | 'attempt'
    | 'attempts'
    | 'paymentsOfOrder'
    | 'intents'
    | 'payment'
    | 'insertPostback'
    | 'postbackByDigest'
    | 'unmatchedPostbacks'
    | 'updatePostback'
    | 'waitingPostbacks'
  >;
}
