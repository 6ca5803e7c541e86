/**
 * What a payment service has said of an attempt is never lost because it could not be written down at once: some answers are given once and never
 * again. Until the store takes it, an answer is held in memory and in a sealed file of its own, and tried again and again. It may be written down
 * twice or late: see `conclude.ts`.
 */

import type { DiscountOutcome } from './attempts/discount.ts';
import { createPollingLoop } from './background.ts';
import { newId } from './model/ids.ts';
import type { Outcome, RefundOutcome } from './model/outcome.ts';
import type { Telemetry } from './model/ports.ts';
import { retryFor, StoreUnavailable } from './model/store-unavailable.ts';

export type PendingAnswer = { paymentId: string; attemptId: string } & (
  | { about: 'attempt'; outcome: Outcome; calls: number }
  | { about: 'discount'; outcome: DiscountOutcome }
  | { about: 'refund'; outcome: RefundOutcome; calls: number }
);

/** Where answers outlive the process. `storage/answer-files.ts` implements it. */
export interface AnswerFiles {
  keep(id: string, text: string): Promise<void>;
  drop(id: string): Promise<void>;
  /** All that lie there, also those of a process that is gone. */
  list(): Promise<{ id: string; text: string }[]>;
}

export interface PendingAnswersDeps {
  /** Writes it down. */
  apply(answer: PendingAnswer): Promise<void>;
  /** Null: memory only. */
  files: AnswerFiles | null;
  observer: Pick<Telemetry, 'failure'>;
}

export interface PendingAnswers {
  /** Writes it down, waits a moment where the store cannot take it, and throws StoreUnavailable after that; it is written down all the same. */
  settle(answer: PendingAnswer): Promise<void>;
  /** Writes down what an earlier process left behind. */
  recover(): Promise<void>;
  /** How many wait. */
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
        // A mistake of ours, which trying does not mend: told once. Its file stays for the next start.
        waiting.delete(id);
        failed(cause);
      }
    }
  };
  const worker = createPollingLoop(flush, everyMs, failed);

  return {
    async settle(answer) {
      try {
        return await apply(answer);
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable) || !isNews(answer)) throw cause;
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
        worker.start();
        throw cause;
      }
    },
    async recover() {
      for (const { id, text } of (await files?.list().catch(failed)) ?? []) waiting.set(id, JSON.parse(text) as PendingAnswer);
      await flush();
      if (waiting.size > 0) worker.start();
    },
    count: () => waiting.size,
    async stop() {
      await worker.stop();
      await flush();
    },
  };
}

/** "Not known" is no answer: whoever looks later finds out as much. */
function isNews({ about, outcome }: PendingAnswer): boolean {
  return about === 'discount' || (outcome.kind !== 'unknown' && outcome.kind !== 'waiting');
}
