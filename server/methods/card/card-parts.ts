/** What the room of cards needs: one Payme cashbox per merchant that sells by card. */
import type { PaymeClient } from '../../clients/payme/client.ts';
import type { Clock, Observer, Sealer, Store } from '../../payments/model/ports.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { Payments } from '../../payments/payments.ts';
import type { CardSettings } from './account.ts';

export interface CardAccount {
  /** Names the cashbox: tokens belong to it. */
  id: string;
  /** Names the service in the evidence of money: it outlives an exchange of cashboxes. */
  upstream: string;
  client: PaymeClient;
  settings: CardSettings;
}

export interface CardParts {
  /** Null for a merchant that sells nothing by card. */
  account(merchantId: string): CardAccount | null;
  /** Where browsers reach this server. */
  publicUrl: URL;
  sealer: Sealer;
  clock: Clock;
  observer: Observer;
  store: Store;
}

/** What a customer's or a merchant's word needs besides. */
export interface PayingParts extends CardParts {
  payments: Payments;
  /** Uses the discount code of a payment, if it has one, before the rest is charged. */
  burnDiscount(paymentId: string): Promise<{ kind: 'clear' } | { kind: 'refused'; refusal: Refusal }>;
}
