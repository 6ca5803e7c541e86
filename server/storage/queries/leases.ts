/**
 * The leases that let only one of many processes check an attempt or a discount, and the time of its next check. Both tables have
 * the same columns for this.
 */
import type { Kysely } from 'kysely';
import type { AttemptRecord, DiscountRecord } from '../../payments/model/records.ts';
import type { Lane } from '../../payments/model/store.ts';
import type { AttemptsTable, DiscountsTable, Schema } from '../schema.ts';

interface CheckedTables {
  attempts: AttemptsTable;
  discounts: DiscountsTable;
}

interface LeaseWanted {
  now: number;
  leaseUntil(): number;
  limit: number;
  lanes: { except: readonly Lane[] } | { only: Lane } | undefined;
}

/**
 * Leases rows whose next check is due; see `leaseDueAttempts` of the store. If one of them cannot be read, it alone is leased and
 * the error is thrown: so it is reported once per lease, and those that are due with it are found the next time.
 */
export async function leaseDue<Name extends keyof CheckedTables, Rec>(
  db: Kysely<Schema>,
  name: Name,
  toRecord: (row: CheckedTables[Name]) => Rec,
  { now, leaseUntil, limit, lanes = { except: [] } }: LeaseWanted,
): Promise<Rec[]> {
  // For the types: only columns are used that both tables have.
  const table = name as 'attempts';
  const due = await db
    .selectFrom(table)
    .selectAll()
    .where('next_check_at', '<=', now)
    .where('lease_until', '<=', now)
    .where((is) => {
      const inLane = ({ merchantId, method }: Lane) =>
        is.and([
          is('method', '=', method),
          is.exists(
            is
              .selectFrom('payments')
              .select('payments.id')
              .whereRef('payments.id', '=', `${table}.payment_id`)
              .where('payments.merchant_id', '=', merchantId),
          ),
        ]);
      return 'only' in lanes ? inLane(lanes.only) : is.not(is.or(lanes.except.map(inLane)));
    })
    .orderBy('next_check_at')
    .limit(limit)
    .execute();
  const faulty = due
    .map((row) => ({ row, fault: faultIn(() => toRecord(row as CheckedTables[Name])) }))
    .find(({ fault }) => fault);
  const leased: object[] = [];
  for (const row of faulty ? [faulty.row] : due) {
    const changes = { lease_until: leaseUntil(), checks: row.checks + 1 };
    // Another process may do the same at once. Only one of the two updates finds the lease still free.
    const lease = await db
      .updateTable(table)
      .set(changes)
      .where('id', '=', row.id)
      .where('next_check_at', 'is not', null)
      .where('lease_until', '=', row.lease_until)
      .executeTakeFirst();
    if (lease.numUpdatedRows === 1n) leased.push({ ...row, ...changes });
  }
  if (faulty) throw faulty.fault;
  return (leased as CheckedTables[Name][]).map(toRecord);
}

/** What is wrong with a row; null if it can be read. */
export function faultIn(read: () => unknown): unknown {
  try {
    read();
    return null;
  } catch (cause) {
    return cause;
  }
}

/**
 * Plans the next check of a leased row and releases it; see `scheduleCheck` of the store.
 * @param statuses In these statuses the row is still what was checked. If it has moved on, whoever moved it has scheduled it.
 */
export async function schedule(
  db: Kysely<Schema>,
  name: keyof CheckedTables,
  statuses: readonly (AttemptRecord | DiscountRecord)['status'][],
  { id, nextCheckAt }: { id: string; nextCheckAt: number | null },
  { at, restUntil }: { at: number; restUntil: number },
): Promise<void> {
  const set = (next: number) =>
    db
      .updateTable(name as 'attempts')
      .set({ next_check_at: next, lease_until: restUntil })
      .where('id', '=', id)
      .where('status', 'in', statuses);
  const scheduled = await set(at).where('next_check_at', '=', nextCheckAt).executeTakeFirst();
  // Somebody requested a check while this one ran, so its result may be older than the request: check again soon.
  if (scheduled.numUpdatedRows === 0n) await set(restUntil).where('next_check_at', 'is not', null).execute();
}

/**
 * Renews a lease; see `renewLease` of the store. Whoever settles a row leaves it to rest for a short time, and a renewal that read its
 * clock before that may be executed after it: it must not delay the next check. So it renews only a lease of which more than half is
 * left, by its own clock. A lease that is kept has more, and the rest after a settlement has less.
 */
export async function renewLease(
  db: Kysely<Schema>,
  name: keyof CheckedTables,
  id: string,
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<void> {
  await db
    .updateTable(name as 'attempts')
    .set({ lease_until: leaseUntil })
    .where('id', '=', id)
    .where('lease_until', '>', Math.ceil((now + leaseUntil) / 2))
    .where('lease_until', '<', leaseUntil)
    .execute();
}

/** At the start with an embedded database: whoever had a lease is not alive any more, so what they worked on is due at once. */
export async function releaseLeases(db: Kysely<Schema>, name: keyof CheckedTables, now: number): Promise<void> {
  await db
    .updateTable(name as 'attempts')
    .set({ lease_until: 0, next_check_at: now })
    .where('next_check_at', 'is not', null)
    .where('lease_until', '>', now)
    .execute();
}
