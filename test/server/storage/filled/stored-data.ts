/** What no interface reports of a database: the JSON that it has stored, by table and column, and the ids of its discounts. */
import { openDatabase } from '../../../../server/storage/database.ts';

export interface StoredData {
  actions: unknown[];
  problems: { code: string }[];
  webhooks: unknown[];
  audit: { type: string; data: Record<string, unknown> }[];
  discounts: { id: string; paymentId: string }[];
}

export async function storedData(databaseUrl: string): Promise<StoredData> {
  const { db } = openDatabase(databaseUrl);
  try {
    const attempts = await db.selectFrom('attempts').select(['action', 'problem']).execute();
    const payments = await db.selectFrom('payments').select('problem').execute();
    const outbox = await db.selectFrom('outbox').select('body').execute();
    const audit = await db.selectFrom('audit').select(['type', 'data']).execute();
    const discounts = await db.selectFrom('discounts').select(['id', 'payment_id']).execute();
    const parsed = (texts: (string | null)[]) => texts.flatMap((text) => (text === null ? [] : [JSON.parse(text)]));
    return {
      actions: parsed(attempts.map(({ action }) => action)),
      problems: parsed([...attempts, ...payments].map(({ problem }) => problem)),
      webhooks: parsed(outbox.map(({ body }) => body)),
      audit: audit.map(({ type, data }) => ({ type, data: JSON.parse(data) })),
      discounts: discounts.map(({ id, payment_id }) => ({ id, paymentId: payment_id })),
    };
  } finally {
    await db.destroy();
  }
}
