/**
 * Whether new work may begin with an account of a payment service, or the service is away. A breaker stops no call: what was
 * begun is followed to its end, and money is looked for whatever the breaker says. It is asked before the first intent of new
 * work, so that a service that is away makes no payment whose outcome is unknown.
 *
 * It lives in the memory of one process. After a restart it is closed, and learns the same again by a few calls.
 */
import { UpstreamError } from './http.ts';

/** `open`: new work is declined. `half_open`: the next new work has the service read first. */
export type BreakerState = 'closed' | 'half_open' | 'open';

export interface BreakerOptions {
  /** Milliseconds that only ever grow. */
  now?: () => number;
  /** Called when new work is declined from now on, and when it is accepted again. */
  onChange?(state: 'open' | 'closed'): void;
}

export interface Breaker {
  /**
   * Makes a call and notes whether the service answered it. A refusal is an answer.
   * @param kind `spends`: its lost answer leaves a payment whose outcome is unknown.
   */
  watch<Answer>(call: () => Promise<Answer>, kind?: 'spends'): Promise<Answer>;
  /**
   * For how many milliseconds no new work may begin; 0 if it may now.
   * @param read Reads something and changes nothing, by a call of this account. True if the service answered.
   */
  waitMs(read: (signal: AbortSignal) => Promise<boolean>): Promise<number>;
  /** Whether the service did not answer the last call that ended. */
  isFailing(): boolean;
  state(): BreakerState;
}

/**
 * After so many calls in a row without an answer the service is doubted, and the next new work has it read first. A single
 * customer can cause this, by an input that makes the service fail, but our own reading is answered then.
 */
const doubtedAfter = 5;
/**
 * After so many spending calls in a row without an answer new work stops at once, even if readings are answered. Each of them
 * has left another payment to be looked into, so they come from as many customers.
 */
const openedAfterSpending = 3;
/** What failed longer ago than this is not of the same outage. */
const sameOutageMs = 60_000;
/** The customer waits in front of the form, so the first time is short. A service that stays away is read once a minute. */
const firstOpenMs = 5_000;
const longestOpenMs = 60_000;
/** Most services answer a reading within a second. A customer waits for it. */
const readingMs = 3_000;
/** For so long a spending call that fails opens the breaker again, for longer than before. */
const trialMs = 10 * 60_000;
/** If the first call in the queue has waited for so long, the connections are all taken by calls that hang. */
const patienceMs = 2_000;

/** @param queuedMs For how long the first call that waits for a connection has been waiting. */
export function createBreaker(
  { now = () => performance.now(), onChange }: BreakerOptions = {},
  queuedMs: () => number = () => 0,
): Breaker {
  let inARow = 0;
  let spendingInARow = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  /** Until when new work is declined; in the past: until the service is read. Null: it is not declined. */
  let openUntil: number | null = null;
  /** Since when, if it was reported as open. */
  let openedAt: number | null = null;
  /** How often it was opened in this outage. */
  let openings = 0;
  /** It was opened by spending calls, so a reading that is answered does not prove that they are answered again. */
  let bySpending = false;
  let reading: Promise<void> | null = null;

  const open = () => {
    openings += 1;
    openUntil = now() + Math.min(firstOpenMs * 2 ** (openings - 1), longestOpenMs);
    if (openedAt === null) onChange?.('open');
    openedAt = now();
  };
  const close = () => {
    openUntil = null;
    if (openedAt !== null) onChange?.('closed');
    openedAt = null;
  };
  const answered = (spends: boolean) => {
    inARow = 0;
    if (spends) spendingInARow = 0;
    if (bySpending && !spends) return;
    bySpending = false;
    openings = 0;
    close();
  };
  const failed = (spends: boolean) => {
    const isNew = now() - failedAt > sameOutageMs;
    if (now() - failedAt > trialMs) {
      bySpending = false;
      openings = 0;
    }
    failedAt = now();
    inARow = isNew ? 1 : inARow + 1;
    if (spends) spendingInARow = isNew ? 1 : spendingInARow + 1;
    if (openUntil !== null && openUntil > now()) return;
    if (spends && (bySpending || spendingInARow >= openedAfterSpending)) {
      bySpending = true;
      open();
    } else if (inARow >= doubtedAfter) openUntil ??= now();
  };
  const readOnce = async (read: (signal: AbortSignal) => Promise<boolean>) => {
    if (!(await read(AbortSignal.timeout(readingMs)))) return open();
    inARow = 0;
    spendingInARow = 0;
    if (!bySpending) openings = 0;
    close();
  };

  return {
    async watch(call, kind) {
      try {
        const answer = await call();
        answered(kind === 'spends');
        return answer;
      } catch (cause) {
        if (isUnanswered(cause)) failed(kind === 'spends');
        throw cause;
      }
    },
    async waitMs(read) {
      if (queuedMs() > patienceMs) return patienceMs;
      if (openUntil === null) return 0;
      if (openUntil <= now()) {
        reading ??= readOnce(read).finally(() => {
          reading = null;
        });
        await reading;
      }
      return openUntil === null ? 0 : Math.max(openUntil - now(), 1);
    },
    isFailing: () => inARow > 0,
    state: () => (openedAt === null || openUntil === null ? 'closed' : openUntil > now() ? 'open' : 'half_open'),
  };
}

/** Not sent because the time was over before, which says nothing about the service. */
const ownReasons = new Set(['aborted', 'queued']);

/**
 * Whether the service failed to answer. A status from 400 to 499 is an answer, such as that our key is wrong; but 429 asks for
 * fewer calls. An error of another kind is a bug of ours.
 */
function isUnanswered(cause: unknown): boolean {
  if (!(cause instanceof UpstreamError)) return false;
  const { fault, reason = '' } = cause;
  if (fault === 'not_sent') return !ownReasons.has(reason);
  return fault !== 'http' || reason === '429' || !/^4\d\d$/.test(reason);
}
