/** `<pay-desk>` wherever a page may put it: framed, deep in foreign shadow roots, twice, moved about, taken away. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {} from '../../widget/embed/pay-desk-global.ts';
import type {} from '../../widget/events.ts';
import { waitFor } from '../support/wait-for.ts';
import { openPayment } from '../widget/support/payment-view.ts';
import { setStage } from './embed-stage.ts';
import { pretendPayment } from './pretend-payment.ts';

describe('<pay-desk>', () => {
  const stage = setStage();
  const field = () => stage.page.getByRole('textbox', { name: 'Pay code' });

  it('pays two shadow roots deep on a foreign page, and its events come out', async () => {
    const { clientSecret } = await stage.payment();
    await stage.openShop();
    await stage.page.evaluate((clientSecret) => {
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
    await stage.pay(stage.page, 'GOOD0005');
    await stage.page.locator('html[data-paid]').waitFor();
    assert.deepEqual(stage.complaints, []);
  });

  it('pays on a page that is in a frame itself', async () => {
    const { clientSecret } = await stage.payment();
    await stage.serve(
      `${stage.shop}/inner`,
      `<!doctype html><script src="${stage.bff}/v1/pay-desk.js" data-client-secret="${clientSecret}" data-locale="en"></script>`,
    );
    await stage.serve('http://portal.example/page', `<!doctype html><iframe src="${stage.shop}/inner"></iframe>`);
    await stage.page.goto('http://portal.example/page');
    const inner = await waitFor(async () => stage.page.frames().find((frame) => frame.url() === `${stage.shop}/inner`));
    await stage.pay(inner, 'GOOD0006');
  });

  it('twice on a page: two payments, each with its own words and input', async () => {
    const [one, other] = [await stage.payment(), await stage.payment()];
    await stage.openShop('<div id="one"></div><div id="other"></div>');
    await stage.page.evaluate(
      ([one = '', other = '']) => {
        window.PayDesk?.mount('#one', { clientSecret: one, locale: 'en' });
        window.PayDesk?.mount('#other', { clientSecret: other, locale: 'my', tokens: { '--pay-color-accent': '#123456' } });
      },
      [one.clientSecret, other.clientSecret],
    );
    await stage.page.locator('#other').getByRole('textbox').fill('GOOD');
    const first = stage.page.locator('#one');
    await first.getByRole('textbox').fill('GOOD0007');
    await first.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await first.getByRole('heading', { name: 'Paid' }).waitFor();
    assert.equal(await stage.page.locator('#other').getByRole('textbox').inputValue(), 'GOOD');
    await stage.page.locator('#other pay-desk[data-status=open]').waitFor();
  });

  it('takes its secret from the page, and the page’s own words', async () => {
    const { clientSecret } = await stage.payment();
    await stage.openShop();
    await stage.page.evaluate((clientSecret) => {
      window.PayDesk?.mount('#place', {
        fetchClientSecret() {
          return Promise.resolve(clientSecret);
        },
        translations: { en: { codeLabel: 'Voucher' } },
        locale: 'en',
      });
    }, clientSecret);
    await stage.page.getByRole('textbox', { name: 'Voucher' }).fill('GOOD0008');
    await stage.page.getByRole('textbox').press('Enter');
    await stage.page.locator('pay-desk[data-status=succeeded]').waitFor();
  });

  it('moved, it keeps the payment; fifty moves leave nothing behind', async () => {
    const { clientSecret, orderId } = await stage.payment();
    await stage.openShop('<div id="other"></div>');
    await stage.page.evaluate(
      (clientSecret) => void window.PayDesk?.mount('#place', { clientSecret, locale: 'en' }),
      clientSecret,
    );
    await field().waitFor();
    const devtools = await stage.context.newCDPSession(stage.page);
    await devtools.send('Performance.enable');
    const count = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? assert.fail(wanted);
      return { listeners: of('JSEventListeners'), nodes: of('Nodes') };
    };
    const move = (times: number) =>
      stage.page.evaluate(async (times) => {
        const checkout = document.querySelector('pay-desk');
        for (let nth = 0; nth < times && checkout; nth++) {
          checkout.remove();
          document.querySelector(nth % 2 ? '#other' : '#place')?.append(checkout);
          await new Promise(requestAnimationFrame);
        }
      }, times);
    await move(2);
    await field().waitFor();
    const before = await count();
    await move(50);
    await field().waitFor();
    await stage.page.getByText(orderId).waitFor();
    const after = await waitFor(async () => {
      const now = await count();
      return now.listeners <= before.listeners + 5 && now.nodes <= before.nodes + 50 && now;
    }).catch(async () => assert.fail(JSON.stringify([before, await count()])));
    assert.ok(after);
    await stage.pay(stage.page, 'GOOD0009');
    assert.deepEqual(stage.complaints, []);
  });

  it('taken away, it ends what it was asking', async () => {
    const { clientSecret } = await stage.payment();
    await stage.openShop();
    const failed: string[] = [];
    stage.page.on('requestfailed', (request) => failed.push(request.failure()?.errorText ?? ''));
    let asked = false;
    await stage.context.route(`${stage.bff}/checkout`, () => {
      asked = true;
    });
    await stage.page.evaluate((clientSecret) => void window.PayDesk?.mount('#place', { clientSecret }), clientSecret);
    await waitFor(async () => asked);
    await stage.page.evaluate(() => document.querySelector('pay-desk')?.remove());
    await waitFor(async () => failed.includes('net::ERR_ABORTED'));
  });

  it('is not shown in a plugin window that another merchant’s pages may frame', async () => {
    const clientSecret = await pretendPayment(stage, openPayment({ merchantId: 'rival', merchantName: 'Rival Books' }));
    await stage.page.goto(`${stage.bff}/plugin/?merchant=demo#${clientSecret}`);
    await stage.page.locator('.notice').waitFor();
    assert.equal(await stage.page.locator('pay-desk').count(), 0);
    assert.doesNotMatch((await stage.page.textContent('body')) ?? '', /Rival|25\.00/);
  });
});
