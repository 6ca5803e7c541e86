/** Sends each postback until the answer is 200 with status ok, or its tries are used up. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../control/clock.ts';
import type { Transaction } from './money-book.ts';
import type { PostbackSettings } from './postback-body.ts';
import { type PostbackKeys, postbackBody } from './postback-body.ts';

export interface SentPostback {
  custom_transaction_id: string;
  body: string;
  /** Each try; `status` is null where there was no answer, `ok` is whether the answer confirms the postback. */
  tries: { at: string; status: number | null; ok: boolean }[];
}

export interface PostbackSender {
  /** Resolves when each copy has been sent once and answered; further tries follow by themselves. */
  send(transaction: Transaction, ending: AbortSignal): Promise<void>;
  sent(): readonly SentPostback[];
  reset(): void;
  /** Replaces what was sent; none of it is tried again. */
  load(earlier: readonly SentPostback[]): void;
}

export function createPostbackSender(keys: PostbackKeys, clock: Clock, settings: () => PostbackSettings): PostbackSender {
  let sent: SentPostback[] = [];

  async function tryOnce(url: string, postback: SentPostback, ending: AbortSignal): Promise<boolean> {
    const record: SentPostback['tries'][number] = { at: new Date(clock.now()).toISOString(), status: null, ok: false };
    postback.tries.push(record);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: postback.body,
        redirect: 'manual',
        signal: AbortSignal.any([ending, AbortSignal.timeout(10_000)]),
      });
      record.status = answer.status;
      const { status } = Object((await answer.json()) as unknown) as { status?: unknown };
      record.ok = answer.status === 200 && String(status).toLowerCase() === 'ok';
    } catch {
      // No answer, or one that is not JSON: it stays not ok.
    }
    return record.ok;
  }

  async function repeat(url: string, postback: SentPostback, ending: AbortSignal): Promise<void> {
    const { tries, retryMs } = settings();
    while (postback.tries.length < tries) {
      await pause(retryMs, undefined, { signal: ending });
      if (await tryOnce(url, postback, ending)) return;
    }
  }

  return {
    async send(transaction, ending) {
      const { url, copies, ...shape } = settings();
      const body = postbackBody(transaction, keys, shape);
      const postbacks = Array.from({ length: copies }, (): SentPostback => {
        const { custom_transaction_id } = transaction;
        return { custom_transaction_id, body, tries: [] };
      });
      sent.push(...postbacks);
      if (url === null) return;
      await Promise.all(
        postbacks.map(async (postback) => {
          if (await tryOnce(url, postback, ending)) return;
          repeat(url, postback, ending).catch(() => undefined); // reset or closed meanwhile
        }),
      );
    },
    sent: () => sent,
    reset() {
      sent = [];
    },
    load(earlier) {
      sent = [...earlier];
    },
  };
}
