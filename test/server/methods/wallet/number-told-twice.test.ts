/**
 * One transaction number that is told in two ways: by a person who decides, by a postback that names its attempt, and by one that names
 * none. The transfer counts once.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { type MatchDeps, matchPostback } from '../../../../server/methods/wallet/match-postback.ts';
import { createWallets } from '../../../../server/methods/wallet/method.ts';
import { receivePostback } from '../../../../server/methods/wallet/postbacks.ts';
import { resolvePayment } from '../../../../server/payments/decisions.ts';
import type { ProblemError } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

const usual = { mode: 'flat', wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
const operator = { by: 'operator:anna', merchants: null, note: 'seen in the cabinet' } as const;
const typed = { amount: 600_000, currency: 'MMK' };

for (const engine of usualEngines) {
  describe(`a number that is told twice (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let bed: WalletTestBed;
    let deps: MatchDeps;
    before(async () => {
      database = await engine.create();
      bed = await createWalletTestBed({ databaseUrl: database.url });
      await bed.control('postbacks', { url: null });
      deps = {
        store: bed.store,
        clock: bed.clock,
        account: bed.parts.account,
        merchantIds: () => ['books'],
        changed: () => undefined,
        corrected: (id) => assert.fail(`the money of ${id} was overlooked`),
      };
    });
    after(async () => {
      await bed.close();
      await database.drop();
    });

    let numbers = 3_700_000_000;
    const nextNumber = () => {
      numbers += 1;
      return String(numbers);
    };
    const postback = async (number: string, attemptId = '') => {
      const sent: Transaction = {
        custom_transaction_id: attemptId,
        wallet_type: 'wavepay',
        label: 'customer',
        key1: number,
        currency_code: 'MMK',
        amount: 600_000,
        deposit_amount: 600_000,
        status: 'activated',
        at: new Date(bed.clock.now()).toISOString(),
      };
      const account = bed.parts.account('books') ?? assert.fail();
      assert.ok(await receivePostback(bed.parts, 'books', account, Buffer.from(postbackBody(sent, bed.simulator.keys, usual))));
      return (await bed.store.postbackItemByKey('paykassma:simulator', `wavepay:${number}`))?.id ?? '';
    };
    /** A payment that has shown twice where to transfer to. A person has decided that the first was paid by this number. */
    const decided = async (number: string) => {
      const id = await bed.pay();
      await bed.choose(id);
      await bed.payments.abandon(id);
      await bed.choose(id);
      const [first, second] = (await bed.store.attempts(id)).map((attempt) => attempt.id);
      assert.ok(first !== undefined && second !== undefined);
      const version = (await bed.store.payment(id))?.version ?? 0;
      const wanted = { outcome: 'paid', attemptId: first, ...typed, upstreamId: number, note: operator.note, version } as const;
      const settleAttempt = async () => assert.fail('nothing is read');
      await resolvePayment({ ...deps, methods: [createWallets(bed.parts).port], settleAttempt }, id, wanted, operator.by);
      return { id, second };
    };
    const view = async (id: string) => {
      const { status, amountPaid } = await bed.payments.view(id);
      return [status, amountPaid];
    };

    it('by a decision and then by a postback that is matched by hand counts once', async () => {
      const number = nextNumber();
      const { id } = await decided(number);
      await matchPostback(deps, await postback(number), { ...operator, paymentId: id, ...typed });
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
    });

    it('by a decision and then by a postback that names another attempt of the payment counts once', async () => {
      const number = nextNumber();
      const { id, second } = await decided(number);
      await postback(number, second);
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
    });

    it('by a postback that names its attempt and then by one that names none counts once', async () => {
      const number = nextNumber();
      const id = await bed.pay();
      await bed.choose(id);
      const [attempt] = await bed.store.attempts(id);
      await postback(number, attempt?.id);
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
      const again = matchPostback(deps, await postback(number), { ...operator, paymentId: id, ...typed });
      await assert.rejects(again, ({ code }: ProblemError) => code === 'transaction_number_used');
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
    });
  });
}
