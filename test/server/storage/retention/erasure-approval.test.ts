/** A customer who is erased while an act about their payment waits for a second person: the act is not done, and says so. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { verifyAudit } from '../../../../server/storage/audit/verify.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { eraseCustomer } from '../../../../server/storage/retention/erase-customer.ts';
import { type ActsTestBed, anna, ben, createActsTestBed } from '../../../support/acts-test-bed.ts';
import { auditChain } from '../../../support/audit-chain.ts';
import { engines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

for (const { name, skip, create } of engines) {
  describe(`an erasure beside an act that waits (${name})`, { skip }, () => {
    let bed: ActsTestBed;
    let url = '';
    withTestBed({ create }, createActsTestBed, (opened, databaseUrl) => {
      bed = opened;
      url = databaseUrl;
    });

    it('ends the act, so that nobody confirms what a second person has not seen', async () => {
      bed.threshold = 1;
      const { id } = await bed.paidByCard();
      const { label } = (await bed.store.payment(id)) ?? assert.fail();
      const seen = await bed.version(id);
      const approval = await bed.acts.refund(id, { note: `for ${label}`, version: seen }, anna);
      assert.equal(approval?.status, 'pending');
      const sealer = { fingerprint: (text: string) => `hash-of-${text.length}-characters`, open: () => '', seal: () => '' };
      const erasure = await eraseCustomer(
        url,
        { merchantId: merchant.id, label },
        { sealer, chain: auditChain },
        bed.clock.now(),
      );
      assert.equal(erasure.kind, 'erased');

      const after = await bed.store.approval(approval.id);
      assert.equal(after?.status, 'outdated');
      const refusal = (cause: unknown) =>
        cause instanceof ProblemError && cause.code === 'version_conflict' && /request it again/.test(cause.extras.detail ?? '');
      await assert.rejects(bed.acts.confirm(approval.id, 'go on', ben), refusal);
      const payment = (await bed.store.payment(id)) ?? assert.fail();
      assert.deepEqual([payment.status, payment.approvalId, payment.amountRefunded], ['succeeded', null, 0]);
      const { db } = openDatabase(url);
      const audit = await db
        .selectFrom('audit')
        .select('data')
        .where('payment_id', '=', id)
        .execute()
        .finally(() => db.destroy());
      assert.ok(
        audit.some(({ data }) => JSON.parse(data).outdatedApproval === approval.id),
        'the history says that it was ended',
      );
      assert.equal((await verifyAudit(url, auditChain)).brokenChains, 0);

      // It can be requested again, and done.
      const again = await bed.acts.refund(id, { note: 'once more', version: payment.version }, anna);
      await bed.acts.confirm(again?.id ?? assert.fail(), 'seen', ben);
      assert.equal((await bed.store.payment(id))?.status, 'refunding');
    });
  });
}
