/**
 * Whether new work may begin with an account of a payment service, or the service is away. A breaker stops no call: what was
 * begun is followed to its end, and money is looked for whatever the breaker says. It is asked before the first intent of new
 * work, so that a service that is away makes no payment whose outcome is unknown.
 *
 * Calls of customers only raise a doubt. A reading of our own decides, because a customer can make a service fail by what they type, and
 * nobody may close an account for everybody else.
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
  /** Makes a call and notes whether the service answered it. */
  watch<Answer>(call: () => Promise<Answer>): Promise<Answer>;
  /**
   * For how many milliseconds no new work may begin; 0 if it may now.
   * @param read Reads something and changes nothing, by a call of this account. False if the service is away.
   */
  waitMs(read: () => Promise<boolean>): Promise<number>;
  state(): BreakerState;
}

/** After so many calls in a row without an answer the service is doubted, and the next new work has it read first. */
const doubtedAfter = 5;
/** What failed longer ago than this is not of the same outage. */
const sameOutageMs = 60_000;
/** The customer waits in front of the form, so the first time is short. A service that stays away is read once a minute. */
const firstOpenMs = 5_000;
const longestOpenMs = 60_000;
/** So long a customer waits for the reading. It goes on as long as a call may take, for a service that is slow is not away. */
const readingMs = 3_000;
/** If the first call in the queue has waited for so long, the connections are all taken by calls that hang. */
const patienceMs = 2_000;

/** @param queuedMs For how long the first call that waits for a connection has been waiting. */
export function createBreaker(
  { now = () => performance.now(), onChange }: BreakerOptions = {},
  queuedMs: () => number = () => 0,
): Breaker {
  let failedInARow = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  /** How many answers there were. A reading that fails says nothing against an answer that came after it was begun. */
  let answers = 0;
  /** Until when new work is declined; in the past: until the service is read. Null: there is no doubt. */
  let openUntil: number | null = null;
  /** How often it was opened in this outage. */
  let openings = 0;
  let reading: Promise<void> | null = null;

  const answered = () => {
    answers += 1;
    failedInARow = 0;
    openUntil = null;
    const wasOpen = openings > 0;
    openings = 0;
    if (wasOpen) onChange?.('closed');
  };
  const failed = () => {
    failedInARow = now() - failedAt > sameOutageMs ? 1 : failedInARow + 1;
    failedAt = now();
    if (failedInARow >= doubtedAfter) openUntil ??= now();
  };
  const open = () => {
    openings += 1;
    openUntil = now() + Math.min(firstOpenMs * 2 ** (openings - 1), longestOpenMs);
    if (openings === 1) onChange?.('open');
  };
  const readOnce = async (read: () => Promise<boolean>) => {
    const before = answers;
    if (await read()) answered();
    else if (answers === before) open();
  };

  return {
    async watch(call) {
      try {
        const answer = await call();
        answered();
        return answer;
      } catch (cause) {
        const isAnswer = wasAnswered(cause);
        if (isAnswer === true) answered();
        if (isAnswer === false) failed();
        throw cause;
      }
    },
    async waitMs(read) {
      if (queuedMs() > patienceMs) return patienceMs;
      if (openUntil === null) return 0;
      if (openUntil > now()) return openUntil - now();
      reading ??= readOnce(read).finally(() => {
        reading = null;
      });
      const isRead = await isOverIn(readingMs, reading);
      if (openUntil === null) return 0;
      return isRead ? Math.max(openUntil - now(), 1) : patienceMs;
    },
    state: () => (openUntil === null ? 'closed' : openUntil > now() ? 'open' : 'half_open'),
  };
}

/** Whether the work ends within this time. It goes on after that. @throws what the work throws within it */
async function isOverIn(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  return Promise.race([work.then(() => true), timeout]).finally(() => clearTimeout(timer));
}

/** Not sent because the time was over before, or because we closed the connections. It says nothing about the service. */
const ownReasons = new Set(['aborted', 'queued', 'UND_ERR_CLOSED']);

/**
 * Whether the service answered a call that failed; null if that says nothing about it. A refusal is an answer: a status from 400 to 499,
 * e.g. because our key is wrong, and an error of JSON-RPC itself; but 429 asks for fewer calls.
 */
function wasAnswered(cause: unknown): boolean | null {
  if (!(cause instanceof UpstreamError)) return null;
  const { fault, reason = '' } = cause;
  if (fault === 'not_sent' && ownReasons.has(reason)) return null;
  return fault === 'http' && reason !== '429' && /^(4\d\d|-326\d\d)$/.test(reason);
}

/**
 * Whether a reading that failed shows that the service is away. An error of the service itself, such as 500, or an answer that cannot be
 * read may be about this very reading. Such a reading would fail for ever, and close the account for good.
 */
export function isAway({ fault, reason = '' }: UpstreamError): boolean {
  return fault === 'lost' || fault === 'not_sent' || (fault === 'http' && /^(429|502|503|504|52\d)$/.test(reason));
}
