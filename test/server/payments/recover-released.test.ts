/** After a restore a receipt was named for the wrong payment: once that is declared void, it is stored with the payment that it paid. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { lostCalls } from '../../../server/methods/card/card-session.ts';
import { verifyCardGap } from '../../../server/methods/card/verify-gap.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { recoverPayment } from '../../../server/payments/recover-payment.ts';
import { createCardTestBed } from '../../support/card-test-bed.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { loseCardPayments } from '../../support/lost-card-payments.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { peopleOf, shopOf } from '../../support/recovering.ts';

const problem = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;

/** Two paid payments that the backup lacks; of `mine` the shop has named the receipt of `theirs`, and a version that did not ask Payme entered it. */
async function namedWrongly(test: TestContext, engine: Engine) {
  const lost = await loseCardPayments(test, engine);
  const { again, shop, mine, theirs, theirReceipt: receipt, since } = lost;
  const believing = peopleOf({ ...again, methods: lost.believing });
  const named = shop(mine).evidence.map((money) => ({ ...money, upstreamId: receipt }));
  await believing.recover({ ...shop(mine), evidence: named });

  const people = peopleOf(again);
  const seen = async (id: string) => ({ note: 'looked at Payme', version: (await people.read(id)).version });
  const dispose = async (disposition: 'returned' | 'void') =>
    people.acts.dispose(mine, { upstreamId: receipt, disposition, ...(await seen(mine)) }, 'operator:anna');
  const resolve = async (id: string, outcome: 'paid' | 'not_paid' | 'returned') => {
    const attemptId = shop(id).attempts[0]?.id ?? assert.fail();
    const amount = outcome === 'not_paid' ? 0 : 500_000;
    const wanted = { outcome, attemptId, amount, currency: 'UZS', ...(await seen(id)) } as const;
    await people.acts.resolve(id, wanted, 'operator:anna');
  };
  const { store, clock, payments } = again;
  const parts = { store, clock, observer: again.parts.observer, payments, unitOfWork: people.unit };
  const cashbox = again.parts.account(merchant.id) ?? assert.fail();
  const verify = async () =>
    (await verifyCardGap(parts, cashbox, { merchantId: merchant.id, test: true }, since)) ?? assert.fail();
  return { again, people, shop, mine, theirs, receipt, dispose, resolve, verify };
}

for (const engine of engines) {
  describe(`a receipt that was named for the wrong payment (${engine.name})`, { skip: engine.skip }, () => {
    it('is entered by the true webhook once it is void there', async (test) => {
      const { again, people, shop, mine, theirs, receipt, dispose, resolve } = await namedWrongly(test, engine);
      await assert.rejects(people.recover(shop(theirs)), problem('transaction_number_used'));
      // Recorded as returned it could not pay the payment that it came for.
      await assert.rejects(dispose('returned'), problem('decision_refused'));
      await assert.rejects(resolve(mine, 'returned'), problem('decision_refused'));
      await dispose('void');
      await people.recover(shop(theirs));
      assert.deepEqual((await people.read(mine)).evidence, []);
      const { status, evidence } = await people.read(theirs);
      assert.deepEqual([status, evidence.map(({ upstreamId }) => upstreamId)], ['needs_review', [receipt]]);
      await people.resolvePaid(theirs);
      assert.deepEqual([(await people.read(theirs)).status, (await people.read(theirs)).amountPaid], ['succeeded', 500_000]);
      // The own receipt of the other one is entered too.
      await people.recover(shop(mine));
      await people.resolvePaid(mine);
      assert.deepEqual([(await people.read(mine)).status, (await people.read(mine)).amountPaid], ['succeeded', 500_000]);
      assert.deepEqual(again.failures, []);
    });

    it('is no payment of its own for the verification until it is void there', async (test) => {
      const { again, people, mine, theirs, receipt, dispose, verify } = await namedWrongly(test, engine);
      const gap = await verify();
      assert.deepEqual([gap.elsewhere, gap.recovered], [[{ receipt, paymentId: mine }], []]);
      assert.deepEqual(await again.store.paymentsOfOrder(merchant.id, 'theirs'), []);
      await dispose('void');
      const after = await verify();
      assert.deepEqual([after.elsewhere, after.recovered], [[], [receipt]]);
      const [found = assert.fail()] = await again.store.paymentsOfOrder(merchant.id, 'theirs');
      assert.notEqual(found.id, theirs, 'only the shop knows the id of the lost payment');
      await people.resolvePaid(found.id);
      assert.deepEqual([(await people.read(found.id)).status, (await people.read(found.id)).amountPaid], ['succeeded', 500_000]);
      assert.deepEqual([(await verify()).known, again.failures], [2, []]);
    });

    it('that the verification has stored with a new payment is decided there, also once it is void there', async (test) => {
      const { again, people, shop, theirs, receipt, dispose, verify } = await namedWrongly(test, engine);
      await dispose('void');
      await verify();
      const [found = assert.fail()] = await again.store.paymentsOfOrder(merchant.id, 'theirs');
      const decideThere = (cause: unknown) =>
        problem('transaction_number_used')(cause) &&
        cause instanceof ProblemError &&
        new RegExp(`stored with payment ${found.id}: decide there`).test(cause.extras.detail ?? '');
      await assert.rejects(people.recover(shop(theirs)), decideThere);
      const { version } = await people.read(found.id);
      await people.acts.dispose(
        found.id,
        { upstreamId: receipt, disposition: 'void', note: 'by mistake', version },
        'operator:anna',
      );
      assert.equal((await people.read(found.id)).status, 'expired');
      await assert.rejects(people.recover(shop(theirs)), decideThere);
      const gap = await verify();
      assert.deepEqual([gap.known, gap.declaredVoid], [1, [{ receipt, paymentId: found.id }]], 'payments stay held');

      const expired = await people.read(found.id);
      await people.acts.reopen(found.id, { note: 'Payme has it', version: expired.version }, 'operator:anna');
      await people.resolvePaid(found.id);
      assert.deepEqual([(await people.read(found.id)).status, (await people.read(found.id)).amountPaid], ['succeeded', 500_000]);
      const after = await verify();
      assert.deepEqual([after.known, after.declaredVoid, again.failures], [2, [], []]);
    });

    it('is left out of the payment that it was void in when that one is lost again', async (test) => {
      const { again, people, shop, mine, receipt, dispose } = await namedWrongly(test, engine);
      await dispose('void');
      await people.recover(shop(mine));
      await people.resolvePaid(mine);
      const kept = (await shopOf(again, [mine]))(mine);
      assert.ok(kept.evidence.some(({ upstreamId }) => upstreamId === receipt));
      const empty = await engine.create();
      const later = await createCardTestBed({ databaseUrl: empty.url, sealingKey: again.sealingKey, beside: again });
      test.after(() => later.close().then(empty.drop));
      const without = peopleOf(later);
      await without.recover(kept);
      const own = shop(mine).evidence.map(({ upstreamId }) => upstreamId);
      const { status, evidence } = await without.read(mine);
      assert.deepEqual([status, evidence.map(({ upstreamId }) => upstreamId)], ['needs_review', own]);
    });

    it('leaves no payment that nobody can end', async (test) => {
      const { again, people, shop, mine, theirs, receipt, dispose, resolve, verify } = await namedWrongly(test, engine);
      // As a version before has made it: the call is known, and its money is stored with the other payment.
      const { id: attemptId, lastCharacters } = shop(theirs).attempts[0] ?? assert.fail();
      const { orderId, label, amount, currency } = shop(theirs);
      const { store, clock } = again;
      const lost = { id: theirs, merchantId: merchant.id, orderId, label, amount, currency, test: true };
      const made = { id: attemptId, method: 'card', calls: lostCalls(attemptId, receipt), lastCharacters } as const;
      await recoverPayment(store, clock.now(), lost, { ...made, startedAt: clock.now() });
      const { upstream } = again.parts.account(merchant.id) ?? assert.fail();
      const evidence = { upstream, upstreamId: receipt, amount, currency };
      await again.payments.settleAttempt(theirs, attemptId, { kind: 'needs_review', why: 'lost', evidence }, 2);
      assert.equal((await people.read(theirs)).status, 'needs_review');
      // Payme says that it is paid, and the money is stored with the other one: the same answer each time, and not that it has changed.
      for (let tries = 0; tries < 2; tries += 1) {
        const { version } = await people.read(theirs);
        await assert.rejects(resolve(theirs, 'paid'), problem('transaction_number_used'));
        assert.equal((await people.read(theirs)).version, version);
      }
      await resolve(theirs, 'not_paid');
      assert.equal((await people.read(theirs)).status, 'expired');
      await dispose('void');
      const own = shop(mine).evidence[0]?.upstreamId ?? assert.fail();
      assert.deepEqual((await verify()).stored.sort(), [own, receipt].sort());
      const { status, amountPaid } = await people.read(theirs);
      assert.deepEqual([status, amountPaid], ['succeeded', 500_000], 'what Payme has of it counts, whatever was decided');
      assert.deepEqual(
        (await people.read(mine)).evidence.map(({ upstreamId }) => upstreamId),
        [own],
      );
      assert.deepEqual(again.failures, []);
    });

    it('that its own payment declared void by mistake pays that one what Payme says, and no other one beside a word', async (test) => {
      const { again, people, shop, mine, theirs, receipt, dispose } = await namedWrongly(test, engine);
      await dispose('void');
      await people.recover(shop(theirs));
      const without = (name: 'isMoneyOfAnother' | 'readOutcome') =>
        peopleOf({ ...again, methods: again.methods.map((port) => ({ ...port, [name]: undefined })) });
      const seen = async () => ({ note: 'seen in the cabinet', version: (await people.read(theirs)).version });
      const declareVoid = async () =>
        people.acts.dispose(theirs, { upstreamId: receipt, disposition: 'void', ...(await seen()) }, 'operator:anna');
      const attemptId = shop(theirs).attempts[0]?.id ?? assert.fail();
      const paid = async (amount: number, by = people) =>
        by.acts.resolve(theirs, { outcome: 'paid', attemptId, amount, currency: 'UZS', ...(await seen()) }, 'operator:anna');
      const money = async (id: string) => {
        const { status, amountPaid, evidence } = await people.read(id);
        return [status, amountPaid, evidence.map(({ amount, counted }) => [amount, counted])];
      };
      await declareVoid();
      await assert.rejects(paid(5_000_000), problem('invalid_request'));
      assert.deepEqual(await money(theirs), ['expired', 0, [[500_000, false]]]);

      // Where Payme cannot be asked, the word counts. The money that it stands for pays nothing else meanwhile.
      await paid(500_000, without('readOutcome'));
      const named = shop(mine).evidence.map((row) => ({ ...row, upstreamId: receipt }));
      await without('isMoneyOfAnother')
        .recover({ ...shop(mine), evidence: named })
        .catch(() => undefined);
      assert.deepEqual((await money(mine)).at(-1), []);
      assert.deepEqual(await money(theirs), ['succeeded', 500_000, [[500_000, false]]]);

      await people.acts.reopen(theirs, await seen(), 'operator:anna');
      await declareVoid();
      await paid(500_000);
      assert.deepEqual(await money(theirs), ['succeeded', 500_000, [[500_000, true]]]);
      // Both were decided at the same moment, so they come in no order.
      const decisions = (await again.store.decisions(theirs)).filter(({ outcome }) => outcome === 'paid');
      assert.deepEqual(decisions.map(({ supersededBy }) => supersededBy).sort(), [receipt, 'reopened'].sort());
      assert.equal(decisions.find(({ supersededBy }) => supersededBy === receipt)?.key, receipt);
    });
  });
}
