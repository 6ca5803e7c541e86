/**
 * What a restored database needs before a server may use it, and how its hold ends. A backup is older than what happened since:
 * customers may have paid in between, so nothing may be spent until that is known, and numbers that were given away in the
 * missing time must not be given away again.
 */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { newId } from '../../payments/model/ids.ts';
import type { Queries } from '../../payments/model/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { AuditChain } from '../audit/chain.ts';
import { outdateApproval } from '../queries/operators.ts';
import type { Schema } from '../schema.ts';

/** More than any payment has of webhooks or changes. */
const lift = 1_000_000;

/**
 * Lifts every payment's webhook sequence and version above what was sent in the missing time, and holds all payments.
 * @param now Milliseconds since 1970.
 * @returns Since when calls may be missing: the time of the newest change in the backup. 0 without any.
 */
export function holdRestored(db: Kysely<Schema>, now: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const since = await newestChange(tx);
    await tx
      .updateTable('payments')
      .set({ sequence: sql<number>`sequence + ${lift}`, version: sql<number>`version + ${lift}`, approval_id: null })
      .execute();
    // Nobody knows what the payments are by now, so whoever requested an act looks again.
    const waiting = await tx.selectFrom('approvals').select('id').where('status', '=', 'pending').execute();
    for (const { id } of waiting) await outdateApproval(tx, id, now);
    // A hold of the backup itself stays: nobody had verified that gap either.
    await tx.insertInto('restore_holds').values({ id: randomUUID(), since, restored_at: now, released_at: null }).execute();
    return since;
  });
}

/** When the newest change was made, milliseconds since 1970; 0 for an empty database. Each change of a payment has its time. */
export async function newestChange(db: Kysely<Schema>): Promise<number> {
  const [payment, audit] = await Promise.all([
    db
      .selectFrom('payments')
      .select((is) => is.fn.max('updated_at').as('at'))
      .executeTakeFirst(),
    db
      .selectFrom('audit')
      .select((is) => is.fn.max('at').as('at'))
      .executeTakeFirst(),
  ]);
  return Math.max(Number(payment?.at ?? 0), Number(audit?.at ?? 0));
}

const batchSize = 500;

/**
 * Ends all holds. Each payment that waits for its customer gets a new version and an audit event, so that pages which show "we
 * are checking" show it again as it is.
 */
export function releaseHolds(db: Kysely<Schema>, chain: AuditChain, now: number): Promise<void> {
  return db.transaction().execute(async (tx) => {
    for (let last = ''; ; ) {
      const waiting = await tx
        .selectFrom('payments')
        .select(['id', 'merchant_id', 'version', 'approval_id'])
        .where('status', 'in', ['open', 'awaiting_customer'])
        .where('id', '>', last)
        .orderBy('id')
        .limit(batchSize)
        .execute();
      for (const { id, merchant_id, version, approval_id } of waiting) {
        const next = version + 1;
        const updated = await tx
          .updateTable('payments')
          .set({ version: next, updated_at: now, approval_id: null })
          .where('id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst();
        // A server has changed it meanwhile, so its pages show it again anyway.
        if (updated.numUpdatedRows === 0n) continue;
        const isOutdated = approval_id !== null && (await outdateApproval(tx, approval_id, now));
        const data = JSON.stringify({ version: next, ...(isOutdated && { outdatedApproval: approval_id }) });
        await appendAudit(tx, chain, { id: newId('aud'), payment_id: id, merchant_id, type: 'restore.verified', data, at: now });
      }
      const end = waiting.at(-1);
      if (!end) break;
      last = end.id;
    }
    await tx.updateTable('restore_holds').set({ released_at: now }).where('released_at', 'is', null).execute();
  });
}

/** Whether the database was restored from a backup and nobody has verified yet what happened since. */
export const restoreHoldQueries = (db: Kysely<Schema>): Pick<Queries, 'restoreHold' | 'isTimeLost'> => ({
  async restoreHold() {
    const hold = await db
      .selectFrom('restore_holds')
      .select(({ fn }) => [fn.min('since').as('since'), fn.min('restored_at').as('heldSince')])
      .where('released_at', 'is', null)
      .executeTakeFirst();
    return hold?.since == null ? null : { since: Number(hold.since), heldSince: Number(hold.heldSince) };
  },
  async isTimeLost(at, within) {
    const hold = await db
      .selectFrom('restore_holds')
      .select('id')
      .where('since', '<=', at + within)
      .where('restored_at', '>=', at - within)
      .limit(1)
      .executeTakeFirst();
    return hold !== undefined;
  },
});
