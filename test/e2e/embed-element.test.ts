/** `<pay-desk>` in any place of a page: framed, deep in foreign shadow roots, twice, moved and removed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {} from '../../widget/embed/pay-desk-global.ts';
import type {} from '../../widget/events.ts';
import { waitFor } from '../support/wait-for.ts';
import { openPayment } from '../widget/support/payment-view.ts';
import { setUpShopPage } from './shop-page-harness.ts';
import { stubPayment } from './stub-payment.ts';

describe('<pay-desk>', () => {
  const harness = setUpShopPage();
  const field = () => harness.page.getByRole('textbox', { name: 'Pay code' });

  it('pays two shadow roots deep on a foreign page, and its events come out', async () => {
    const { clientSecret } = await harness.payment();
    await harness.openShop();
    await harness.page.evaluate((clientSecret) => {
      const outer = document.querySelector('#place')?.attachShadow({ mode: 'open' });
      const host = document.createElement('section');
      const inner = host.attachShadow({ mode: 'open' });
      const place = document.createElement('div');
      inner.append(place);
      outer?.append(host);
      window.PayDesk?.mount(place, { clientSecret, locale: 'en' });
      document.body.addEventListener('pay-success', ({ orderId }) => {
        document.documentElement.dataset.paid = orderId;
      });
    }, clientSecret);
    await harness.pay(harness.page, 'GOOD0005');
    await harness.page.locator('html[data-paid]').waitFor();
    assert.deepEqual(harness.complaints, []);
  });

  it('pays on a page that is in a frame itself', async () => {
    const { clientSecret } = await harness.payment();
    await harness.serve(
      `${harness.shop}/inner`,
      `<!doctype html><script src="${harness.bff}/v1/pay-desk.js" data-client-secret="${clientSecret}" data-locale="en"></script>`,
    );
    await harness.serve('http://portal.example/page', `<!doctype html><iframe src="${harness.shop}/inner"></iframe>`);
    await harness.page.goto('http://portal.example/page');
    const inner = await waitFor(async () => harness.page.frames().find((frame) => frame.url() === `${harness.shop}/inner`));
    await harness.pay(inner, 'GOOD0006');
  });

  it('can be on a page twice: two payments, each with its own texts and input', async () => {
    const [one, other] = [await harness.payment(), await harness.payment()];
    await harness.openShop('<div id="one"></div><div id="other"></div>');
    await harness.page.evaluate(
      ([one = '', other = '']) => {
        window.PayDesk?.mount('#one', { clientSecret: one, locale: 'en' });
        window.PayDesk?.mount('#other', { clientSecret: other, locale: 'my', tokens: { '--pay-color-accent': '#123456' } });
      },
      [one.clientSecret, other.clientSecret],
    );
    await harness.page.locator('#other').getByRole('textbox').fill('GOOD');
    const first = harness.page.locator('#one');
    await first.getByRole('textbox').fill('GOOD0007');
    await first.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await first.getByRole('heading', { name: 'Paid' }).waitFor();
    assert.equal(await harness.page.locator('#other').getByRole('textbox').inputValue(), 'GOOD');
    await harness.page.locator('#other pay-desk[data-status=open]').waitFor();
  });

  it('uses the client secret and the texts that the page sets', async () => {
    const { clientSecret } = await harness.payment();
    await harness.openShop();
    await harness.page.evaluate((clientSecret) => {
      window.PayDesk?.mount('#place', {
        fetchClientSecret() {
          return Promise.resolve(clientSecret);
        },
        translations: { en: { codeLabel: 'Voucher' } },
        locale: 'en',
      });
    }, clientSecret);
    await harness.page.getByRole('textbox', { name: 'Voucher' }).fill('GOOD0008');
    await harness.page.getByRole('textbox').press('Enter');
    await harness.page.locator('pay-desk[data-status=succeeded]').waitFor();
  });

  it('keeps the payment when it is moved, and leaks nothing in fifty moves', async () => {
    const { clientSecret, orderId } = await harness.payment();
    await harness.openShop('<div id="other"></div>');
    await harness.page.evaluate(
      (clientSecret) => void window.PayDesk?.mount('#place', { clientSecret, locale: 'en' }),
      clientSecret,
    );
    await field().waitFor();
    const devtools = await harness.context.newCDPSession(harness.page);
    await devtools.send('Performance.enable');
    const count = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? assert.fail(wanted);
      return { listeners: of('JSEventListeners'), nodes: of('Nodes') };
    };
    const move = (times: number) =>
      harness.page.evaluate(async (times) => {
        const checkout = document.querySelector('pay-desk');
        for (let nth = 0; nth < times && checkout; nth++) {
          checkout.remove();
          document.querySelector(nth % 2 ? '#other' : '#place')?.append(checkout);
          await new Promise(requestAnimationFrame);
        }
      }, times);
    // What loads after the first paint belongs to no move: the count begins when it has come to rest.
    let last = '';
    const before = await waitFor(async () => {
      await move(2);
      await field().waitFor();
      const now = await count();
      const atRest = last === JSON.stringify(now);
      last = JSON.stringify(now);
      return atRest && now;
    });
    await move(50);
    await field().waitFor();
    await harness.page.getByText(orderId).waitFor();
    const after = await waitFor(async () => {
      const now = await count();
      return now.listeners <= before.listeners + 5 && now.nodes <= before.nodes + 50 && now;
    }).catch(async () => assert.fail(JSON.stringify([before, await count()])));
    assert.ok(after);
    await harness.pay(harness.page, 'GOOD0009');
    assert.deepEqual(harness.complaints, []);
  });

  it('aborts its requests when it is removed', async () => {
    const { clientSecret } = await harness.payment();
    await harness.openShop();
    const failed: string[] = [];
    harness.page.on('requestfailed', (request) => failed.push(request.failure()?.errorText ?? ''));
    let requested = false;
    await harness.context.route(`${harness.bff}/checkout`, () => {
      requested = true;
    });
    await harness.page.evaluate((clientSecret) => void window.PayDesk?.mount('#place', { clientSecret }), clientSecret);
    await waitFor(async () => requested);
    await harness.page.evaluate(() => document.querySelector('pay-desk')?.remove());
    await waitFor(async () => failed.includes('net::ERR_ABORTED'));
  });

  it('is not shown in a plugin window that another merchant’s pages may frame', async () => {
    const clientSecret = await stubPayment(harness, openPayment({ merchantId: 'rival', merchantName: 'Rival Books' }));
    await harness.page.goto(`${harness.bff}/plugin/?merchant=demo#${clientSecret}`);
    await harness.page.locator('.notice').waitFor();
    assert.equal(await harness.page.locator('pay-desk').count(), 0);
    assert.doesNotMatch((await harness.page.textContent('body')) ?? '', /Rival|25\.00/);
  });
});
