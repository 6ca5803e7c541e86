/**
 * Keeps the answers of payment services that the database could not take at once: some are given only once. Until it is
 * stored, an answer stays in memory and in an encrypted file of its own, and storing it is tried again and again. It may be
 * stored twice or late, which `settleAttempt` and its like allow.
 */
import type { DiscountOutcome } from './attempts/discount.ts';
import { createPollingLoop } from './background.ts';
import { retryFor, StoreUnavailable } from './model/errors.ts';
import { newId } from './model/ids.ts';
import type { Outcome, RefundOutcome, Telemetry } from './model/ports.ts';

/** Also the JSON in the answer files, so its fields must not change. `attemptId` of a discount: its id. */
export type PendingAnswer = { paymentId: string; attemptId: string } & (
  | { about: 'attempt'; outcome: Outcome; calls: number }
  | { about: 'discount'; outcome: DiscountOutcome }
  | { about: 'refund'; outcome: RefundOutcome; calls: number }
);

/** Files in which answers outlive the process. `storage/answer-files.ts` implements it. */
export interface AnswerFiles {
  keep(id: string, text: string): Promise<void>;
  drop(id: string): Promise<void>;
  /** All files, also those of an earlier process. */
  list(): Promise<{ id: string; text: string }[]>;
}

export interface PendingAnswersDeps {
  /** Stores the answer in the database. */
  apply(answer: PendingAnswer): Promise<void>;
  /** Null: answers are kept in memory only. */
  files: AnswerFiles | null;
  observer: Pick<Telemetry, 'failure'>;
}

export interface PendingAnswers {
  /** Stores the answer. If the database cannot take it within 3 seconds, throws StoreUnavailable and stores the answer later. */
  settle(answer: PendingAnswer): Promise<void>;
  /** Stores what an earlier process has left behind. */
  recover(): Promise<void>;
  /** How many answers wait. */
  count(): number;
  stop(): Promise<void>;
}

/** Milliseconds that a customer may wait for it. */
const waitMs = 3_000;
const everyMs = 500;

export function createPendingAnswers({ apply, files, observer }: PendingAnswersDeps): PendingAnswers {
  const waiting = new Map<string, PendingAnswer>();
  const failed = (cause: unknown) => observer.failure('answers', cause);

  const store = async (id: string, answer: PendingAnswer): Promise<void> => {
    await apply(answer);
    waiting.delete(id);
    await files?.drop(id).catch(failed);
  };

  const flush = async (): Promise<void> => {
    for (const [id, answer] of waiting) {
      try {
        await store(id, answer);
      } catch (cause) {
        if (cause instanceof StoreUnavailable) return;
        // A bug of ours, which another try would not mend: it is reported once. The file stays for the next start.
        waiting.delete(id);
        failed(cause);
      }
    }
  };
  const loop = createPollingLoop(flush, everyMs, failed);

  return {
    async settle(answer) {
      try {
        return await apply(answer);
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable) || !isWorthKeeping(answer)) throw cause;
      }
      const id = newId('ans');
      await files?.keep(id, JSON.stringify(answer)).catch(failed);
      try {
        await retryFor(
          waitMs,
          () => store(id, answer),
          () => true,
        );
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable)) throw cause;
        waiting.set(id, answer);
        loop.start();
        throw cause;
      }
    },
    async recover() {
      for (const { id, text } of (await files?.list().catch(failed)) ?? []) waiting.set(id, JSON.parse(text) as PendingAnswer);
      await flush();
      if (waiting.size > 0) loop.start();
    },
    count: () => waiting.size,
    async stop() {
      await loop.stop();
      await flush();
    },
  };
}

/** An unknown outcome is no answer: the next check finds out as much. */
function isWorthKeeping({ about, outcome }: PendingAnswer): boolean {
  return about === 'discount' || (outcome.kind !== 'unknown' && outcome.kind !== 'waiting');
}
