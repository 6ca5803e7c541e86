/**
 * A payment service's own list of what it was paid, as the daily comparison reads it (`server/reconcile/`). The methods know how
 * the services list payments, and how an entry is found in our books.
 */
import type { PaymentMethod } from '#contract';
import type { ReconciliationSource } from './reconciliation-records.ts';
import type { ClaimRecord } from './records.ts';

/** One payment on the list. */
export interface StatementEntry {
  /** The service's id of it, as an operator knows it: a receipt's id, a transaction number. */
  id: string;
  /** When it was paid, in milliseconds since 1970. */
  at: number;
  /** In minor units of the currency. */
  amount: number;
  currency: string;
  /** `returned`: it was paid, and the service has given the money back or is about to. */
  state: 'paid' | 'returned';
  /** The upstream ids under which our books may have its money, the likeliest first. */
  evidenceIds: readonly string[];
  /** What a customer or an attempt of ours has claimed of it, as far as that can be named. */
  claims: readonly Pick<ClaimRecord, 'account' | 'key'>[];
  /** The attempt of ours that it names; null if it names none. */
  attemptId: string | null;
  /** It names what is none of ours: another system that shares the account has made it. */
  foreign: boolean;
}

export interface Statement {
  /** Identifies the service in evidence of money. */
  upstream: string;
  /** All entries of the time that was requested, and some before and after it. */
  entries: readonly StatementEntry[];
  /** How many entries could not be read. */
  unreadable: number;
  /** Whether the list also covers the time before the one that was requested. Money is often stored here later than it was paid. */
  coversBefore: boolean;
}

/** How one service's list is read. */
export interface StatementSource {
  readonly source: ReconciliationSource;
  readonly method: PaymentMethod;
  /** Whether the merchant has an account there. */
  has(merchantId: string): boolean;
  /** Null if the service could not be reached now. Only for a service that has its list requested. */
  request?(merchantId: string, from: number, to: number): Promise<Statement | null>;
  /** @throws {ProblemError} `invalid_request` (422) if the uploaded list cannot be read as a whole */
  read?(merchantId: string, csv: string, from: number): Promise<Statement>;
  /** Looks for one payment that is not on the list. Null if the service could not be reached now. */
  find?(merchantId: string, upstreamId: string): Promise<StatementEntry | 'missing' | null>;
}
