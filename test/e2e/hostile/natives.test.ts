/**
 * A merchant's page that has been tampered with, or is only badly written: it can observe its own document, but it does not
 * charge anybody twice.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoKeys } from '../../../server/demo-keys.ts';
import type {} from '../../../widget/embed/pay-desk-global.ts';
import type {} from '../../../widget/events.ts';
import { waitFor } from '../../support/wait-for.ts';
import { setUpShopPage } from '../shop-page-harness.ts';
import { patchNatives } from './patch-natives.ts';

describe('a page that patches natives', () => {
  const harness = setUpShopPage();
  const usesOf = (code: string) => harness.demo.paycodes.ledger().uses.filter((use) => use.code === code).length;
  const ofTheServer = () => [demoKeys.apiKey, demoKeys.webhookSecret, demoKeys.linkKey.key, harness.demo.paycodes.key];
  const recorded = () => harness.page.evaluate(() => [...(window as unknown as { recorded: Set<string> }).recorded]);
  const mount = (clientSecret: string) =>
    harness.page.evaluate((secret) => void window.PayDesk?.mount('#place', { clientSecret: secret, locale: 'en' }), clientSecret);
  const statusOf = async (id: string) => {
    const headers = { authorization: `Bearer ${demoKeys.apiKey}` };
    return (await (await fetch(`${harness.bff}/v1/payments/${id}`, { headers })).json()) as {
      status: string;
      amountPaid: number;
      evidence: unknown[];
      attempts: unknown[];
    };
  };

  it('and pollutes prototypes gets a checkout that works, with the right amount, paid once, and no secret of the server', async () => {
    await harness.context.addInitScript(patchNatives, [...ofTheServer(), 'GOOD0001']);
    await harness.context.addInitScript(() => {
      // As if a script had merged untrusted JSON into an object.
      Object.assign(Object.prototype, { polluted: 'yes', amount: 1, due: 1, status: 'succeeded', prefix: 'x', locale: '<b>' });
    });
    const payment = await harness.payment();
    await harness.openShop();
    await mount(payment.clientSecret);
    await harness.pay(harness.page, 'GOOD0001');
    assert.equal(usesOf('GOOD0001'), 1);
    assert.equal((await statusOf(payment.id)).amountPaid, 2500);
    const found = await recorded();
    // Without the plugin window the page can observe the code, as it can read its own fields.
    assert.ok(
      found.some((what) => what.endsWith('GOOD0001')),
      'the hooks hear nothing at all',
    );
    assert.deepEqual(
      found.filter((what) => !what.endsWith('GOOD0001')),
      [],
    );
    assert.deepEqual(harness.complaints, []);
  });

  /** Fields that a script has added to every object, each of which once looked like a part of the BFF's answer. */
  const paid = { status: 'succeeded', nextAction: { kind: 'none' }, amountPaid: 2500, due: 2500, amount: 2500, currency: 'PLN' };
  for (const [what, fields, answer] of [
    ['a view of a paid payment', { view: { ...paid, id: 'x', methods: [], returnUrls: {} } }, undefined],
    ['the status and the next action of a paid payment', { ...paid, id: 'x', methods: [], returnUrls: {} }, '{}'],
    [
      'a code of a problem, and a view',
      { code: 'code_used', view: { ...paid, id: 'x', methods: [], returnUrls: {} } },
      '{"error":1}',
    ],
  ] as const) {
    it(`and adds ${what} to every object is not told "paid" for a wrong secret`, async () => {
      const payment = await harness.payment();
      await harness.openShop();
      if (answer) {
        const headers = { 'access-control-allow-origin': '*' };
        const status = answer === '{}' ? 200 : 401;
        await harness.context.route(`${harness.bff}/checkout`, (route) =>
          route.request().method() === 'OPTIONS' ? route.fallback() : route.fulfill({ status, headers, body: answer }),
        );
      }
      await harness.page.evaluate((fields) => {
        Object.assign(Object.prototype, fields);
        const events: string[] = [];
        Object.assign(window, { events });
        document.addEventListener('pay-success', () => events.push('pay-success'));
        document.body.addEventListener('pay-load-error', ({ problem }) => events.push(problem.code));
      }, fields);
      await mount(payment.clientSecret.replace(/.{4}$/, 'xxxx'));
      await harness.page.locator('pay-desk[data-status]:not([data-status=loading])').waitFor();
      assert.equal(await harness.page.locator('pay-desk').getAttribute('data-status'), 'load_error');
      assert.equal(await harness.page.getByRole('heading', { name: 'Paid' }).count(), 0);
      const events = await harness.page.evaluate(() => (window as unknown as { events: string[] }).events);
      assert.deepEqual(events, [answer ? 'network' : 'not_found']);
    });
  }

  it('cannot observe a code that is typed into the plugin window', async () => {
    const payment = await harness.payment();
    await harness.context.addInitScript(patchNatives, [...ofTheServer(), 'GOOD0002', payment.clientSecret]);
    await harness.openShop();
    await harness.page.evaluate((pluginUrl) => void window.PayDesk?.frame('#place', { pluginUrl }), payment.pluginUrl);
    await harness.pay(await harness.pluginFrame(), 'GOOD0002');
    await waitFor(async () => (await statusOf(payment.id)).status === 'succeeded');
    assert.equal(usesOf('GOOD0002'), 1);
    const found = await recorded();
    assert.ok(
      found.some((what) => what.endsWith(payment.clientSecret)),
      'the hooks hear nothing at all',
    );
    assert.deepEqual(
      found.filter((what) => !what.endsWith(payment.clientSecret)),
      [],
    );
    assert.deepEqual(harness.complaints, []);
  });

  it('and sends every request twice charges once', async () => {
    await harness.context.addInitScript(() => {
      const { fetch } = window;
      window.fetch = (input, init) => {
        const again = input instanceof Request ? input.clone() : input;
        void fetch(again, init).catch(() => undefined);
        return fetch(input, init);
      };
    });
    const payment = await harness.payment();
    await harness.openShop();
    await mount(payment.clientSecret);
    await harness.pay(harness.page, 'GOOD0003');
    assert.equal(usesOf('GOOD0003'), 1);
    const { status, amountPaid, evidence, attempts } = await statusOf(payment.id);
    // It was not tried twice either, which the single use of a code would hide.
    assert.equal(attempts.length, 1);
    assert.deepEqual([status, amountPaid, evidence.length], ['succeeded', 2500, 1]);
  });

  it('and returns the same random numbers for every submit does not mix up two payments', async () => {
    await harness.context.addInitScript(() => {
      crypto.getRandomValues = (array) => array;
      crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000';
      Math.random = () => 0;
    });
    await harness.openShop();
    for (const code of ['GOOD0004', 'GOOD0005']) {
      const payment = await harness.payment();
      await mount(payment.clientSecret);
      await harness.page.getByText(payment.orderId).waitFor();
      await harness.pay(harness.page, code);
      assert.equal(usesOf(code), 1);
      assert.equal((await statusOf(payment.id)).amountPaid, 2500);
    }
  });

  it('and answers "paid" by itself fools its own customer, not the merchant’s server', async () => {
    await harness.context.addInitScript(() => {
      const { fetch } = window;
      window.fetch = async (input, init) => {
        const response = await fetch(input, init);
        const view = (await response.json()) as object;
        const paid = { status: 'succeeded', amountPaid: 2500, nextAction: { kind: 'none' }, paidAt: new Date().toISOString() };
        return Response.json({ ...view, ...paid });
      };
    });
    const payment = await harness.payment();
    await harness.openShop();
    await mount(payment.clientSecret);
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    const { status, amountPaid } = await statusOf(payment.id);
    assert.deepEqual([status, amountPaid], ['open', 0]);
  });

  it('and serialises JSON as old libraries did, or lacks natives that they removed, still sends a code that pays', async () => {
    await harness.context.addInitScript(() => {
      const { stringify } = JSON;
      for (const { prototype } of [Array, Date, Map]) {
        const old = {
          value(this: unknown) {
            return stringify(String(this));
          },
        };
        Object.defineProperty(prototype, 'toJSON', { ...old, enumerable: true });
      }
      Object.defineProperty(Object.prototype, 'each', { ...{ value() {} }, enumerable: true });
      Reflect.deleteProperty(window, 'requestIdleCallback');
    });
    const payment = await harness.payment();
    await harness.openShop();
    await mount(payment.clientSecret);
    await harness.pay(harness.page, 'GOOD0006');
    assert.equal(usesOf('GOOD0006'), 1);
    assert.deepEqual(harness.complaints, []);
  });
});
