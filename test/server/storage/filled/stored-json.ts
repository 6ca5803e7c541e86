/** The JSON that a database has stored, by table and column. */
import { openDatabase } from '../../../../server/storage/database.ts';

export interface StoredJson {
  actions: unknown[];
  problems: { code: string }[];
  webhooks: unknown[];
  audit: { type: string; data: Record<string, unknown> }[];
}

export async function storedJson(databaseUrl: string): Promise<StoredJson> {
  const { db } = openDatabase(databaseUrl);
  try {
    const attempts = await db.selectFrom('attempts').select(['action', 'problem']).execute();
    const payments = await db.selectFrom('payments').select('problem').execute();
    const outbox = await db.selectFrom('outbox').select('body').execute();
    const audit = await db.selectFrom('audit').select(['type', 'data']).execute();
    const parsed = (texts: (string | null)[]) => texts.flatMap((text) => (text === null ? [] : [JSON.parse(text)]));
    return {
      actions: parsed(attempts.map(({ action }) => action)),
      problems: parsed([...attempts, ...payments].map(({ problem }) => problem)),
      webhooks: parsed(outbox.map(({ body }) => body)),
      audit: audit.map(({ type, data }) => ({ type, data: JSON.parse(data) })),
    };
  } finally {
    await db.destroy();
  }
}
