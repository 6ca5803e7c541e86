/**
 * What the store knows of webhooks after they were written: every try to deliver one, the log that merchants and operators read,
 * and which are sent again. `store.ts` has the queries that write a webhook and lease it for sending.
 */
import type { DeliveryReason, WebhookType } from '#contract';
import type { Actor } from './operator-records.ts';
import type { OutboxRecord } from './records.ts';

/** Where webhooks go: one endpoint of a merchant. Each gets webhooks of its own, which wait for no other endpoint. */
export interface Destination {
  merchantId: string;
  endpoint: string;
}

/** The name of the endpoint that every merchant has: `webhook` of the merchants file. Further ones are in `moreWebhooks`. */
export const mainEndpoint = 'main';

/** What merchants want to be told, and where. */
export interface WebhookWishes {
  /** Whether a merchant has asked for a type of webhook that is not written for everybody. By default nobody asks. */
  asksFor?(merchantId: string, type: WebhookType): boolean;
  /** The names of a merchant's endpoints beside the first one, each of which gets webhooks of its own. By default there are none. */
  endpoints?(merchantId: string): readonly string[];
}

/** One try to deliver a webhook. The host's answer is never kept, only its status. */
export interface DeliveryRecord {
  id: string;
  eventId: string;
  /** 1, 2, 3 … per webhook, replays included. */
  number: number;
  /** When the try began. */
  at: number;
  durationMs: number;
  /** The HTTP status; 0 = no answer. */
  status: number;
  /** Why there was no answer, or why an answer did not count; null where the status says it. */
  reason: DeliveryReason | null;
}

/** A webhook as the log lists it. */
export type LoggedWebhook = Omit<OutboxRecord, 'body'>;

/** A place in the order of the log: by time, then by id. */
export interface LogPosition {
  createdAt: number;
  id: string;
}

export interface LogFilter {
  endpoint: string;
  /** Only webhooks after this place. */
  after?: LogPosition;
  type?: string;
  paymentId?: string;
  status?: OutboxRecord['status'];
  /** Only webhooks that were created at this time or later. */
  createdFrom?: number;
  /** Only webhooks that were created before this time. */
  createdTo?: number;
  limit: number;
}

/** A request to send all webhooks of an endpoint again that were created in a range of time. The sender works it off in batches. */
export interface ReplayRecord extends Destination {
  id: string;
  /** Webhooks created at `fromAt` or later, and before `toAt`. */
  fromAt: number;
  toAt: number;
  /**
   * The last webhook that was looked at; `fromAt` and '' before the first. While webhooks that the endpoint lacks are written, it is the
   * place in the log of the first endpoint, and the id begins with `missing `.
   */
  cursorAt: number;
  cursorId: string;
  /** How many webhooks were queued again so far. */
  replayed: number;
  requestedBy: Actor;
  createdAt: number;
  /** Null while it is running. */
  endedAt: number | null;
}

/** What is stored in place of a body that was erased, long after the webhook was delivered or given up. */
export const erasedBody = '{"erased":true}';

/** Merchants by id; null: all. */
export type MerchantScope = readonly string[] | null;

export interface UndeliveredFilter {
  merchants: MerchantScope;
  /** Without it both. */
  status?: 'pending' | 'parked' | undefined;
  after: LogPosition | null;
  limit: number;
}

export interface WebhookQueries {
  /** Stores a try under the next number, and deletes all but the newest 50 of its webhook. */
  insertDelivery(delivery: Omit<DeliveryRecord, 'number'>): Promise<void>;
  /** The stored tries of a webhook, oldest first. */
  deliveries(eventId: string): Promise<DeliveryRecord[]>;
  /** The last try of each of these webhooks, without those that were never tried. */
  lastDeliveries(eventIds: readonly string[]): Promise<DeliveryRecord[]>;

  /** Null for an unknown webhook, and also for one of another merchant. */
  webhook(id: string, merchants: MerchantScope): Promise<OutboxRecord | null>;
  /** Oldest first. */
  listWebhooks(merchantId: string, filter: LogFilter): Promise<LoggedWebhook[]>;

  /** Those that wait to be sent or were given up, oldest first. */
  undeliveredWebhooks(filter: UndeliveredFilter): Promise<LoggedWebhook[]>;

  /**
   * Queues a webhook to be sent again as it is. One that is still pending is due now. Returns whether that changed anything: not if
   * it is being sent, or was asked for and is due already, or if its body was erased.
   */
  replayWebhook(webhook: Pick<OutboxRecord, 'id' | 'endpoint'>, at: number): Promise<boolean>;

  /**
   * Looks at the next `most` webhooks of the first endpoint after this place and before the end of the replay's range. Those that the
   * replay's endpoint, a further one, lacks because it was not in the merchants file are written for it as left out: the replay queues them.
   * @returns The place of the last one that was looked at; null at the end of the range.
   */
  writeMissingWebhooks(replay: ReplayRecord, after: LogPosition, most: number): Promise<LogPosition | null>;
  insertReplay(replay: ReplayRecord): Promise<void>;
  replay(merchantId: string, id: string): Promise<ReplayRecord | null>;
  /** Oldest first. */
  runningReplays(): Promise<ReplayRecord[]>;
  /** Writes its progress if nobody else has moved it since `cursor`; else false. */
  updateReplay(replay: ReplayRecord, cursor: Pick<ReplayRecord, 'cursorAt' | 'cursorId'>): Promise<boolean>;
  /**
   * The next webhooks after the cursor that this replay has to queue, in the order of the log: those that are not pending.
   * @param unwanted types that are left out
   */
  webhooksToReplay(replay: ReplayRecord, limit: number, unwanted: readonly string[]): Promise<LoggedWebhook[]>;
  /** Of an endpoint's replayed webhooks that are not delivered yet: how often each was tried since. At most `limit`. */
  triesOfReplayed(of: Destination, limit: number): Promise<number[]>;
  /**
   * As `replayWebhook`, for all webhooks that are not pending of these payments in the range of the replay, but for those that were
   * queued again since it was requested. Returns them.
   */
  replayOfPayments(
    replay: ReplayRecord,
    paymentIds: readonly string[],
    at: number,
    unwanted: readonly string[],
  ): Promise<LoggedWebhook[]>;
}
