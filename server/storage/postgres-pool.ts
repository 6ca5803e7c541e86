/**
 * The pool of connections to PostgreSQL, which drops the ones that have become useless. When a connection is cut, stays silent or
 * leads to a read-only server, all older connections are dropped too, since they most likely lead to the same server.
 */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StoreUnavailable } from '../payments/model/errors.ts';

/** Milliseconds. Short enough to answer a customer in time, and for the first payment to succeed 3 s after an outage. */
export const postgresTimeouts = {
  connect: 2_500,
  /** Counted in this process, for a network that loses everything. The timeouts that PostgreSQL counts are a little shorter. */
  answer: 6_000,
  statement: 5_000,
  lock: 3_000,
  /** A process that hangs in the middle of a transaction must not lock a payment against all others. */
  idleInTransaction: 10_000,
};

export interface PostgresPool {
  acquire(): Promise<pg.PoolClient>;
  /** Returns a connection to the pool; a broken one is closed instead. */
  release(client: pg.PoolClient, broken: boolean): void;
  /** Interprets an error of an acquired connection. */
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
    // The pool listens only to idle connections. Without this, a connection that is cut while in use would end the process.
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => open.delete(client));
  pool.on('error', () => undefined);

  const drop = (client: pg.PoolClient): void => {
    // Closing properly would wait for an answer that may never come.
    socketOf(client).destroy();
    client.release(true);
  };

  return {
    async acquire() {
      for (;;) {
        const client = await pool.connect().catch((cause: unknown) => {
          throw judgePostgresError(cause, 'connect').error;
        });
        if (generations.get(client) === generation) return client;
        drop(client);
      }
    },
    release(client, broken) {
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

/** A bigint is read as a number, since milliseconds and minor units stay far below 2^53. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === bigint && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
};

/** What an error of PostgreSQL or of the network means for the connection and for the caller. */
interface Verdict {
  /** The connection must not be used again. */
  broken: boolean;
  error: unknown;
}

/** @param at What was in progress. Only a commit that got no answer may have had an effect. */
function judgePostgresError(cause: unknown, at: 'connect' | 'statement' | 'commit'): Verdict {
  const { code } = Object(cause) as { code?: unknown };
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  // A bug of ours in a parameter, found before anything was sent.
  if (cause instanceof TypeError || cause instanceof RangeError) return { broken: false, error: cause };
  if (Object(cause).message === 'Query read timeout') return connectionLost(cause, 'ETIMEDOUT', at);
  if (state === undefined) return connectionLost(cause, typeof code === 'string' ? code : 'CONNECTION_LOST', at);
  if (lostStates.test(state)) return connectionLost(cause, state, at);
  if (repeatableStates.has(state)) {
    return { broken: false, error: new StoreUnavailable({ code: state, effect: 'none', soon: true, cause }) };
  }
  if (at === 'connect' || temporaryStates.test(state)) {
    return { broken: at === 'connect', error: new StoreUnavailable({ code: state, effect: 'none', soon: false, cause }) };
  }
  return { broken: false, error: cause };
}

function connectionLost(cause: unknown, code: string, at: 'connect' | 'statement' | 'commit'): Verdict {
  const effect = at === 'commit' && code !== readOnly ? 'unknown' : 'none';
  // After a timeout the caller has waited long enough, so nothing is tried again.
  const soon = at !== 'connect' && code !== 'ETIMEDOUT';
  return { broken: true, error: new StoreUnavailable({ code, effect, soon, cause }) };
}

const readOnly = '25006';
/** The connection is lost, its server shuts down, or it leads to a read-only server: a standby, after a failover. */
const lostStates = /^(08...|57P0[1-5]|25P0[34]|25006)$/;
/** A serialization failure or a deadlock: PostgreSQL's documentation demands that the transaction is run again. */
const repeatableStates = new Set(['40001', '40P01']);
/** Out of memory, disk or connections; a lock or statement timeout; an error of PostgreSQL's own files. */
const temporaryStates = /^(53...|55P03|57014|58...)$/;
