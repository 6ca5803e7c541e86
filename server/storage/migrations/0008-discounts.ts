/**
 * Discounts get a table of their own. Until now a discount code was an attempt with the status `held` or `burned`, or `paid` if it
 * covered the whole amount, and the payment had its state as JSON.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

interface Before {
  payments: { id: string; attempt_id: string | null; discount_code: string | null; discount_id: string | null };
  attempts: AttemptRow;
  discounts: DiscountRow;
  intents: { attempt_id: string; operation: string; notes: string };
  evidence: { upstream_id: string; attempt_id: string | null };
  outbox: { id: string; body: string };
}

interface AttemptRow {
  id: string;
  payment_id: string;
  method: string;
  status: string;
  sealed: string | null;
  tail: string | null;
  problem: string | null;
  started_at: number;
  ended_at: number | null;
  checks: number;
  next_check_at: number | null;
  lease_until: number;
}

interface DiscountRow extends Omit<AttemptRow, 'started_at'> {
  rule: string;
  created_at: number;
}

const batchSize = 500;
const statusOf: Readonly<Record<string, string>> = { held: 'reserved', unknown: 'unknown', burned: 'redeemed' };

export const discounts: Migration = {
  async up(database: Kysely<unknown>) {
    await createTable(
      database,
      'discounts',
      {
        text: ['id', 'payment_id', 'method', 'rule', 'status'],
        textOrNull: ['sealed', 'tail', 'problem'],
        integer: ['created_at', 'checks', 'lease_until'],
        integerOrNull: ['ended_at', 'next_check_at'],
      },
      ['id'],
    );
    await database.schema.createIndex('discounts_by_payment').on('discounts').columns(['payment_id', 'created_at']).execute();
    await database.schema
      .createIndex('discounts_due')
      .on('discounts')
      .column('next_check_at')
      .where(sql.ref('next_check_at'), 'is not', null)
      .execute();
    await database.schema.alterTable('payments').addColumn('discount_id', 'text').execute();

    const db = database as Kysely<Before>;
    await moveDiscountsOfPayments(db);
    await moveDroppedDiscounts(db);
    // No payment has them any more, so nobody will redeem them.
    await db.updateTable('attempts').set({ status: 'abandoned' }).where('status', 'in', ['held', 'burned']).execute();
    await clearReferences(db);
    await rewriteWebhooks(db);
    await database.schema.alterTable('payments').dropColumn('discount_code').execute();
  },
};

async function moveDiscountsOfPayments(db: Kysely<Before>): Promise<void> {
  for (let last = ''; ; ) {
    const found = await db
      .selectFrom('payments')
      .select(['id', 'discount_code'])
      .where('discount_code', 'is not', null)
      .where('id', '>', last)
      .orderBy('id')
      .limit(batchSize)
      .execute();
    for (const payment of found) {
      const { attemptId, state, rule } = JSON.parse(payment.discount_code ?? '') as Record<
        'attemptId' | 'state' | 'rule',
        string
      >;
      const status = statusOf[state] ?? 'unknown';
      const moved = await move(db, attemptId, ({ ended_at }) => ({
        rule,
        status,
        // An attempt ended when its code was reserved.
        ended_at: status === 'redeemed' ? ended_at : null,
      }));
      if (moved) await db.updateTable('payments').set({ discount_id: attemptId }).where('id', '=', payment.id).execute();
    }
    const newest = found.at(-1);
    if (!newest) return;
    last = newest.id;
  }
}

/**
 * Dropped discounts that were to be redeemed before, which their intents tell; some are still looked for. Those that were not are
 * left: nothing distinguishes them from other codes that paid nothing.
 */
async function moveDroppedDiscounts(db: Kysely<Before>): Promise<void> {
  for (;;) {
    const found = await db
      .selectFrom('attempts')
      .innerJoin('intents', 'intents.attempt_id', 'attempts.id')
      .select(['attempts.id', 'intents.notes'])
      .where('intents.operation', '=', 'use_code')
      .where('intents.notes', 'like', '%"discount":"yes"%')
      .limit(batchSize)
      .execute();
    if (found.length === 0) return;
    const rules = new Map(found.map(({ id, notes }) => [id, (JSON.parse(notes) as { rule: string }).rule]));
    for (const [id, rule] of rules) await move(db, id, ({ ended_at }) => ({ rule, status: 'dropped', ended_at }));
  }
}

/** Moves the row of an attempt to the discounts. False if there is none. */
async function move(
  db: Kysely<Before>,
  id: string,
  changes: (attempt: AttemptRow) => Pick<DiscountRow, 'rule' | 'status' | 'ended_at'>,
): Promise<boolean> {
  const attempt = await db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!attempt) return false;
  const { payment_id, method, sealed, tail, problem, started_at, checks, next_check_at, lease_until } = attempt;
  const kept = { id, payment_id, method, sealed, tail, problem, created_at: started_at, checks, next_check_at, lease_until };
  await db
    .insertInto('discounts')
    .values({ ...kept, ...changes(attempt) })
    .execute();
  await db.deleteFrom('attempts').where('id', '=', id).execute();
  return true;
}

/** What referred to an attempt that was a discount: evidence to none, a payment to its newest other attempt. */
async function clearReferences(db: Kysely<Before>): Promise<void> {
  const moved = db.selectFrom('discounts').select('id');
  await db.updateTable('evidence').set({ attempt_id: null }).where('attempt_id', 'in', moved).execute();
  // A discount that covers the whole amount has paid, and no attempt has.
  const paid = db.selectFrom('evidence').select(sql<string>`substr(upstream_id, ${sql.lit('discount:'.length + 1)})`.as('id'));
  await db
    .updateTable('payments')
    .set({ attempt_id: null })
    .where('attempt_id', 'in', moved)
    .where('attempt_id', 'in', paid.where('upstream_id', 'like', 'discount:%'))
    .execute();
  await db
    .updateTable('payments')
    .set(({ selectFrom }) => ({
      attempt_id: selectFrom('attempts')
        .select('attempts.id')
        .whereRef('attempts.payment_id', '=', 'payments.id')
        .orderBy('attempts.started_at', 'desc')
        .orderBy('attempts.id', 'desc')
        .limit(1),
    }))
    .where('attempt_id', 'in', moved)
    .execute();
}

/** Webhooks get the form that they have from now on, delivered ones too: they may be sent again. What they report does not change. */
async function rewriteWebhooks(db: Kysely<Before>): Promise<void> {
  for (let last = ''; ; ) {
    const found = await db
      .selectFrom('outbox')
      .select(['id', 'body'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(batchSize)
      .execute();
    for (const { id, body } of found)
      await db
        .updateTable('outbox')
        .set({ body: rewriteWebhook(body) })
        .where('id', '=', id)
        .execute();
    const newest = found.at(-1);
    if (!newest) return;
    last = newest.id;
  }
}

interface WebhookBody {
  data: {
    payment: {
      attempts: { id: string; status: string; tail: string | null }[];
      evidence: { attemptId: string | null; upstreamId: string }[];
    };
  };
}

function rewriteWebhook(body: string): string {
  const webhook = JSON.parse(body) as WebhookBody;
  const { payment } = webhook.data;
  const paying = payment.evidence.map(({ upstreamId }) => upstreamId);
  const wasDiscount = ({ id, status }: { id: string; status: string }) =>
    status === 'held' || status === 'burned' || paying.includes(`discount:${id}`);
  const found = payment.attempts.find(wasDiscount);
  const discountCode = found && { status: found.status === 'held' ? 'reserved' : 'redeemed', tail: found.tail };
  const changed = {
    ...payment,
    discountCode: discountCode ?? null,
    attempts: payment.attempts.filter((attempt) => !wasDiscount(attempt)),
    evidence: payment.evidence.map((one) => (one.upstreamId.startsWith('discount:') ? { ...one, attemptId: null } : one)),
  };
  return JSON.stringify({ ...webhook, data: { ...webhook.data, payment: changed } });
}
