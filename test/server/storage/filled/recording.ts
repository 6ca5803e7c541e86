/** What is kept beside a filled database: its payments by name, and the ledgers of the three services at that moment. */
import type { CreatePayment, Payment } from '../../../../server/contract/index.ts';
import type { MerchantId } from './keys.ts';
import type { Hosts, Snapshots } from './upstreams.ts';

export interface NotedPayment {
  /** Its state, e.g. `wallet-lost-activated`. */
  name: string;
  merchant: MerchantId;
  id: string;
  clientSecret: string;
  /** Idempotency-Key and body that it was created by. */
  key: string;
  body: CreatePayment;
}

export interface Recording {
  version: string;
  /** The server's clock at that moment, milliseconds since 1970. */
  recordedAt: number;
  /** Where the services listened: the database contains these hosts. */
  hosts: Hosts;
  payments: (NotedPayment & {
    /** As the merchant's server saw it at that moment. */
    seen: Payment;
  })[];
  /** Submissions of customers by name of the payment: route, Idempotency-Key and body, to be sent again. */
  replays: { name: string; path: string; key: string; body: object }[];
  /** Webhooks that were accepted by then. */
  received: { id: string; type: string; paymentId: string; sequence: number }[];
  /** How many rows each table had. */
  rows: Record<string, number>;
  services: Snapshots;
}
