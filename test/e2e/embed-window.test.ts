/** `PayDesk.open` and `PayDesk.frame`: the plugin window from the page's side, in a real browser, through the real BFF. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {} from '../../widget/embed/pay-desk-global.ts';
import { waitFor } from '../support/wait-for.ts';
import { setUpShopPage } from './shop-page-harness.ts';

interface PageState {
  result?: { status: string; paymentId: string | null; amountPaid: number | null };
  events: string[];
}

describe('the plugin window in a dialog', () => {
  const harness = setUpShopPage();

  const open = async (pluginUrl: string) => {
    await harness.page.locator('#buy').focus();
    await harness.page.evaluate((pluginUrl) => {
      const pageState: PageState = { events: [] };
      Object.assign(window, { pageState });
      for (const name of ['pay-ready', 'pay-status-change', 'pay-pending', 'pay-success', 'pay-failure', 'pay-change'] as const)
        document.addEventListener(name, (event) => pageState.events.push('status' in event ? `${name} ${event.status}` : name));
      window.PayDesk?.open({ pluginUrl }).then((result) => Object.assign(pageState, { result }));
    }, pluginUrl);
  };
  const pageState = () => harness.page.evaluate(() => (window as unknown as { pageState: PageState }).pageState);
  const result = () => waitFor(async () => (await pageState()).result);
  const focused = () => harness.page.evaluate(() => document.activeElement?.id);

  it('pays, dispatches events to the page, and resolves with the payment when the customer closes it', async () => {
    const { id, pluginUrl } = await harness.payment();
    await harness.openShop();
    await open(pluginUrl);
    await harness.pay(await harness.pluginFrame(), 'GOOD0001');
    const { events, result: early } = await pageState();
    assert.equal(early, undefined);
    const statuses = events.filter((name) => name.startsWith('pay-status-change'));
    assert.equal(statuses.at(-1), 'pay-status-change succeeded');
    assert.equal(events.filter((name) => name === 'pay-success').length, 1);
    assert.ok(events.includes('pay-ready') && events.includes('pay-change'));
    await harness.page.getByRole('button', { name: 'Close' }).click();
    const { status, paymentId, amountPaid } = await result();
    assert.deepEqual([status, paymentId, amountPaid], ['succeeded', id, 2500]);
    assert.deepEqual(harness.complaints, []);
  });

  it('keeps the client secret out of every URL, and out of the storage of both origins', async () => {
    const { pluginUrl, clientSecret } = await harness.payment();
    await harness.openShop();
    await open(pluginUrl);
    const frame = await harness.pluginFrame();
    const page = await harness.page.content();
    const inFrame = await frame.evaluate(() => [location.href, JSON.stringify(sessionStorage), JSON.stringify(localStorage)]);
    for (const text of [page, ...inFrame]) assert.ok(!text.includes(clientSecret));
  });

  for (const [what, options] of [
    ['nothing', {}],
    ['only the merchant', { merchant: 'shop' }],
    ['only a secret', { clientSecret: 'cs_1' }],
    ['an empty secret', { merchant: 'shop', clientSecret: '' }],
    ['no address', { pluginUrl: '' }],
  ] as const)
    it(`refuses at once to open a window for ${what}`, async () => {
      await harness.openShop();
      const found = await harness.page.evaluate(async (options) => {
        const payDesk = window.PayDesk;
        const failed = (promise: Promise<unknown> | undefined) =>
          Promise.race([promise, new Promise((late) => setTimeout(late, 10_000))]).then(
            () => 'nothing',
            (error: unknown) => (error instanceof TypeError ? 'TypeError' : String(error)),
          );
        return [
          await failed(payDesk?.open(options as never)),
          await failed(payDesk?.frame('#buy', options as never)),
          document.querySelectorAll('iframe, dialog').length,
        ];
      }, options);
      assert.deepEqual(found, ['TypeError', 'TypeError', 0]);
    });

  for (const [how, close] of [
    ['its button', () => harness.page.getByRole('button', { name: 'Close' }).click()],
    ['Escape', () => harness.page.keyboard.press('Escape')],
    ['Escape inside the window', async () => (await harness.pluginFrame()).getByRole('textbox').press('Escape')],
    ['a press on the ground beside it', () => harness.page.mouse.click(5, 5)],
  ] as const) {
    it(`is closed by ${how}; focus and scrolling are restored`, async () => {
      const { pluginUrl, id } = await harness.payment();
      await harness.openShop();
      await open(pluginUrl);
      await harness.pluginFrame();
      const overflow = () => harness.page.evaluate(() => getComputedStyle(document.documentElement).overflowY);
      assert.equal(await overflow(), 'hidden');
      await close();
      const { status, paymentId } = await result();
      assert.deepEqual([status, paymentId], ['open', id]);
      assert.equal(await focused(), 'buy');
      assert.equal(await overflow(), 'visible');
      assert.equal(await harness.page.locator('iframe').count(), 0);
    });
  }

  it('keeps the focus inside', async () => {
    await harness.openShop('<a href="#under">Under</a>');
    await open((await harness.payment()).pluginUrl);
    await harness.pluginFrame();
    for (let presses = 0; presses < 8; presses++) {
      await harness.page.keyboard.press('Tab');
      const at = await harness.page.evaluate(() => document.activeElement?.tagName);
      assert.ok(at === 'BODY' || at === 'DIV', `the focus is on ${at}`);
    }
  });

  it('resolves as processing when it is closed while the outcome is unknown, without a question', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    await harness.context.route(`${harness.bff}/checkout/pay-code`, async (route) => {
      const answer = await route.fetch();
      const view = { ...(await answer.json()), ...processing };
      await route.fulfill({ response: answer, json: view });
    });
    await harness.context.route(`${harness.bff}/checkout?since=*`, () => {});
    await open(pluginUrl);
    const frame = await harness.pluginFrame();
    await frame.getByRole('textbox').fill('GOOD0002');
    await frame.getByRole('textbox').press('Enter');
    await waitFor(async () => (await pageState()).events.includes('pay-pending'));
    await harness.page.getByRole('button', { name: 'Close' }).click();
    assert.equal((await result()).status, 'processing');
  });

  it('is closed by the page’s own AbortSignal', async () => {
    const { merchant, clientSecret } = { merchant: 'demo', ...(await harness.payment()) };
    await harness.openShop();
    const status = await harness.page.evaluate(
      async (options) => {
        const aborter = new AbortController();
        document.addEventListener('pay-ready', () => aborter.abort());
        return (await window.PayDesk?.open({ ...options, signal: aborter.signal }))?.status;
      },
      { merchant, clientSecret },
    );
    assert.equal(status, 'open');
  });

  it('refuses a window URL of another origin, which would receive the client secret', async () => {
    await harness.openShop();
    const wrong = harness.page.evaluate(() =>
      window.PayDesk?.open({ pluginUrl: 'https://evil.example/plugin/?merchant=demo#cs_1' }),
    );
    await assert.rejects(wrong, /not one of/);
  });
});

const processing = {
  status: 'processing',
  version: 1000,
  nextAction: { kind: 'wait', reason: 'checking', since: '2030-01-01T00:00:00.000Z' },
};

describe('the plugin window in an inline frame', () => {
  const harness = setUpShopPage();

  const mount = async (pluginUrl: string) =>
    harness.page.evaluate(async (pluginUrl) => {
      const frame = await window.PayDesk?.frame('#place', { pluginUrl, locale: 'en' });
      Object.assign(window, { frame });
    }, pluginUrl);
  type Framed = { frame: Awaited<ReturnType<NonNullable<Window['PayDesk']>['frame']>> };

  it('is as high as its content, and follows it', async () => {
    await harness.openShop();
    await mount((await harness.payment()).pluginUrl);
    const frame = await harness.pluginFrame();
    const heights = async () => [
      await harness.page.locator('iframe').evaluate((element) => element.clientHeight),
      await frame.evaluate(() => document.documentElement.scrollHeight),
    ];
    const fits = () => waitFor(async () => (([outer, inner]) => outer === inner && outer)(await heights()));
    const before = await fits();
    await frame.evaluate(() => document.querySelector<HTMLElement>('pay-desk')?.style.setProperty('padding-bottom', '300px'));
    await waitFor(async () => (await fits()) > before + 200);
    assert.deepEqual(harness.complaints, []);
  });

  it('applies the page’s theme, language and texts', async () => {
    await harness.openShop();
    await mount((await harness.payment()).pluginUrl);
    const frame = await harness.pluginFrame();
    await frame.getByRole('textbox').fill('GOOD');
    await harness.page.evaluate(() => {
      const { frame } = window as unknown as Framed;
      frame.set({ theme: 'dark', tokens: { '--pay-color-accent': 'rgb(1, 2, 3)' } });
    });
    await frame.locator('pay-desk[theme=dark]').waitFor();
    const accent = () =>
      frame.getByRole('button', { name: 'Pay 25.00 PLN' }).evaluate((button) => getComputedStyle(button).backgroundColor);
    await waitFor(async () => (await accent()) === 'rgb(1, 2, 3)');
    assert.equal(await frame.getByRole('textbox').inputValue(), 'GOOD');
    await harness.page.evaluate(() => (window as unknown as Framed).frame.clear());
    await waitFor(async () => (await frame.getByRole('textbox').inputValue()) === '');
    await harness.page.evaluate(() => (window as unknown as Framed).frame.focus());
    await waitFor(() =>
      frame.getByRole('textbox').evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field),
    );
    await frame.getByRole('textbox').fill('GOOD0001');
    await harness.page.evaluate(() => (window as unknown as Framed).frame.submit());
    await frame.getByRole('heading', { name: 'Paid' }).waitFor();
    await waitFor(
      async () => (await harness.page.evaluate(() => (window as unknown as Framed).frame.result.status)) === 'succeeded',
    );
  });

  it('is initialised again after it was reloaded', async () => {
    await harness.openShop();
    await mount((await harness.payment()).pluginUrl);
    const frame = await harness.pluginFrame();
    await frame.evaluate(() => Object.assign(document.body.dataset, { old: '' }));
    await frame.evaluate(() => location.reload());
    await harness.page.frameLocator('iframe').locator('body:not([data-old])').getByRole('textbox').waitFor();
  });
});
