/**
 * The daily comparison of our books with the payment services' own lists: runs one when an operator asks for it, and for each
 * merchant with a service that can be asked, every night. A comparison of the same day replaces the one before. A difference waits in
 * the operator's queue as a flag, once, however many comparisons find it.
 */
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import { addDays, boundsOf, dayOf, isDay } from '../payments/model/calendar.ts';
import { ProblemError } from '../payments/model/errors.ts';
import { newId } from '../payments/model/ids.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import type { ReconciliationRecord, Reconciliations, WantedReconciliation } from '../payments/model/reconciliation-records.ts';
import type { Statement, StatementSource } from '../payments/model/statements.ts';
import type { Store } from '../payments/model/store.ts';
import { dayMs, hourMs, minuteMs } from '../payments/model/time.ts';
import { compareStatement } from './compare-statement.ts';
import { queueDifferences } from './queue-differences.ts';

export interface ReconciliationDeps {
  store: Store;
  clock: Clock;
  observer: Pick<Telemetry, 'failure'>;
  sources: readonly StatementSource[];
  /** All merchants; a merchant without a time zone has UTC. */
  merchants(): readonly { id: string; timeZone?: string | undefined }[];
}

export interface ReconciliationService extends Reconciliations, PollingLoop {
  /** Resolves when no comparison of this process runs any more. */
  idle(): Promise<void>;
}

/** Longer than any comparison takes. */
const leaseMs = 15 * minuteMs;
/** After the end of a day, so that answers that were lost near midnight are found by then. */
const settleMs = hourMs;
const retryMs = hourMs / 4;
const everyMs = minuteMs;
/** Days that were missed because nothing ran are compared later, up to this many. */
const mostMissedDays = 31;

const unreachable = 'The payment service could not be reached.';
const interrupted = 'The server stopped before it was done: start it again.';

export function createReconciliations(deps: ReconciliationDeps): ReconciliationService {
  const { store, clock, observer } = deps;
  const running = new Set<Promise<unknown>>();
  const zoneOf = (merchantId: string) => deps.merchants().find(({ id }) => id === merchantId)?.timeZone ?? 'UTC';
  const sourceOf = (source: string) => deps.sources.find((one) => one.source === source);

  const begin = (wanted: Pick<ReconciliationRecord, 'merchantId' | 'day' | 'source' | 'requestedBy'>) => {
    const now = clock.now();
    const nothing = { there: 0, here: 0, foreign: 0, differences: 0 };
    const times = { startedAt: now, endedAt: null, leaseUntil: now + leaseMs };
    return store.beginReconciliation({ ...wanted, ...nothing, ...times, id: newId('rec'), status: 'running', problem: null });
  };

  /** @param uploaded The list, if it was uploaded. @returns Whether it could be compared. */
  const run = async (begun: ReconciliationRecord, uploaded: Statement | null): Promise<boolean> => {
    const { merchantId, day } = begun;
    const source = sourceOf(begun.source);
    if (!source) throw new Error('a comparison with a service that does not exist');
    const { from, to } = boundsOf(day, zoneOf(merchantId));
    const end = (own: Partial<ReconciliationRecord> & Pick<ReconciliationRecord, 'status'>): ReconciliationRecord => ({
      ...begun,
      ...own,
      endedAt: clock.now(),
      leaseUntil: 0,
    });
    try {
      const statement = uploaded ?? (await source.request?.(merchantId, from, to)) ?? null;
      const compared = statement && (await compareStatement({ store, source, merchantId, from, to }, statement));
      if (!statement || !compared) {
        await store.endReconciliation(end({ status: 'failed', problem: unreachable }), begun.leaseUntil);
        return false;
      }
      const { found, there, here, foreign } = compared;
      const problem = statement.unreadable > 0 ? `${statement.unreadable} entries of the list could not be read.` : null;
      const done = end({ status: 'done', there, here, foreign, differences: found.length, problem });
      await store.transaction(async (tx) => {
        if (!(await tx.endReconciliation(done, begun.leaseUntil))) return;
        const before = await tx.differences(begun.id);
        await tx.replaceDifferences(
          begun.id,
          found.map((difference) => ({ ...difference, reconciliationId: begun.id })),
        );
        await queueDifferences(tx, done, found, before);
      });
      return true;
    } catch (cause) {
      observer.failure('reconciliation', cause);
      const problem = 'It failed because of a fault of this server, which its log describes.';
      await store.endReconciliation(end({ status: 'failed', problem }), begun.leaseUntil).catch(() => false);
      return false;
    }
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  };

  /** Compares the next day of this merchant, if it is over and no process has done so. */
  const compareNextDay = async (merchantId: string, source: StatementSource['source']): Promise<void> => {
    const now = clock.now();
    const zone = zoneOf(merchantId);
    const dueAt = (day: string) => boundsOf(day, zone).to + settleMs;
    const today = dayOf(now, zone);
    // The first day is the first whole one: of the time before there may be payments that are not in these books.
    const firstDay = addDays(today, 1);
    const first = { name: `reconciliation ${source} ${merchantId}`, cursor: firstDay, nextAt: dueAt(firstDay) };
    const work = await store.leasePeriodicWork(first, now, now + leaseMs);
    if (!work) return;
    const earliest = addDays(today, -mostMissedDays);
    const day = work.cursor !== null && work.cursor > earliest ? work.cursor : earliest;
    const release = (cursor: string, nextAt: number) => store.releasePeriodicWork({ ...work, cursor, nextAt }, work.leaseUntil);
    if (dueAt(day) > now) return void (await release(day, dueAt(day)));
    const begun = await begin({ merchantId, day, source, requestedBy: null });
    const done = begun !== null && (await run(begun, null));
    const next = addDays(day, 1);
    await (done ? release(next, dueAt(next)) : release(day, now + retryMs));
  };

  const loop = createPollingLoop(
    async () => {
      for (const { id } of deps.merchants()) {
        for (const { source, has, request } of deps.sources) {
          if (request && has(id)) await track(compareNextDay(id, source)).catch(onFailure);
        }
      }
    },
    everyMs,
    (cause) => onFailure(cause),
  );
  const onFailure = (cause: unknown) => observer.failure('reconciliation', cause);

  return {
    ...loop,
    async stop() {
      await loop.stop();
      await Promise.all(running);
    },
    idle: async () => void (await Promise.all(running)),
    async startReconciliation(wanted, merchants) {
      const { merchantId, day, source: name } = wanted;
      if (!isVisible(merchants, merchantId) || !deps.merchants().some(({ id }) => id === merchantId))
        throw new ProblemError('not_found', { field: 'merchant' });
      const source = sourceOf(name);
      if (!source?.has(merchantId)) throw refuse('source', 'the merchant has no account there');
      const bounds = isDay(day) ? boundsOf(day, zoneOf(merchantId)) : null;
      if (!bounds || bounds.to > clock.now() || bounds.to < clock.now() - 5 * 365 * dayMs)
        throw refuse('day', "expected a day that is over in the merchant's time zone");
      const uploaded = await readUpload(source, wanted, bounds.from);
      const begun = await begin({ merchantId, day, source: name, requestedBy: wanted.by });
      if (!begun) throw new ProblemError('busy', { status: 409, detail: 'this day is being compared' });
      // Nobody awaits it: the caller reads the result later, and a failure is stored.
      void track(run(begun, uploaded));
      return begun;
    },
    async readReconciliation(id, merchants) {
      const stored = await store.reconciliation(id);
      if (!stored || !isVisible(merchants, stored.merchantId)) throw new ProblemError('not_found');
      return { ...asItIs(stored, clock.now()), found: await store.differences(id) };
    },
    async listReconciliations(merchants, after, limit) {
      const now = clock.now();
      return (await store.reconciliations(merchants, after, limit)).map((one) => asItIs(one, now));
    },
  };
}

const refuse = (field: string, detail: string): ProblemError =>
  new ProblemError('invalid_request', { status: 422, field, detail });

const isVisible = (merchants: readonly string[] | null, merchantId: string): boolean =>
  merchants === null || merchants.includes(merchantId);

/** The uploaded list; null for a service whose list is requested. */
async function readUpload(
  source: StatementSource,
  { merchantId, csv }: WantedReconciliation,
  from: number,
): Promise<Statement | null> {
  if (!source.read) {
    if (csv !== undefined) throw refuse('csv', 'the list of this service is requested, so none is uploaded');
    return null;
  }
  if (csv === undefined) throw refuse('csv', "expected the list from the service's cabinet");
  return source.read(merchantId, csv, from);
}

/** Whoever ran it is not alive any more. */
const asItIs = (stored: ReconciliationRecord, now: number): ReconciliationRecord =>
  stored.status === 'running' && stored.leaseUntil <= now ? { ...stored, status: 'failed', problem: interrupted } : stored;
