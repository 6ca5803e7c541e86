/**
 * Erases a customer from postbacks. They are signed texts, so they are not changed but erased as a whole, once they are applied.
 * Merchants that share an account get each other's postbacks, so those of all merchants are searched: for the label among the
 * merchant's own, and for the customer's attempts among all.
 */
import type { Kysely } from 'kysely';
import { erasedBody } from '../../payments/model/webhook-queries.ts';
import type { PostbacksTable, Schema } from '../schema.ts';

export interface PostbackSubject {
  merchantId: string;
  label: string;
  /** The customer's attempts. */
  attempts: ReadonlySet<string>;
}

/** Postbacks about the customer that wait for a person or were not applied yet: their money would lose its owner. */
export async function waitingPostbacks(db: Kysely<Schema>, subject: PostbackSubject): Promise<string[]> {
  const found: string[] = [];
  for await (const { id, status } of postbacksAbout(db, subject)) if (status !== 'applied') found.push(id);
  return found;
}

/** @param pseudonym Takes the label's place in the transactions that a person has matched or dismissed. @returns How many bodies. */
export async function erasePostbacks(db: Kysely<Schema>, subject: PostbackSubject, pseudonym: string): Promise<number> {
  const { merchantId, label, attempts } = subject;
  await db
    .updateTable('postback_items')
    .set({ label: pseudonym })
    .where('label', '=', label)
    .where((is) =>
      is.or([
        is('merchant_id', '=', merchantId),
        is('custom_transaction_id', 'in', attempts.size > 0 ? [...attempts] : ['']),
        is(
          'payment_id',
          'in',
          is.selectFrom('payments').select('id').where('label', 'in', [label, pseudonym]).where('merchant_id', '=', merchantId),
        ),
      ]),
    )
    .execute();
  let erased = 0;
  for await (const { id, status } of postbacksAbout(db, subject)) {
    if (status !== 'applied') continue;
    await db.updateTable('postbacks').set({ body: erasedBody }).where('id', '=', id).execute();
    erased += 1;
  }
  return erased;
}

const batchSize = 100;

async function* postbacksAbout(
  db: Kysely<Schema>,
  { merchantId, label, attempts }: PostbackSubject,
): AsyncGenerator<Pick<PostbacksTable, 'id' | 'status'>> {
  for (let last = ''; ; ) {
    const batch = await db
      .selectFrom('postbacks')
      .select(['id', 'merchant_id', 'body', 'status'])
      .where('body', '!=', erasedBody)
      .where('id', '>', last)
      .orderBy('id')
      .limit(batchSize)
      .execute();
    for (const { id, merchant_id, body, status } of batch) {
      const ofAttempt = (body.match(/att_[0-9a-z]{26}/g) ?? []).some((attempt) => attempts.has(attempt));
      if (ofAttempt || (merchant_id === merchantId && names(body, label))) yield { id, status };
    }
    const end = batch.at(-1);
    if (!end || batch.length < batchSize) return;
    last = end.id;
  }
}

/** Whether the label is a value of the body, however its JSON is written: escaped, or as a number. */
function names(body: string, label: string): boolean {
  const has = (value: unknown): boolean =>
    typeof value === 'object' && value !== null ? Object.values(value).some(has) : String(value) === label;
  try {
    return has(JSON.parse(body));
  } catch {
    return body.includes(label);
  }
}
