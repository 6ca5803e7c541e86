/**
 * The connections of one account to its payment service, and the calls that wait for one. Each account has its own, so that an
 * account that hangs delays no other.
 */
import { Pool } from 'undici';
import { type Breaker, type BreakerOptions, createBreaker } from './breaker.ts';
import type { Sender } from './http.ts';

export interface Connections extends Sender {
  breaker: Breaker;
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>;
}

/** As many calls of one account run at the same time: some 60 in a second, if each takes a third of one. */
const mostConnections = 20;

/** Keep-alive connections: 2 s to make one, answers of at most 256 KiB. */
export function openConnections(origin: string, options?: BreakerOptions): Connections {
  const pool = new Pool(origin, {
    connections: mostConnections,
    connect: { timeout: 2_000 },
    // undici's own timers count idle time. The signal of an exchange is its total deadline, so they stay off.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: 256 * 1024,
  });
  /** The longest waiting first. */
  const queue = new Set<{ since: number; start: () => void }>();
  let taken = 0;

  /** One turn, which ends once, however often it is ended. */
  const turn = () => {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const [next] = queue;
      if (next) next.start();
      else taken -= 1;
    };
  };

  return {
    pool,
    breaker: createBreaker(options, () => {
      const [first] = queue;
      return first ? performance.now() - first.since : 0;
    }),
    take({ signal, queueMs }) {
      if (taken < mostConnections) {
        taken += 1;
        return Promise.resolve(turn());
      }
      return new Promise((resolve) => {
        const leave = () => {
          queue.delete(waiting);
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
        };
        const giveUp = () => {
          leave();
          resolve(null);
        };
        const waiting = {
          since: performance.now(),
          start: () => {
            leave();
            resolve(turn());
          },
        };
        const timer = setTimeout(giveUp, queueMs);
        queue.add(waiting);
        signal.addEventListener('abort', giveUp);
      });
    },
    close: () => pool.close(),
  };
}
