/** The demo sells by SMS and takes discount codes, in each currency that has codes, checked by PayCodes' ledger. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { shopper } from './shopper.ts';

const markets = [
  { currency: 'PLN', amount: 2500, off: 500, tenth: 'DISC10PC', whole: 'DISCFULL', sum: 'DISC5PLN' },
  { currency: 'MMK', amount: 600_000, off: 100_000, tenth: 'MMKP0001', whole: 'MMKF0001', sum: 'MMKA0001' },
  { currency: 'UZS', amount: 500_000, off: 100_000, tenth: 'UZSP0001', whole: 'UZSF0001', sum: 'UZSA0001' },
];

describe('codes by SMS and discounts in the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ portBase: 0 });
  });
  after(() => demo.close());

  const { buy, send } = shopper(() => demo);

  for (const { currency, amount, off, tenth, whole, sum } of markets) {
    it(`sell in ${currency} for the price of an SMS: by a code that comes back, and by a code that is sent`, async () => {
      const asks = await buy({ amount, currency });
      const { nextAction } = (await asks.ask('sms-code/start')).view;
      assert.ok(nextAction.kind === 'send_sms' && nextAction.price === amount);
      const code = /[A-Z0-9]{8}$/.exec((await send(nextAction)) ?? '')?.[0] ?? assert.fail('no code came');
      assert.equal((await asks.ask('pay-code', { code })).view.status, 'succeeded');
      await asks.untilWebhooks('payment.succeeded');

      const sends = await buy({ amount, currency });
      assert.equal(await send((await sends.ask('reversed-sms/start')).view.nextAction), 'Thank you');
      await sends.untilWebhooks('payment.succeeded');
      const { uses, charges } = demo.paycodes.ledger();
      assert.deepEqual(
        uses.slice(-2).map(({ ruleSlug, client }) => [ruleSlug.split('-')[1], client === 'sms:sandbox']),
        [
          ['sms', false],
          ['reversed', true],
        ],
      );
      assert.deepEqual(
        charges.slice(-2).map((charge) => [charge.price, charge.currency]),
        [
          [amount, currency],
          [amount, currency],
        ],
      );
    });

    it(`reduce the amount in ${currency}; no SMS is offered whose price differs from the amount due`, async () => {
      const typed = async (code: string) => (await (await buy({ amount, currency })).ask('pay-code', { code })).view;
      const { due, nextAction } = await typed(tenth);
      assert.equal(due, amount * 0.9);
      assert.doesNotMatch(JSON.stringify(nextAction), /"(sms|reversed)":true/);
      assert.equal((await typed(sum)).discount, off);
      assert.equal((await typed(whole)).status, 'succeeded');
    });

    it(`show in ${currency} the format of a code, though there are many rules`, async () => {
      const { nextAction } = await (await buy({ amount, currency })).view();
      const ways = nextAction.kind === 'choose' ? nextAction.options : [nextAction];
      const entry = ways.find((way) => way.kind === 'enter_code');
      assert.deepEqual([entry?.length, entry?.alphabet?.length, entry?.canBuyBySms, entry?.canPayBySms], [8, 34, true, true]);
    });
  }

  it('can be worth more at the lenient merchant, once the customer agrees', async () => {
    const { ask, untilWebhooks } = await buy({ amount: 2500, currency: 'PLN', seller: 'lenient' });
    const { problem, view } = await ask('pay-code', { code: 'HIGH0001' });
    assert.equal(problem, 'code_value_too_high');
    assert.deepEqual(view.nextAction, { kind: 'enter_code', excessConsent: true, canBuyBySms: true, canPayBySms: true });
    assert.equal((await ask('pay-code', { code: 'HIGH0001', acceptExcess: true })).view.status, 'succeeded');
    await untilWebhooks('payment.succeeded');
  });
});
