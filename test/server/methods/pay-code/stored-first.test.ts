/**
 * Between PayCodes' answer that a code was used and the stored evidence nothing else is written: PayCodes says it only once, and without
 * `clientRecovery` nobody can find it out later.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-code.ts';
import { StoreUnavailable } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** Submits a good code while the database does this with everything that gives a counted try back. */
async function submit(bed: PayCodeTestBed, id: string, code: string, refundRateLimit: () => Promise<void>): Promise<void> {
  const parts = { ...bed.parts, store: { ...bed.store, refundRateLimit } };
  await submitPayCode(parts, await bed.paymentOf(id), code, { ip: '203.0.113.7' });
}

for (const engine of usualEngines) {
  describe(`a code that was used (${engine.name})`, { skip: engine.skip }, () => {
    for (const clientRecovery of [true, false]) {
      it(`has paid before its try is given back, clientRecovery ${clientRecovery}`, async () => {
        const database = await engine.create();
        const bed = await createPayCodeTestBed({ databaseUrl: database.url, settings: { clientRecovery } });
        let back: () => void = () => undefined;
        try {
          const id = await bed.pay();
          // The connection hangs, as one does in a hole in the network; the process might be killed before it is back.
          const hung = new Promise<void>((resolve) => {
            back = resolve;
          });
          const submitted = submit(bed, id, 'GOOD0001', () => hung);
          await waitFor(async () => (await bed.payments.view(id)).status === 'succeeded');
          const [evidence] = await bed.store.evidence(id);
          assert.deepEqual([evidence?.amount, evidence?.counted], [2500, true]);
          back();
          await submitted;
          assert.deepEqual(bed.failures, []);
        } finally {
          back();
          await bed.close();
          await database.drop();
        }
      });
    }

    it('has paid where the connection is cut before its try is given back', async () => {
      const database = await engine.create();
      const bed = await createPayCodeTestBed({ databaseUrl: database.url, settings: { clientRecovery: false } });
      try {
        const id = await bed.pay();
        const cut = new StoreUnavailable({ code: '57P01', effect: 'unknown', soon: false });
        await submit(bed, id, 'GOOD0001', () => Promise.reject(cut));
        assert.equal((await bed.payments.view(id)).status, 'succeeded');
        assert.deepEqual(bed.failures, [{ where: 'tries', cause: cut }]);
      } finally {
        await bed.close();
        await database.drop();
      }
    });
  });
}
