/** Opens and closes listeners so that no request is lost, and watches for both of them the machine's clock and whether payments are held. */
import { Server } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ConfigError } from './config-error.ts';
import { errorCode } from './open-store.ts';
import type { Queries } from './payments/model/store.ts';
import { isoTime } from './payments/model/time.ts';

/**
 * @param variable The variable that the port comes from.
 * @returns The address, with the real port if the configuration has 0.
 */
export async function listen(
  app: Pick<FastifyInstance, 'listen'>,
  at: { host: string; port: number },
  variable: 'PORT' | 'OPERATE_PORT',
): Promise<string> {
  try {
    return await app.listen({ host: at.host, port: at.port });
  } catch (cause) {
    const host = variable.replace('PORT', 'HOST');
    throw new ConfigError(`${variable}: expected a free port, and ${host} an address of this machine${errorCode(cause)}.`);
  }
}

interface Closing {
  /** How long running requests may take to end. */
  ms: number;
  /** How long an idle connection is left to a proxy, which may be sending a request on it. Part of `ms`. */
  idleMs: number;
  /** Aborted, here or by somebody in a hurry, when idle connections are waited for no longer. */
  waiting: AbortController;
}

/**
 * Refuses new connections, lets the requests of those from before finish, and ends them. A proxy that is refused sends the request to
 * another process. But it may not do so with one that it has sent on an idle connection in the moment when we ended that, so an idle
 * connection is left open until its next answer, which ends it (`draining`), for `idleMs` at most.
 */
export async function closeListeners(apps: readonly FastifyInstance[], { ms, idleMs, waiting }: Closing): Promise<void> {
  const close = async () => {
    const drained = Promise.all(apps.map((app) => stopAccepting(app.server)));
    await Promise.race([drained, pauseUnless(waiting.signal, Math.min(idleMs, ms))]);
    waiting.abort();
    await Promise.all(apps.map((app) => app.close()));
  };
  await Promise.race([close(), pause(ms, undefined, { ref: false })]);
  for (const app of apps) app.server.closeAllConnections();
}

/** Resolves after `ms`, or when `signal` aborts. */
export const pauseUnless = (signal: AbortSignal, ms: number): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined);

/** Resolves when the last connection has ended. */
async function stopAccepting(server: FastifyInstance['server']): Promise<void> {
  // Connections that the system has taken for us would be reset. A turn of the event loop accepts them.
  await nextTurn();
  await nextTurn();
  // Not the `close` of HTTP servers, which ends idle connections.
  await new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()));
}

/** With a larger difference an operator should look, although payments go by the database's time. */
const skewToReportMs = 5_000;
const watchEveryMs = 60_000;

/** Warns at most once. */
export function watchSkew(log: FastifyBaseLogger, skewMs: () => number): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const check = () => {
    const ms = Math.round(skewMs());
    if (Math.abs(ms) <= skewToReportMs) return;
    clearInterval(timer);
    log.warn({ ms }, "this machine's clock is not the database's, which payments go by");
  };
  return {
    start() {
      timer = setInterval(check, watchEveryMs).unref();
      check();
    },
    stop: () => clearInterval(timer),
  };
}

/** Says at the start and each minute that payments are held, so that nobody overlooks it who has restored a database. */
export function watchHold(log: FastifyBaseLogger, reads: Pick<Queries, 'restoreHold'>): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const check = async () => {
    const hold = await reads.restoreHold();
    if (!hold) return;
    const since = isoTime(hold.heldSince);
    log.warn({ since }, 'all payments are held because the database was restored: run pay-desk db verify');
  };
  // That the database does not answer is reported by whoever needs it.
  const checkQuietly = () => void check().catch(() => undefined);
  return {
    start() {
      timer = setInterval(checkQuietly, watchEveryMs).unref();
      checkQuietly();
    },
    stop: () => clearInterval(timer),
  };
}
