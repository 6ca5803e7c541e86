/** A database that is backed up, lost and restored in a test, by the clock of the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { backupDatabase } from '../../server/storage/copies/backup.ts';
import { releaseHolds } from '../../server/storage/copies/hold.ts';
import { restoreDatabase } from '../../server/storage/copies/restore.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { auditChain } from './audit-chain.ts';
import type { Engine } from './engines.ts';

export async function createBackedUp(engine: Engine) {
  const { url, drop } = await engine.createEmpty();
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-backup-'));
  const file = join(folder, 'backup');
  const kept: string[] = [];
  return {
    url,
    backUp: () => backupDatabase(url, file),
    /** All servers must be closed. Nothing may be spent until `release`. */
    async restore(now: number): Promise<void> {
      const { keptAs } = await restoreDatabase(file, url, { force: true, now });
      if (keptAs) kept.push(keptAs);
    },
    /** Lets payments go on, as `db verify` does. */
    async release(now: number): Promise<void> {
      const { db } = openDatabase(url);
      await releaseHolds(db, auditChain, now).finally(() => db.destroy());
    },
    async drop(): Promise<void> {
      await drop();
      rmSync(folder, { recursive: true });
      if (engine.name !== 'postgres') return;
      const { db } = openDatabase(Object.assign(new URL(url), { pathname: '/postgres' }).href);
      for (const name of kept) await sql`drop database ${sql.id(name)}`.execute(db);
      await db.destroy();
    },
  };
}
