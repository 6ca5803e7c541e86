/**
 * Version 0.2.0 renames what merchants and customers read, and the columns and stored JSON with it, so that a stored value is
 * called what the interface calls it. Every row is rewritten once. From here on the stored names are promised: later migrations
 * add first and remove a version later.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { attemptStatuses, newName, renameAction, renameNotes, renameProblem } from '../names-of-0.1.ts';

export const publicNames: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = db as Kysely<OldTables>;
    for (const [from, to] of Object.entries(attemptStatuses))
      await tables.updateTable('attempts').set({ status: to }).where('status', '=', from).execute();
    await tables.updateTable('claims').set({ status: 'active' }).where('status', '=', 'held').execute();
    for (const [from, to] of Object.entries(auditTypes))
      await tables.updateTable('audit').set({ type: to }).where('type', '=', from).execute();

    await rewriteJson(tables, 'payments', 'problem', renameProblem);
    await rewriteJson(tables, 'attempts', 'problem', renameProblem);
    await rewriteJson(tables, 'discounts', 'problem', renameProblem);
    await rewriteJson(tables, 'attempts', 'action', renameAction);
    await rewriteJson(tables, 'intents', 'notes', renameNotes);
    await rewriteJson(tables, 'audit', 'data', renameAuditData);
    await rewriteJson(tables, 'outbox', 'body', renameWebhook);

    await db.schema.alterTable('claims').renameColumn('thing', 'key').execute();
    const renameColumn = (table: string, from: string, to: string) =>
      db.schema.alterTable(table).renameColumn(from, to).execute();
    await renameColumn('payments', 'late', 'paid_late');
    await renameColumn('attempts', 'tail', 'last_characters');
    await renameColumn('discounts', 'tail', 'last_characters');
    await renameColumn('attempts', 'entered', 'submitted_reference');
  },
};

/** The columns that are read here, as they were before. */
interface OldTables {
  payments: { id: string; problem: string | null };
  attempts: { id: string; status: string; problem: string | null; action: string | null };
  discounts: { id: string; problem: string | null };
  intents: { id: string; notes: string };
  claims: { status: string };
  audit: { id: string; type: string; data: string };
  outbox: { id: string; body: string };
}

type Json = Record<string, unknown>;

const auditTypes: Readonly<Record<string, string>> = {
  'attempt.asked': 'attempt.action_required',
  'attempt.left': 'attempt.abandoned',
  'attempt.refused': 'attempt.declined',
  'attempt.review': 'attempt.needs_review',
  'discount.held': 'discount.reserved',
  'discount.burned': 'discount.redeemed',
  'refund.review': 'refund.needs_review',
};

/** `code`: why an attempt was declined. `watched`: its transfer may still be found. */
function renameAuditData({ watched, ...data }: Json): Json {
  const renamed = data.code === undefined ? data : renameProblem(data);
  return watched === undefined ? renamed : { ...renamed, unconfirmed: watched };
}

/** Bodies that were delivered are renamed too: a merchant may have them sent again. */
function renameWebhook(webhook: Json): Json {
  const { payment } = webhook.data as { payment: Json };
  const { late, attempts, discountCode, ...rest } = payment;
  const { tail, ...code } = (discountCode ?? {}) as Json;
  const renamed = {
    ...rest,
    discountCode: discountCode && { ...code, lastCharacters: tail },
    paidLate: late,
    attempts: (attempts as Json[]).map(renameAttempt),
  };
  return { ...webhook, data: { payment: renamed } };
}

function renameAttempt({ status, tail, entered, ...rest }: Json): Json {
  return { ...rest, status: newName(attemptStatuses, status), lastCharacters: tail, submittedReference: entered };
}

const batchSize = 500;

/** Rewrites a column of JSON in batches, so that a big table does not have to fit into memory. */
async function rewriteJson<Table extends 'payments' | 'attempts' | 'discounts' | 'intents' | 'audit' | 'outbox'>(
  db: Kysely<OldTables>,
  table: Table,
  column: string & keyof OldTables[Table],
  rewrite: (value: Json) => Json,
): Promise<void> {
  const [rows, json, id] = [sql.table(table), sql.ref(column), sql.ref('id')];
  for (let last = ''; ; ) {
    const batch = await sql<{ id: string; json: string }>`
      select id, ${json} as json from ${rows} where ${json} is not null and ${id} > ${last} order by ${id} limit ${batchSize}
    `.execute(db);
    for (const row of batch.rows) {
      const rewritten = JSON.stringify(rewrite(JSON.parse(row.json) as Json));
      if (rewritten !== row.json) await sql`update ${rows} set ${json} = ${rewritten} where ${id} = ${row.id}`.execute(db);
    }
    const next = batch.rows.at(-1)?.id;
    if (next === undefined) return;
    last = next;
  }
}
