/**
 * The daily comparison of our books with a payment service's own list, as it is stored, and the queries for it. Amounts are in
 * minor units of their currency, times are milliseconds since 1970 by our own clock where nothing else is said.
 */
import type { PaymentMethod } from '#contract';
import type { Actor, DecisionRecord, FlagKind, FlagRecord } from './operator-records.ts';
import type { EvidenceRecord } from './records.ts';

/** Whose list is compared: Payme's, which is requested, or one from Paykassma's cabinet, which an operator uploads. */
export type ReconciliationSource = 'payme' | 'paykassma';

/** The newest comparison of one merchant's day. Unique by (merchant, day, source): a later one replaces it. */
export interface ReconciliationRecord {
  id: string;
  merchantId: string;
  /** `YYYY-MM-DD`, in the merchant's time zone. */
  day: string;
  source: ReconciliationSource;
  /** `failed`: `problem` says why, and the result of an earlier comparison is gone. */
  status: 'running' | 'done' | 'failed';
  problem: string | null;
  /** Null for the automatic comparison. */
  requestedBy: Actor | null;
  startedAt: number;
  endedAt: number | null;
  /** Until when whoever runs it has to be done; 0 once it has ended. */
  leaseUntil: number;
  /** How many paid entries of the day the list has, and how many of our records were looked for on it. */
  there: number;
  here: number;
  /** How many paid entries were made by other systems that share the account. They are none of our business. */
  foreign: number;
  differences: number;
}

export type DifferenceKind =
  /** The service was paid, and no payment of ours knows of it. */
  | 'paid_there'
  /** We count money that the service does not have. */
  | 'known_here'
  | 'amounts_differ';

export interface DifferenceRecord {
  reconciliationId: string;
  kind: DifferenceKind;
  /** The service's id, e.g. of a receipt or a transfer. With `kind` it is unique within a comparison. */
  upstreamId: string;
  paymentId: string | null;
  /** Null where the list does not have it. */
  theirAmount: number | null;
  theirCurrency: string | null;
  /** Null where our books do not have it. */
  ourAmount: number | null;
  ourCurrency: string | null;
  /** When it was paid according to the list, or stored by us. */
  at: number;
  /** One sentence for the operator. */
  reason: string;
}

/** Work that one of many processes does now and then, and that goes on where the last one stopped. */
export interface PeriodicWorkRecord {
  /** E.g. `reversals <cashbox>`. */
  name: string;
  /** Where to go on; only the work knows its form. Null at a beginning. */
  cursor: string | null;
  nextAt: number;
  /** Until when one process owns it; 0 if none does. */
  leaseUntil: number;
}

/** Our records of money by one method that were stored between `from` and `to` (not included), in the order of their time. */
export interface TakenFilter {
  merchantId: string;
  method: PaymentMethod;
  from: number;
  to: number;
  /** The last one of the page before. */
  after: Pick<EvidenceRecord, 'takenAt' | 'upstreamId'> | null;
  limit: number;
}

export interface ReconciliationQueries {
  /** The work if it is due and nobody owns it, leased until then. It is created as `first` says if it is not known yet. */
  leasePeriodicWork(
    first: Omit<PeriodicWorkRecord, 'leaseUntil'>,
    now: number,
    leaseUntil: number,
  ): Promise<PeriodicWorkRecord | null>;
  /** Releases it with its new cursor and time. False if our lease, `leased`, is not the newest any more; then nothing is written. */
  releasePeriodicWork(work: PeriodicWorkRecord, leased: number): Promise<boolean>;

  /**
   * Stores a comparison that begins. The id of an earlier one of the same (merchant, day, source) stays.
   * @returns It, as stored; null if another one is running.
   */
  beginReconciliation(reconciliation: ReconciliationRecord): Promise<ReconciliationRecord | null>;
  /** Writes the result if `leased` is still our lease. */
  endReconciliation(reconciliation: ReconciliationRecord, leased: number): Promise<boolean>;
  reconciliation(id: string): Promise<ReconciliationRecord | null>;
  /** Newest first. `merchants`: null for all. `after`: the last one of the page before. */
  reconciliations(
    merchants: readonly string[] | null,
    after: Pick<ReconciliationRecord, 'startedAt' | 'id'> | null,
    limit: number,
  ): Promise<ReconciliationRecord[]>;
  /** Deletes the differences of the comparison, and stores these. */
  replaceDifferences(reconciliationId: string, differences: readonly DifferenceRecord[]): Promise<void>;
  differences(reconciliationId: string): Promise<DifferenceRecord[]>;

  evidenceTaken(filter: TakenFilter): Promise<EvidenceRecord[]>;
  /** What people decided to be paid in that time by attempts of one method, as far as it is effective. */
  decisionsPaid(filter: Omit<TakenFilter, 'after'>): Promise<DecisionRecord[]>;
  /** The effective decision that this has paid. */
  decisionOf(account: string, key: string): Promise<DecisionRecord | null>;
  flagOf(kind: FlagKind, subject: string): Promise<FlagRecord | null>;
}

/** The comparisons, as the operator's interface uses them. `merchants`: for which merchants the operator may act; null for all. */
export interface Reconciliations {
  /**
   * Begins a comparison, and returns it while it runs.
   * @throws {ProblemError} `not_found` for a merchant; `invalid_request` (422) for a day that is not over, a service without an
   * account, and a list that cannot be read; `busy` while the same comparison runs
   */
  startReconciliation(wanted: WantedReconciliation, merchants: readonly string[] | null): Promise<ReconciliationRecord>;
  /** @throws {ProblemError} `not_found` */
  readReconciliation(
    id: string,
    merchants: readonly string[] | null,
  ): Promise<ReconciliationRecord & { found: readonly DifferenceRecord[] }>;
  /** Newest first. */
  listReconciliations(
    merchants: readonly string[] | null,
    after: Pick<ReconciliationRecord, 'startedAt' | 'id'> | null,
    limit: number,
  ): Promise<ReconciliationRecord[]>;
}

export interface WantedReconciliation extends Pick<ReconciliationRecord, 'merchantId' | 'day' | 'source'> {
  /** The uploaded list, for `paykassma`. */
  csv?: string | undefined;
  by: Actor;
}
