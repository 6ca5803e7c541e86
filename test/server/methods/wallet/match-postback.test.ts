/**
 * Transactions of signed postbacks that belong to no payment: each waits once for a person, who matches it to a payment or
 * dismisses it. The money counts once, whoever acts at the same time and whatever Paykassma sends later.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { dismissPostback, type MatchDeps, matchPostback } from '../../../../server/methods/wallet/match-postback.ts';
import { applyStoredPostbacks, receivePostback } from '../../../../server/methods/wallet/postbacks.ts';
import type { ProblemError } from '../../../../server/payments/model/errors.ts';
import { recordRefundByHand } from '../../../../server/payments/refunds.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

const usual = { mode: 'flat', wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
const operator = { by: 'operator:anna', merchants: null, note: 'seen in the cabinet' } as const;
const typed = { amount: 600_000, currency: 'MMK' };

for (const engine of usualEngines) {
  describe(`a transaction of no payment (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let testBed: WalletTestBed;
    let signedBed: WalletTestBed;
    let deps: MatchDeps;
    before(async () => {
      database = await engine.create();
      testBed = await createWalletTestBed({ databaseUrl: database.url, activateMs: 300 });
      // The same merchant, store and keys, but with postbacks whose signature covers the amount.
      signedBed = await createWalletTestBed({ databaseUrl: database.url, settings: { signedPath: 'transactions' } });
      await testBed.control('postbacks', { url: null });
      deps = depsOf(testBed);
    });
    afterEach(() => {
      testBed.failures.length = 0;
      signedBed.failures.length = 0;
    });
    after(async () => {
      await testBed.close();
      await signedBed.close();
      await database.drop();
    });

    const depsOf = (bed: WalletTestBed, own: Partial<MatchDeps> = {}): MatchDeps => ({
      store: bed.store,
      clock: bed.clock,
      account: bed.parts.account,
      merchantIds: () => ['books'],
      changed: () => undefined,
      corrected: (id) => assert.fail(`the money of ${id} was overlooked`),
      ...own,
    });
    let numbers = 3_100_000_000;
    const nextNumber = () => {
      numbers += 1;
      return String(numbers);
    };
    const transaction = (own: Partial<Transaction> = {}): Transaction => ({
      custom_transaction_id: '',
      wallet_type: 'wavepay',
      label: 'customer',
      key1: nextNumber(),
      currency_code: 'MMK',
      amount: 600_000,
      deposit_amount: 600_000,
      status: 'activated',
      at: new Date(testBed.clock.now()).toISOString(),
      ...own,
    });
    const receive = async (bed: WalletTestBed, body: string | Uint8Array) => {
      const account = bed.parts.account('books');
      assert.ok(account && (await receivePostback(bed.parts, 'books', account, Buffer.from(body))));
    };
    const postback = (sent: Transaction, bed = testBed, own: { unsignedTimes?: number } = {}) => {
      const mode = bed === signedBed ? 'legacy' : 'flat';
      return receive(bed, postbackBody(sent, bed.simulator.keys, { ...usual, mode, ...own }));
    };
    const itemOf = (number: string, wallet = 'wavepay') =>
      testBed.store.postbackItemByKey('paykassma:simulator', `${wallet}:${number}`);
    /** A stored transaction that nobody can assign. */
    const stray = async (own: Partial<Transaction> = {}, bed = testBed) => {
      const sent = transaction(own);
      await postback(sent, bed);
      const item = await itemOf(sent.key1, sent.wallet_type);
      assert.equal(item?.status, 'unmatched');
      return { item, sent };
    };
    /** A payment that has shown where to transfer to. */
    const shown = async () => {
      const paymentId = await testBed.pay();
      await testBed.choose(paymentId);
      return paymentId;
    };
    const view = async (id: string) => {
      const { status, amountPaid } = await testBed.payments.view(id);
      return [status, amountPaid];
    };
    const match = (itemId: string, own: Partial<Parameters<typeof matchPostback>[2]> & { paymentId: string }, by = deps) =>
      matchPostback(by, itemId, { ...operator, ...own });
    const problem = (code: string, field?: string) => (cause: ProblemError) =>
      cause.code === code && (field === undefined || cause.extras.field === field);

    it('is stored once, whatever postbacks repeat it, as it was read', async () => {
      const { item, sent } = await stray({ custom_transaction_id: 'att_of_nobody' });
      await postback(sent, testBed, { unsignedTimes: 10 });
      const again = await itemOf(sent.key1);
      assert.equal(again?.id, item.id);
      const { wallet, transactionId, customTransactionId, label, amount, currency, signedAmount } = again;
      assert.deepEqual(
        [wallet, transactionId, customTransactionId, label, amount, currency, signedAmount],
        ['wavepay', sent.key1, 'att_of_nobody', 'customer', 600_000, 'MMK', false],
      );
    });

    it('has a proven amount only where the signature covers it', async () => {
      const { item } = await stray({}, signedBed);
      assert.deepEqual([item.amount, item.currency, item.signedAmount], [600_000, 'MMK', true]);
    });

    it('without an id is known by what was signed of it', async () => {
      const sent = { ...transaction({ key1: '' }), custom_transaction_id: `nobody-${nextNumber()}` };
      await postback(sent);
      await postback(sent, testBed, { unsignedTimes: 3 });
      assert.equal((await items()).filter(({ custom_transaction_id: id }) => id === sent.custom_transaction_id).length, 1);
    });

    it('about a payout makes no item', async () => {
      const before = (await items()).length;
      const body = signedFlat([{ transaction_id: nextNumber(), withdrawal_id: '17', withdrawal_status: 1 }]);
      await receive(testBed, body);
      assert.equal((await items()).length, before);
    });

    it('of a form that we do not know waits for a person too', async () => {
      const before = (await items()).length;
      await receive(testBed, signedFlat([{ paid: nextNumber() }]));
      assert.equal((await items()).length, before + 1);
    });

    it('with hostile texts is stored without them', async () => {
      const before = new Set((await items()).map(({ id }) => id));
      await receive(testBed, signedFlat([{ transaction_id: '9'.repeat(50_000), plugin_custom_order_id: 'pay\u0000me' }]));
      const item = (await items()).find(({ id }) => !before.has(id));
      assert.deepEqual([item?.transaction_id, item?.custom_transaction_id, item?.item_key.slice(0, 7)], [null, null, 'digest:']);
    });

    it('pays the payment that a person matches it to, and the history says who and why', async () => {
      const { item } = await stray();
      const id = await shown();
      assert.equal(await match(item.id, { paymentId: id, ...typed }), id);
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
      assert.deepEqual(await testBed.webhookTypes(id), ['payment.succeeded']);
      const after = await testBed.store.postbackItem(item.id);
      assert.deepEqual(
        [after?.status, after?.paymentId, after?.matchedBy, after?.note],
        ['matched', id, 'operator:anna', operator.note],
      );
      const audit = (await history(id)).find(({ type }) => type === 'evidence.taken');
      assert.match(audit?.data ?? '', /"matchedBy":"operator:anna".*seen in the cabinet/);
      assert.deepEqual(
        (await testBed.store.evidence(id)).map(({ reportedBy }) => reportedBy),
        ['operator'],
      );
    });

    it('with too little money leaves the payment underpaid', async () => {
      const { item } = await stray();
      const id = await shown();
      await match(item.id, { paymentId: id, amount: 200_000, currency: 'MMK' });
      assert.deepEqual(await view(id), ['underpaid', 200_000]);
    });

    for (const [what, own] of [
      ['with its number', {}],
      ['without a number', { key1: '' }],
    ] as const) {
      it(`matched twice at once, ${what}, pays one payment only`, async () => {
        const known = new Set((await items()).map(({ id }) => id));
        await postback(transaction({ ...own, custom_transaction_id: `nobody-${nextNumber()}` }));
        const itemId = (await items()).find(({ id }) => !known.has(id))?.id ?? '';
        const ids = [await shown(), await shown()];
        const results = await Promise.allSettled(ids.map((paymentId) => match(itemId, { paymentId, ...typed })));
        const lost = results.filter((result) => result.status === 'rejected');
        assert.equal(lost.length, 1);
        assert.ok(problem('transaction_number_used')(lost[0]?.reason), String(lost[0]?.reason));
        const views = await Promise.all(ids.map(view));
        assert.deepEqual(views.map(([status]) => status).toSorted(), ['awaiting_customer', 'succeeded']);
        await assert.rejects(match(itemId, { paymentId: ids[0] ?? '', ...typed }), problem('transaction_number_used'));
      });
    }

    it('is not matched across currencies, wallets, or to a payment that showed nothing', async () => {
      const { item } = await stray();
      const { item: nagad } = await stray({ wallet_type: 'nagad', currency_code: 'BDT' });
      const id = await shown();
      const bare = await testBed.pay();
      await assert.rejects(match(item.id, { paymentId: id, ...typed, currency: 'USD' }), problem('invalid_request', 'currency'));
      await assert.rejects(match(nagad.id, { paymentId: id, ...typed }), problem('invalid_request', 'paymentId'));
      await assert.rejects(match(item.id, { paymentId: bare, ...typed }), problem('invalid_request', 'paymentId'));
      await assert.rejects(match(item.id, { paymentId: 'pay_nobody', ...typed }), problem('not_found', 'paymentId'));
      assert.deepEqual(await view(id), ['awaiting_customer', 0]);
      assert.equal((await testBed.store.postbackItem(item.id))?.status, 'unmatched');
    });

    it('needs an amount where none is proven, and takes no other where one is', async () => {
      const { item } = await stray();
      const { item: signed } = await stray({}, signedBed);
      const id = await shown();
      await assert.rejects(match(item.id, { paymentId: id }), problem('invalid_request', 'amount'));
      await assert.rejects(match(item.id, { paymentId: id, amount: 1 }), problem('invalid_request', 'currency'));
      await assert.rejects(match(signed.id, { paymentId: id, amount: 600_001 }), problem('invalid_request', 'amount'));
      await match(signed.id, { paymentId: id });
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
      assert.equal((await testBed.store.evidence(id))[0]?.reportedBy, null, 'the signature proves it');
    });

    it('of a shared account is decided only by who may act for all of its merchants', async () => {
      const { item } = await stray();
      const id = await shown();
      const shared = depsOf(testBed, { account: () => testBed.parts.account('books'), merchantIds: () => ['books', 'cafe'] });
      const forOne = { paymentId: id, ...typed, merchants: ['books'] };
      await assert.rejects(match(item.id, forOne, shared), problem('not_found'));
      await assert.rejects(dismissPostback(shared, item.id, { ...operator, merchants: ['books'] }), problem('not_found'));
      await assert.rejects(match(item.id, { ...forOne, merchants: ['other'] }), problem('not_found'));
      await match(item.id, { ...forOne, merchants: ['cafe', 'books'] }, shared);
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
    });

    it('of an amount that one person alone may not decide about is left to a decision with a second person', async () => {
      const { item } = await stray();
      const paymentId = await shown();
      const limited = { ...deps, secondPersonAbove: () => 599_999 };
      const typed = { paymentId, amount: 600_000, currency: 'MMK' };
      await assert.rejects(match(item.id, typed, limited), problem('decision_refused', 'amount'));
      assert.equal((await testBed.store.postbackItem(item.id))?.status, 'unmatched');
      await match(item.id, typed, { ...deps, secondPersonAbove: () => 600_000 });
      assert.deepEqual(await view(paymentId), ['succeeded', 600_000]);
    });

    it('that comes again, naming its attempt, counts no second time', async () => {
      const id = await shown();
      const { item, sent } = await stray();
      await match(item.id, { paymentId: id, ...typed });
      const [attempt] = await testBed.store.attempts(id);
      await postback({ ...sent, custom_transaction_id: attempt?.id ?? '' });
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
      assert.equal((await testBed.store.evidence(id)).length, 1);
      assert.deepEqual(await testBed.store.flags(id), []);
    });

    it('whose number the customer had submitted is settled as that attempt, so a late answer counts nothing', async () => {
      const id = await shown();
      const number = nextNumber();
      await testBed.submit(id, number);
      const { item } = await stray({ key1: number });
      await match(item.id, { paymentId: id, ...typed });
      const attempt = (await testBed.store.attempts(id)).find(({ submittedReference }) => submittedReference === number);
      const evidence = { upstream: 'paykassma:host', upstreamId: attempt?.id ?? '', ...typed };
      await testBed.payments.settleAttempt(id, attempt?.id ?? '', { kind: 'paid', evidence }, 9);
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
    });

    it('beside an attempt with another number leaves that one to its own answer', async () => {
      const id = await shown();
      const number = nextNumber();
      await testBed.submit(id, number);
      const { item } = await stray();
      await match(item.id, { paymentId: id, amount: 200_000, currency: 'MMK' });
      const waiting = (await testBed.store.attempts(id)).find(({ submittedReference }) => submittedReference === number);
      await postback(transaction({ key1: number, custom_transaction_id: waiting?.id ?? '', amount: 600_000 }));
      assert.deepEqual(await view(id), ['succeeded', 800_000]);
    });

    it('that turns out to be of another payment goes to a person, and counts once', async () => {
      const wrong = await shown();
      const right = await shown();
      const { item, sent } = await stray();
      await match(item.id, { paymentId: wrong, ...typed });
      const [attempt] = await testBed.store.attempts(right);
      await postback({ ...sent, custom_transaction_id: attempt?.id ?? '' });
      assert.deepEqual(await view(right), ['needs_review', 0]);
      assert.deepEqual(
        (await testBed.store.flags(wrong)).map(({ kind }) => kind),
        ['decision_contradicted'],
      );
    });

    for (const [say, amount] of [
      ['the same', 600_000],
      ['another', 500_000],
    ] as const)
      it(`whose amount was typed in, and then is signed as ${say}, is what the service says`, async () => {
        const id = await shown();
        const { item, sent } = await stray();
        await match(item.id, { paymentId: id, ...typed });
        const [attempt] = await testBed.store.attempts(id);
        await postback({ ...sent, custom_transaction_id: attempt?.id ?? '', amount, deposit_amount: amount }, signedBed);
        const [evidence] = await testBed.store.evidence(id);
        assert.deepEqual([evidence?.amount, evidence?.reportedBy], [amount, null]);
        assert.deepEqual(await view(id), ['succeeded', amount]);
        const flags = (await testBed.store.flags(id)).map(({ kind, amount: reported }) => [kind, reported]);
        assert.deepEqual(flags, amount === 600_000 ? [] : [['decision_contradicted', amount]]);
      });

    for (const [what, amount, returned, signed, status, loss] of [
      ['less than', 100, 100, 600_000, 'needs_review', false],
      ['more than', 600_000, 500_000, 100, 'succeeded', true],
    ] as const)
      it(`of which ${what} the service then reports was returned by hand is left to a person`, async () => {
        const id = await shown();
        const { item, sent } = await stray();
        await match(item.id, { paymentId: id, amount, currency: 'MMK' });
        const byHand = { amount: returned, currency: 'MMK', note: 'by transfer' };
        await recordRefundByHand(deps, id, { byHand, seen: null, once: null }, 'operator:bob');
        const [attempt] = await testBed.store.attempts(id);
        const own = { custom_transaction_id: attempt?.id ?? '', amount: signed, deposit_amount: signed };
        await postback({ ...sent, ...own }, signedBed);
        assert.deepEqual(await view(id), [status, signed]);
        const flag = (await testBed.store.flags(id)).find(({ kind }) => kind === 'decision_contradicted');
        assert.equal(
          flag?.reason.includes(`More was returned than came: ${returned - signed} in minor units.`),
          loss,
          flag?.reason,
        );
      });

    it('whose amount was typed in is corrected by an answer that was in flight', async () => {
      const id = await shown();
      const { item } = await stray();
      await match(item.id, { paymentId: id, ...typed });
      const [attempt] = await testBed.store.attempts(id);
      const evidence = { upstream: 'paykassma:host', upstreamId: attempt?.id ?? '', amount: 100, currency: 'MMK' };
      await testBed.payments.settleAttempt(id, attempt?.id ?? '', { kind: 'paid', evidence }, 9);
      assert.deepEqual(await view(id), ['succeeded', 100], 'the status is left to a person');
      const flags = (await testBed.store.flags(id)).map(({ kind, amount }) => [kind, amount]);
      assert.deepEqual(flags, [['decision_contradicted', 100]]);
    });

    for (const [what, bed, own] of [
      ['signed', () => signedBed, {}],
      ['typed in and then confirmed', () => testBed, typed],
    ] as const)
      it(`whose amount was ${what}, and then is signed as others, raises a flag for each of them`, async () => {
        const id = await shown();
        const { item, sent } = await stray({}, bed());
        await match(item.id, { paymentId: id, ...own });
        const [attempt] = await testBed.store.attempts(id);
        for (const amount of [600_000, 100, 700_000, 100])
          await postback({ ...sent, custom_transaction_id: attempt?.id ?? '', amount, deposit_amount: amount }, signedBed);
        assert.deepEqual(await view(id), ['succeeded', 600_000], 'what the service said first counts until a person decides');
        const flags = (await testBed.store.flags(id)).map(({ kind, amount }) => [kind, amount]);
        assert.deepEqual(flags.toSorted(), [
          ['decision_contradicted', 100],
          ['decision_contradicted', 700_000],
        ]);
      });

    it('that comes again with another amount raises a flag', async () => {
      const id = await shown();
      const { item, sent } = await stray();
      await match(item.id, { paymentId: id, amount: 500_000, currency: 'MMK' });
      const [attempt] = await testBed.store.attempts(id);
      await postback({ ...sent, custom_transaction_id: attempt?.id ?? '' });
      assert.deepEqual(await view(id), ['underpaid', 500_000]);
      assert.deepEqual(
        (await testBed.store.flags(id)).map(({ kind, amount }) => [kind, amount]),
        [['decision_contradicted', 600_000]],
      );
    });

    it('cannot be submitted by a customer afterwards, nor matched if a customer has paid with it', async () => {
      const { item, sent } = await stray();
      await match(item.id, { paymentId: await shown(), ...typed });
      const thief = await shown();
      await testBed.submit(thief, sent.key1);
      assert.deepEqual(await view(thief), ['awaiting_customer', 0]);

      const payer = await shown();
      const number = await testBed.transfer();
      await testBed.submit(payer, number);
      assert.deepEqual(await view(payer), ['succeeded', 600_000]);
      const { item: used } = await stray({ key1: number });
      await assert.rejects(match(used.id, { paymentId: thief, ...typed }), problem('transaction_number_used'));
    });

    it('whose number another payment has submitted is matched to that one, or to none', async () => {
      const waiting = await shown();
      const number = nextNumber();
      await testBed.submit(waiting, number);
      const { item } = await stray({ key1: number });
      await assert.rejects(match(item.id, { paymentId: await shown(), ...typed }), problem('number_checking'));
      await match(item.id, { paymentId: waiting, ...typed });
      assert.deepEqual(await view(waiting), ['succeeded', 600_000]);
    });

    it('is dismissed with a reason, once', async () => {
      const { item } = await stray();
      assert.equal((await dismissPostback(deps, item.id, operator)).status, 'dismissed');
      await assert.rejects(dismissPostback(deps, item.id, operator), problem('transaction_number_used'));
      await assert.rejects(match(item.id, { paymentId: await shown(), ...typed }), problem('transaction_number_used'));
    });

    it('no longer keeps its postback unmatched once a person has decided', async () => {
      for (const { id, status } of await items()) if (status === 'unmatched') await dismissPostback(deps, id, operator);
      await applyStoredPostbacks(testBed.parts);
      await applyStoredPostbacks(signedBed.parts);
      assert.equal((await testBed.store.backlog()).unmatchedPostbacks, 0);
    });

    it('whose merchant comes back to the merchants file is applied, and its item is matched by nobody', async () => {
      const { item, sent } = await stray({ custom_transaction_id: 'att_later' });
      const id = await shown();
      const [attempt] = await testBed.store.attempts(id);
      assert.ok(attempt);
      await testBed.store.insertAttempt({ ...attempt, id: 'att_later', submittedReference: sent.key1 });
      testBed.clock.advance(3_600_001);
      await applyStoredPostbacks(testBed.parts);
      const after = await testBed.store.postbackItem(item.id);
      assert.deepEqual([after?.status, after?.paymentId, after?.matchedBy], ['matched', id, null]);
      assert.deepEqual(await view(id), ['succeeded', 600_000]);
    });

    const signedFlat = (list: object[]) => {
      const sent = postbackBody(transaction(), testBed.simulator.keys, usual).toString();
      const { accessKey, privateKey } = testBed.simulator.keys;
      const json = JSON.stringify(list);
      const signature = sha1(accessKey + privateKey + md5(json));
      return JSON.stringify({ ...JSON.parse(sent), signature, additional_data: list });
    };
    const items = async () => {
      const { db } = openDatabase(database.url);
      const rows = await db.selectFrom('postback_items').selectAll().execute();
      await db.destroy();
      return rows;
    };
    const history = async (paymentId: string) => {
      const { db } = openDatabase(database.url);
      const rows = await db.selectFrom('audit').select(['type', 'data']).where('payment_id', '=', paymentId).execute();
      await db.destroy();
      return rows;
    };
  });
}

const hex = (algorithm: string) => (text: string) => createHash(algorithm).update(text).digest('hex');
const md5 = hex('md5');
const sha1 = hex('sha1');
