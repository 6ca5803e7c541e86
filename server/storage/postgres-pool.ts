/**
 * The connections to PostgreSQL: lent out, taken back, and dropped once they are worth nothing. A connection that is cut, that answers with
 * silence or that leads to a read-only server takes all older ones with it, since they most likely lead to the same place.
 */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { judgePostgresError, type Verdict } from './postgres-trouble.ts';

/** Milliseconds. Short enough for a customer to be answered in time, and for the first payment to succeed 3 s after an outage. */
export const postgresTimeouts = {
  connect: 2_500,
  /** Counted here, for a network that swallows everything; PostgreSQL's own are a little shorter. */
  answer: 6_000,
  statement: 5_000,
  lock: 3_000,
  /** A process that hangs in the middle of a step must not hold a payment against all others. */
  idleInTransaction: 10_000,
};

export interface PostgresPool {
  lend(): Promise<pg.PoolClient>;
  /** Takes it back; one that is broken is closed. */
  takeBack(client: pg.PoolClient, broken: boolean): void;
  /** What an error that came by a lent connection means. */
  judge(cause: unknown, at: 'statement' | 'commit'): Verdict;
  close(): Promise<void>;
}

export function createPostgresPool(url: string, answerMs = postgresTimeouts.answer): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: postgresTimeouts.connect,
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    types: types as pg.CustomTypesConfig,
  });
  let generation = 0;
  const generations = new WeakMap<pg.PoolClient, number>();
  const open = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    generations.set(client, generation);
    open.add(client);
    // The pool listens only while it holds the connection itself: without this, a cut while it is lent out would end the process.
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => open.delete(client));
  pool.on('error', () => undefined);

  const drop = (client: pg.PoolClient): void => {
    // Saying goodbye would wait for an answer that may never come.
    socketOf(client).destroy();
    client.release(true);
  };

  return {
    async lend() {
      for (;;) {
        const client = await pool.connect().catch((cause: unknown) => {
          throw judgePostgresError(cause, 'connect').error;
        });
        if (generations.get(client) === generation) return client;
        drop(client);
      }
    },
    takeBack(client, broken) {
      if (broken) drop(client);
      else client.release();
    },
    judge(cause, at) {
      const verdict = judgePostgresError(cause, at);
      if (verdict.broken) generation += 1;
      return verdict;
    },
    async close() {
      await Promise.race([pool.end(), pause(1_000, undefined, { ref: false })]);
      for (const client of open) socketOf(client).destroy();
    },
  };
}

const socketOf = (client: pg.PoolClient): Socket => (client as unknown as { connection: { stream: Socket } }).connection.stream;

const bigint = 20;

/** Milliseconds and minor units stay far below 2^53, so a bigint is read as a number. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === bigint && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
};
