/**
 * A payment names the act that waits for a second person, so that its next change outdates it. Requests of payments that have changed
 * already can be confirmed by nobody, so they end here.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Pending {
  id: string;
  payment_id: string;
  body: string;
  version: number | string;
}

export const outdatedApprovals: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('approval_id', 'text').execute();
    const { rows } = await sql<Pending>`
      select approvals.id, payment_id, body, payments.version
      from approvals join payments on payments.id = approvals.payment_id
      where approvals.status = 'pending'
    `.execute(db);
    const now = Date.now();
    for (const { id, payment_id, body, version } of rows) {
      const seen: unknown = Object(JSON.parse(body)).version;
      await (seen === Number(version)
        ? sql`update payments set approval_id = ${id} where id = ${payment_id}`.execute(db)
        : sql`update approvals set status = 'rejected', decided_at = ${now} where id = ${id}`.execute(db));
    }
  },
};
