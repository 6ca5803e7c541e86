/**
 * The connections to PostgreSQL: lent out, taken back, and dropped once they are worth nothing. A connection that is cut, that answers with
 * silence or that leads to a read-only server takes all older ones with it, since they most likely lead to the same place.
 */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';

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

/** What an error of PostgreSQL or of the way to it means for the connection it came by, and for whoever asked. */
export interface Verdict {
  /** The connection must not be lent again. */
  broken: boolean;
  error: unknown;
}

/** `at`: what was under way. Only a commit that got no answer may have had an effect. */
export function judgePostgresError(cause: unknown, at: 'connect' | 'statement' | 'commit'): Verdict {
  const { code } = Object(cause) as { code?: unknown };
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  // A mistake of our own in a parameter, found before anything was sent.
  if (cause instanceof TypeError || cause instanceof RangeError) return { broken: false, error: cause };
  if (Object(cause).message === 'Query read timeout') return lost(cause, 'ETIMEDOUT', at);
  if (state === undefined) return lost(cause, typeof code === 'string' ? code : 'CONNECTION_LOST', at);
  if (gone.test(state)) return lost(cause, state, at);
  if (repeatable.has(state))
    return { broken: false, error: new StoreUnavailable({ code: state, effect: 'none', soon: true, cause }) };
  if (at === 'connect' || passing.test(state))
    return { broken: at === 'connect', error: new StoreUnavailable({ code: state, effect: 'none', soon: false, cause }) };
  return { broken: false, error: cause };
}

function lost(cause: unknown, code: string, at: 'connect' | 'statement' | 'commit'): Verdict {
  const effect = at === 'commit' && code !== readOnly ? 'unknown' : 'none';
  // Who has waited for silence has waited long enough.
  const soon = at !== 'connect' && code !== 'ETIMEDOUT';
  return { broken: true, error: new StoreUnavailable({ code, effect, soon, cause }) };
}

const readOnly = '25006';
/** The connection is lost, its server shuts down, or it leads to a server that may only be read: a standby, after a failover. */
const gone = /^(08...|57P0[1-5]|25P0[34]|25006)$/;
/** A serialization failure, a deadlock: the same again is what PostgreSQL asks for. */
const repeatable = new Set(['40001', '40P01']);
/** Out of memory, disk or connections; waited too long; a fault of its own files. */
const passing = /^(53...|55P03|57014|58...)$/;
