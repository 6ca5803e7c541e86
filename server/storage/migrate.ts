/** Brings a database up to date: one list of migrations for both engines, applied in order, each once. */
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StoreUnavailable } from '../payments/model/errors.ts';
import { payments } from './migrations/0001-payments.ts';
import { indexes } from './migrations/0002-indexes.ts';
import { transfers } from './migrations/0003-transfers.ts';
import { cards } from './migrations/0004-cards.ts';
import { codes } from './migrations/0005-codes.ts';
import { paidTwice } from './migrations/0006-paid-twice.ts';
import { codeBatches } from './migrations/0007-code-batches.ts';
import { discounts } from './migrations/0008-discounts.ts';
import { publicNames } from './migrations/0009-public-names.ts';
import { operators } from './migrations/0010-operators.ts';
import { deliveries } from './migrations/0011-deliveries.ts';
import { operatorReads } from './migrations/0012-operator-reads.ts';
import { reconciliation } from './migrations/0013-reconciliation.ts';
import { keys } from './migrations/0014-keys.ts';
import { operation } from './migrations/0015-operation.ts';
import { auditChain } from './migrations/0016-audit-chain.ts';
import { countedTries } from './migrations/0017-counted-tries.ts';
import { links } from './migrations/0018-links.ts';
import { filteredWebhooks } from './migrations/0019-filtered-webhooks.ts';
import { outdatedApprovals } from './migrations/0020-outdated-approvals.ts';
import { webhookEndpoints } from './migrations/0021-webhook-endpoints.ts';
import { evidenceReporter } from './migrations/0022-evidence-reporter.ts';
import { fiscalReceipts } from './migrations/0023-fiscal-receipts.ts';
import type { Schema } from './schema.ts';

const migrations = {
  '0001-payments': payments,
  '0002-indexes': indexes,
  '0003-transfers': transfers,
  '0004-cards': cards,
  '0005-codes': codes,
  '0006-paid-twice': paidTwice,
  '0007-code-batches': codeBatches,
  '0008-discounts': discounts,
  '0009-public-names': publicNames,
  '0010-operators': operators,
  '0011-deliveries': deliveries,
  '0012-operator-reads': operatorReads,
  '0013-reconciliation': reconciliation,
  '0014-keys': keys,
  '0015-operation': operation,
  '0016-audit-chain': auditChain,
  '0017-counted-tries': countedTries,
  '0018-links': links,
  '0019-filtered-webhooks': filteredWebhooks,
  '0020-outdated-approvals': outdatedApprovals,
  '0021-webhook-endpoints': webhookEndpoints,
  '0022-evidence-reporter': evidenceReporter,
  '0023-fiscal-receipts': fiscalReceipts,
};

/** A newer version of this program has written the database, so this version does not know what its tables mean. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
}

/** @throws {DatabaseTooNew}, {StoreUnavailable} */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  if (await isTooNew(db)) throw new DatabaseTooNew('the database is newer than this program');
  const { error } = await migrator.migrateToLatest();
  if (error instanceof StoreUnavailable) throw error;
  if (error) throw new Error('the database could not be brought up to date', { cause: error });
}

async function isTooNew(db: Kysely<Schema>): Promise<boolean> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.some(({ name }) => !(name in migrations));
}
