/**
 * What operators read from the database, beyond the queries of `store.ts`, and what a merchant lists. Every list is read by cursor
 * from an index, so that it takes as long with a million payments as with a thousand. Times are milliseconds since 1970, amounts minor units.
 */
import type { PaymentMethod, PaymentStatus } from '#contract';
import type { QueueKind } from '#contract/operate';
import type { AuditRecord, PostbackItemRecord } from './operator-records.ts';
import type { IntentRecord, OutboxRecord } from './records.ts';

/** What a merchant's server lists of its own payments. */
export interface ListFilter {
  orderId?: string | undefined;
  label?: string | undefined;
  status?: PaymentStatus | undefined;
  /** How the payment's id begins: see `idBeginning`. */
  idBeginning?: string | undefined;
  /** Minor units. */
  amount?: number | undefined;
  currency?: string | undefined;
  /** Created at or after this moment, and before that one. */
  createdFrom?: number | undefined;
  createdTo?: number | undefined;
  /** The id of a payment: only older ones, or, with `before`, the next newer ones. */
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** Whose payments may be read; null for those of all merchants. */
export type MerchantIds = readonly string[] | null;

/** A place in a list that is ordered by time and id. */
export interface Cursor {
  at: number;
  id: string;
}

/** One thing that waits for a person. */
export interface WaitingItem {
  id: string;
  kind: QueueKind;
  merchantId: string;
  paymentId: string | null;
  orderId: string | null;
  amount: number | null;
  currency: string | null;
  /** What is known of why it waits, by its kind: a sentence, or a word such as the method or the type of a webhook. Null: nothing. */
  detail: string | null;
  since: number;
}

/** What a search text may mean. Each of them is looked up in an index. */
export type SearchTerm =
  /** `idPrefix`: the beginning of a payment's id, from the reference that a customer reads out. */
  | { by: 'id' | 'idPrefix' | 'attempt' | 'order' | 'label' | 'upstreamId'; text: string }
  /** The end of a card number, a pay code or a transaction number, as it is stored: four characters at most. */
  | { by: 'tail'; text: string }
  /** A whole transaction number or phone number, or its end. */
  | { by: 'numberEnd' | 'phoneEnd'; text: string }
  /** Asked or paid: minor units by the number of digits that a currency has after the point. */
  | { by: 'amount'; byDigits: Readonly<Record<number, number>> };

export interface PaymentFilter {
  /** Absent: all payments. */
  term?: SearchTerm | undefined;
  merchants: MerchantIds;
  status?: PaymentStatus | undefined;
  method?: PaymentMethod | undefined;
  currency?: string | undefined;
  /** Created at or after this moment, and before that one. */
  from?: number | undefined;
  before?: number | undefined;
}

export interface SummaryRecord {
  id: string;
  merchantId: string;
  orderId: string;
  label: string;
  status: PaymentStatus;
  test: boolean;
  amount: number;
  discount: number;
  amountPaid: number;
  amountRefunded: number;
  currency: string;
  method: PaymentMethod | null;
  lastCharacters: string | null;
  createdAt: number;
  updatedAt: number;
  paidAt: number | null;
}

/** A part of a list. `next`: where to go on; null at the end. A page may be short, or even empty, and not be the last. */
export interface SummaryPage {
  payments: SummaryRecord[];
  next: Cursor | null;
}

/** What was paid since a moment, by method and currency. */
export interface PaidSum {
  method: PaymentMethod | null;
  currency: string;
  count: number;
  amount: number;
}

export interface OldestWaiting {
  needsReview: number | null;
  outcomeUnknown: number | null;
  webhook: number | null;
  postback: number | null;
}

export interface OperatorReads {
  /** What waits for a person, oldest first. `unknownBefore`: an outcome that is unknown since then waits for a person. */
  waiting(filter: {
    merchants: MerchantIds;
    /** Whose unmatched postbacks, if not those of all `merchants`. */
    postbacksOf?: MerchantIds | undefined;
    kind?: QueueKind | undefined;
    after?: Cursor | undefined;
    limit: number;
    unknownBefore: number;
  }): Promise<WaitingItem[]>;
  /** How many of each kind wait, at most `most` of each. */
  countWaiting(filter: {
    merchants: MerchantIds;
    postbacksOf?: MerchantIds | undefined;
    unknownBefore: number;
    most: number;
  }): Promise<Partial<Record<QueueKind, number>>>;
  /** Newest first. */
  findPayments(filter: PaymentFilter, after: Cursor | null, limit: number): Promise<SummaryPage>;
  /**
   * How much of the counted money of these payments the payment services themselves have reported, in the payment's currency. The rest is
   * what people and shops have said. A payment without such money is left out.
   */
  reportedByServices(paymentIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The payments whose id begins so, two at most. */
  idsBeginning(prefix: string): Promise<string[]>;
  /** The history of one payment, or of some, oldest first. */
  auditOf(paymentIds: readonly string[]): Promise<AuditRecord[]>;
  intentsOf(paymentId: string): Promise<IntentRecord[]>;
  webhooksOf(paymentId: string): Promise<OutboxRecord[]>;
  postbackItemsOf(paymentId: string): Promise<PostbackItemRecord[]>;
  postbackItems(filter: {
    merchants: MerchantIds;
    status: PostbackItemRecord['status'];
    after?: Cursor | undefined;
    limit: number;
  }): Promise<PostbackItemRecord[]>;
  paidSince(since: number, merchants: MerchantIds): Promise<PaidSum[]>;
  oldestWaiting(merchants: MerchantIds, unknownBefore: number, postbacksOf?: MerchantIds): Promise<OldestWaiting>;
}
