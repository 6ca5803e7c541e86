/** One field finds a payment by whatever a customer or a shop reads out, on both engines, page by page. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { paymentReference } from '../../../server/contract/index.ts';
import type { PaymentPage } from '../../../server/contract/operate.ts';
import { engines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

for (const { name, skip, create } of engines) {
  describe(`the search on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    let wanted: string;
    let attemptId: string;
    let cardPayment: string;

    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });
    before(async () => {
      for (let other = 0; other < 30; other += 1) await testBed.pay(`other-${other}`);
      testBed.clock.advance(1_000);
      wanted = await testBed.payments.create(merchant, {
        amount: 123_456,
        currency: 'MMK',
        orderId: 'A-2026/77',
        label: 'customer no. 9',
        phone: '+95 9 777 123 456'.replaceAll(' ', ''),
        expiresIn: 3600,
      });
      await testBed.show(wanted);
      attemptId = (await testBed.submitNumber(wanted, 'TX90817263')).id;
      await testBed.paid(wanted, attemptId, { amount: 123_000, upstreamId: 'receipt-0815' });
      testBed.clock.advance(1_000);
      cardPayment = await testBed.pay();
      await testBed.beginCard(cardPayment);
    });

    const search = async (parameters: Record<string, string>, key = keys.anna): Promise<PaymentPage> => {
      const { status, body } = await testBed.get<PaymentPage>(`/operate/payments?${new URLSearchParams(parameters)}`, key);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    };
    const finds = async (q: string, understoodAs: string, id = wanted): Promise<void> => {
      const found = await search({ q });
      assert.deepEqual([found.payments.map((payment) => payment.id), found.understoodAs], [[id], understoodAs], q);
    };

    it('finds a payment by its reference, however it is read out', async () => {
      const reference = paymentReference(wanted);
      const bare = reference.replaceAll('-', '').slice(2);
      for (const text of [reference, reference.toLowerCase(), bare, `PD ${bare}`, `pd${bare}`, `  ${reference} `])
        await finds(text, 'reference');
      const misread = bare.replaceAll('0', 'O').replaceAll('1', 'l');
      await finds(`PD-${misread}`, 'reference');
      await finds(`reference:${misread}`, 'reference');
      await finds(reference.slice(0, 7), 'reference');
    });

    it('finds it by the ids of the payment, the attempt and the receipt', async () => {
      await finds(wanted, 'payment id');
      await finds(wanted.toUpperCase(), 'payment id');
      await finds(attemptId, 'attempt id');
      await finds('receipt-0815', 'receipt or transaction of a payment service');
    });

    it("finds it by the shop's order and customer", async () => {
      await finds('A-2026/77', 'order');
      await finds('customer no. 9', 'label');
      await finds('label: customer no. 9', 'label');
    });

    it('finds it by the transaction number and by its last characters, in any digits', async () => {
      for (const text of ['TX90817263', 'tx 9081 7263', '17263', '၁၇၂၆၃'])
        await finds(text, 'transaction number, or the end of one');
      await finds('7263', 'transaction number, or the end of one');
    });

    it('finds a card by its last digits', async () => {
      await finds('6311', 'end of a card, code or number', cardPayment);
      await finds('card:6311', 'end of a card, code or number', cardPayment);
      await finds('****6311', 'end of a card, code or number', cardPayment);
    });

    it('finds it by the phone and by its end', async () => {
      for (const text of ['+959777123456', '777 123 456', '23456', 'phone:3456']) await finds(text, 'phone, or the end of one');
    });

    it('finds it by the amount that was asked, and by the one that came', async () => {
      for (const text of ['1234.56', '1234,56', '1234.56 MMK', 'MMK 1234.56', 'amount:1234.56', '1230.00'])
        await finds(text, 'amount');
      assert.deepEqual((await search({ q: '1234.56 PLN' })).payments, []);
    });

    it('finds all payments of a day, and only with the other filters', async () => {
      const today = new Date(testBed.clock.now()).toISOString().slice(0, 10);
      const found = await search({ q: today, limit: '100' });
      assert.deepEqual([found.payments.length, found.understoodAs], [32, 'day']);
      const [year, month, day] = today.split('-');
      assert.equal((await search({ q: `${day}.${month}.${year}`, limit: '100' })).payments.length, 32);
      const underpaid = await search({ q: today, status: 'underpaid', method: 'wallet', currency: 'MMK' });
      assert.deepEqual(
        underpaid.payments.map(({ id }) => id),
        [wanted],
      );
      assert.deepEqual((await search({ from: '2020-01-01', to: '2020-01-31' })).payments, []);
      assert.equal((await search({ from: today, to: today, limit: '100' })).payments.length, 32);
    });

    it('filters by status alone, a rare and a common one', async () => {
      assert.deepEqual(
        (await search({ status: 'underpaid' })).payments.map(({ id }) => id),
        [wanted],
      );
      assert.equal((await search({ status: 'open', limit: '100' })).payments.length, 30);
      assert.equal((await search({ status: 'open', merchant: 'books', limit: '100' })).payments.length, 30);
    });

    it('lists page by page, newest first, without a gap', async () => {
      const seen: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: PaymentPage = await search({ limit: '7', ...(next && { after: next }) });
        seen.push(...page.payments.map(({ id }) => id));
        next = page.next;
      }
      assert.equal(new Set(seen).size, 32);
      assert.deepEqual(seen.slice(0, 2), [cardPayment, wanted]);
    });

    it('shows what one sees at a glance, and nothing that is not masked', async () => {
      const [found] = (await search({ q: wanted })).payments;
      const { id, reference, createdAt: _c, updatedAt: _u, ...rest } = found ?? assert.fail();
      assert.deepEqual([id, reference], [wanted, paymentReference(wanted)]);
      const money = { amount: 123_456, due: 123_456, amountPaid: 123_000, amountRefunded: 0, currency: 'MMK' };
      const names = { merchantId: 'books', orderId: 'A-2026/77', label: 'customer no. 9' };
      assert.deepEqual(rest, { ...names, ...money, status: 'underpaid', test: true, method: 'wallet', lastCharacters: null });
    });

    it('finds nothing of other merchants, whatever an operator types', async () => {
      for (const q of [
        wanted,
        paymentReference(wanted),
        attemptId,
        'A-2026/77',
        'TX90817263',
        'receipt-0815',
        '1234.56',
        '+959777123456',
      ])
        assert.deepEqual((await search({ q }, keys.stranger)).payments, [], q);
    });

    it('finds nothing by what nobody has, and says so plainly', async () => {
      for (const q of ["'; drop table payments; --", '%', '_', 'PD-', '☃', '9'.repeat(100), '-1', '99999999999999.99']) {
        const { payments, next } = await search({ q });
        assert.deepEqual([payments, next], [[], null], q);
      }
    });

    it('refuses filters that cannot be', async () => {
      for (const query of [
        'from=2026-02-31',
        'to=yesterday',
        'status=lost',
        'currency=zł',
        'limit=101',
        'q=%00',
        'q=a%00b',
        `q=${'x'.repeat(201)}`,
      ]) {
        const { status, body } = await testBed.get(`/operate/payments?${query}`);
        assert.deepEqual([status, body.code], [422, 'invalid_request'], query);
      }
    });

    it('leaves a line without the text itself', async () => {
      testBed.clock.advance(1);
      await search({ q: '+959777123456' });
      const line = (await testBed.log()).filter(({ action }) => action === 'search').at(-1);
      assert.equal(line?.operator, 'anna');
      assert.ok(!line?.data.includes('777123456'));
      const data = JSON.parse(line?.data ?? '{}');
      assert.deepEqual(
        [data.understoodAs, data.found, data.text],
        ['phone, or the end of one', 1, testBed.sealer.fingerprint('+959777123456')],
      );
    });

    it('finds an order and a customer as the shop wrote them, also where signs have a simpler form', async () => {
      const create = (orderId: string, label: string) =>
        testBed.payments.create(merchant, { amount: 777, currency: 'MMK', orderId, label, expiresIn: 3600 });
      const id = await create('Заказ № 17/½', 'ﬁrma ＡＢ');
      for (const text of ['Заказ № 17/½', ' order: Заказ № 17/½ ', 'order：Заказ № 17/½']) await finds(text, 'order', id);
      await finds('ﬁrma ＡＢ', 'label', id);
      await finds('label:ﬁrma ＡＢ', 'label', id);
      const simple = await create('No 18', 'simple');
      await finds('№ １８', 'order', simple);
    });
  });
}
