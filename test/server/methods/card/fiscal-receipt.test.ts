/**
 * The merchant's cash register reports a fiscal receipt, over HTTP, with a Payme simulator: it is stored, shown, sent in a webhook, and
 * Payme is told of it. No money and no status moves by it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Payment, WebhookEventPage } from '../../../../server/contract/index.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { type CardHttpTestBed, createCardHttpTestBed } from './card-http-test-bed.ts';

let testBed: CardHttpTestBed;
before(async () => {
  testBed = await createCardHttpTestBed();
});
after(() => testBed.close());

const sale = {
  kind: 'sale',
  receiptId: 121,
  qrUrl: 'https://ofd.example/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082',
  fiscalSign: '800031554082',
  terminalId: 'EP000000000025',
  issuedAt: '2027-03-01T07:05:12Z',
};
const refund = { kind: 'refund', receiptId: 122, qrUrl: 'https://ofd.example/check?r=122' };

type Answer = Payment & { code?: string; field?: string; detail?: string };
const report = (id: string, body: object, more: Record<string, string> = {}, key = 'sk_test_card_shop') =>
  testBed.call<Answer>('POST', `/v1/payments/${id}/fiscal-receipt`, key, body, more);
const told = () => testBed.calls('receipts.set_fiscal_data');
const read = async (id: string) => (await testBed.merchant<Answer>('GET', `payments/${id}`)).body;
const webhooks = async (id: string) => {
  const { events } = (await testBed.merchant<WebhookEventPage>('GET', `events?paymentId=${id}`)).body;
  return events.map(({ type }) => type);
};

describe('a fiscal receipt of the merchant’s cash register', () => {
  it('is stored, shown to the customer by its address alone, sent in one webhook, and Payme is told', async () => {
    const { id, view } = await testBed.pay();
    const before = await read(id);
    const { status, body } = await report(id, sale);
    assert.equal(status, 200);
    const [receipt] = body.fiscalReceipts ?? [];
    assert.deepEqual({ ...receipt, ...sale, issuedAt: '2027-03-01T07:05:12.000Z' }, receipt);
    assert.ok(receipt?.takenByPaymeAt);
    const { amountPaid, evidence } = body;
    assert.deepEqual([body.status, amountPaid, evidence], [before.status, before.amountPaid, before.evidence]);
    const stored = testBed.payme.ledger().receipts.find((one) => one.id === evidence[0]?.upstreamId);
    assert.deepEqual(stored?.fiscalData, {
      receipt_id: 121,
      qr_code_url: sale.qrUrl,
      status_code: 0,
      message: 'accepted',
      terminal_id: 'EP000000000025',
      fiscal_sign: '800031554082',
      date: '20270301120512',
    });
    assert.deepEqual(await webhooks(id), ['payment.succeeded', 'payment.updated']);
    const seen = (await view()).body;
    assert.equal(seen.fiscalReceiptUrl, sale.qrUrl);
    assert.doesNotMatch(JSON.stringify({ ...seen, fiscalReceiptUrl: null }), /800031554082|EP000000000025/);
  });

  it('is taken once, with an Idempotency-Key and without one; a corrected one takes its place', async () => {
    const { id, view } = await testBed.pay();
    const before = told();
    const once = { 'idempotency-key': `fiscal-${id}` };
    assert.equal((await report(id, sale, once)).status, 200);
    const { version } = await read(id);
    assert.equal((await report(id, sale, once)).body.version, version);
    assert.equal((await report(id, { ...sale, receiptId: 7 }, once)).body.code, 'idempotency_conflict');
    assert.equal((await report(id, sale)).body.version, version);
    assert.deepEqual([told(), await webhooks(id)], [before + 1, ['payment.succeeded', 'payment.updated']]);
    const corrected = { ...sale, receiptId: 123, qrUrl: 'https://ofd.example/check?r=123' };
    const { fiscalReceipts } = (await report(id, corrected)).body;
    assert.deepEqual([fiscalReceipts?.map(({ receiptId }) => receiptId), told()], [[123], before + 2]);
    assert.equal((await view()).body.fiscalReceiptUrl, corrected.qrUrl);
  });

  it('is kept where Payme does not take it, and Payme is told when it is reported again', async () => {
    const { id, view } = await testBed.pay();
    await testBed.control('faults', { op: 'receipts.set_fiscal_data', when: 'before', kind: 'reset' });
    const lost = await report(id, sale);
    assert.deepEqual([lost.status, lost.body.code], [503, 'provider_unavailable']);
    assert.equal((await view()).body.fiscalReceiptUrl, sale.qrUrl);
    await testBed.control('settings', { refuse: { 'receipts.set_fiscal_data': -31_602 } });
    assert.equal((await report(id, sale)).body.code, 'provider_unavailable');
    await testBed.control('settings', { refuse: { 'receipts.set_fiscal_data': null } });
    assert.equal((await read(id)).fiscalReceipts?.[0]?.takenByPaymeAt, null);
    const { status, body } = await report(id, sale);
    assert.deepEqual([status, body.fiscalReceipts?.length], [200, 1]);
    assert.ok(body.fiscalReceipts?.[0]?.takenByPaymeAt);
    assert.deepEqual(await webhooks(id), ['payment.succeeded', 'payment.updated']);
  });

  it('of a return is shown once the money is back, and does not replace that of the sale at Payme', async () => {
    const { id, view } = await testBed.pay();
    await report(id, sale);
    const before = told();
    const early = await report(id, refund);
    assert.deepEqual([early.status, early.body.code], [409, 'invalid_request']);
    await testBed.merchant('POST', `payments/${id}/refund`, {});
    await waitFor(async () => (await read(id)).status === 'refunded');
    assert.equal((await view()).body.fiscalReceiptUrl, undefined);
    const { status, body } = await report(id, refund);
    assert.deepEqual([status, body.fiscalReceipts?.map(({ kind }) => kind)], [200, ['sale', 'refund']]);
    assert.deepEqual([(await view()).body.fiscalReceiptUrl, told()], [refund.qrUrl, before]);
  });

  it('is refused for a payment that Payme took no money for, and for that of another merchant', async () => {
    const { id } = await testBed.create();
    const { status, body } = await report(id, sale);
    assert.deepEqual([status, body.code, (await read(id)).fiscalReceipts], [409, 'invalid_request', undefined]);
    assert.equal((await report(id, sale, {}, 'sk_test_card_rival')).status, 404);
  });

  for (const [field, value] of [
    ['qrUrl', 'http://ofd.example/check'],
    ['qrUrl', 'javascript:alert(1)'],
    ['qrUrl', 'https://tax@evil.example/'],
    ['qrUrl', `https://ofd.example/${'1'.repeat(300)}`],
    ['receiptId', -1],
    ['receiptId', '121'],
    ['fiscalSign', '8000-31'],
    ['terminalId', 'a b'],
    ['issuedAt', '20270301120512'],
    ['kind', 'return'],
  ] as const)
    it(`is refused with ${field} ${JSON.stringify(value).slice(0, 40)}`, async () => {
      const { id } = await testBed.create();
      const { status, body } = await report(id, { ...sale, [field]: value });
      assert.deepEqual([status, body.code, body.field], [422, 'invalid_request', field]);
      assert.match(body.detail ?? '', /expected/);
    });
});
