/** A test bed of payments, and the tables behind it, for tests that touch the audit as nobody should. */
import { newId } from '../../../../server/payments/model/ids.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { createPaymentTestBed, type PaymentTestBed } from '../../../support/payment-test-bed.ts';

export interface AuditTestBed {
  bed: PaymentTestBed;
  db: ReturnType<typeof openDatabase>['db'];
  /** A payment with the rows created, begun and paid; its id. */
  paid(): Promise<string>;
  close(): Promise<void>;
}

export async function createAuditTestBed(databaseUrl: string): Promise<AuditTestBed> {
  const bed = await createPaymentTestBed(databaseUrl);
  const { db } = openDatabase(databaseUrl);
  return {
    bed,
    db,
    async paid() {
      const id = await bed.pay(newId('pay'));
      await bed.paid(id, (await bed.beginCard(id)).id);
      return id;
    },
    async close() {
      await db.destroy();
      await bed.close();
    },
  };
}
