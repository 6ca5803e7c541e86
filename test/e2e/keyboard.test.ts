/**
 * A customer who has only a keyboard: every focusable element is reached in visual order, shows that it has the focus, and can be
 * left.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { waitFor } from '../support/wait-for.ts';
import { whenDrawn } from '../support/when-drawn.ts';
import { openPayment, states } from '../widget/support/payment-view.ts';
import { setUpShopPage } from './shop-page-harness.ts';
import { stubPayment } from './stub-payment.ts';

/** The focused element: its visible and its accessible name, its position, and whether its focus is visible. */
interface Stop {
  name: string;
  top: number;
  left: number;
  shown: boolean;
}

describe('with nothing but a keyboard', () => {
  const harness = setUpShopPage();
  let press: (key: string) => Promise<void>;
  beforeEach(() => {
    press = (key) => harness.page.keyboard.press(key);
  });

  const open = async (clientSecret: string) => {
    await harness.openShop(`<pay-desk api-base="${harness.bff}" client-secret="${clientSecret}" locale="en"></pay-desk>
      <button id="after">After</button>`);
    await whenDrawn(harness.page);
    await harness.page.locator('#buy').focus();
  };

  const stop = (): Promise<Stop> =>
    harness.page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element) throw new Error('nothing has the focus');
      const style = getComputedStyle(element);
      const { top, left } = element.getBoundingClientRect();
      const labels = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : (element as HTMLElement).innerText;
      const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      const clear = /^(transparent|rgba\(.*, 0\))$/.test(style.outlineColor);
      const name = (element.getAttribute('aria-label') ?? labels ?? '').replace(/\s+/g, ' ').trim();
      const ringed = [...style.boxShadow.matchAll(/(\d+)px(?=,|$| inset)/g)].some(([, spread]) => Number(spread) >= 2);
      return { name, top: top + scrollY, left, shown: (outlined && !clear) || ringed };
    });

  /** Presses Tab until the shop's own button; each focused element must show its focus and be placed after the one before. */
  const walk = async (key: 'Tab' | 'Shift+Tab', until: string): Promise<string[]> => {
    const names: string[] = [];
    let before: Stop | null = null;
    for (;;) {
      await press(key);
      const here = await stop();
      if (here.name === until) return names;
      assert.ok(names.length < 20, `the focus never comes out: ${names.join(', ')}`);
      await waitFor(async () => (await stop()).shown); // the ring fades in
      const forth = !before || here.top > before.top || (here.top === before.top && here.left > before.left);
      assert.ok(!before || forth === (key === 'Tab'), `${here.name} stands on the wrong side of ${before?.name}`);
      before = here;
      names.push(here.name);
    }
  };
  const focused = async (name: string) => assert.equal((await stop()).name, name);

  it('a customer is declined, corrects the code, pays, copies the reference and goes back to the shop', async () => {
    await harness.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page } = harness;
    await harness.serve(`${harness.shop}/thanks`, '<!doctype html><title>Thanks</title>');
    const { clientSecret } = await harness.payment({ returnUrls: { success: `${harness.shop}/thanks` } });
    await open(clientSecret);
    await press('Tab');
    await focused('Pay code');

    await press('Enter');
    await page.getByRole('alert').getByText('Type your pay code first.').waitFor({ state: 'attached' });
    await focused('Pay code');

    await page.keyboard.type('used0001');
    await press('Escape');
    await press('Tab');
    await focused('Pay 25.00 PLN');
    await press('Space');
    await page.getByRole('textbox', { name: 'Pay code' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await focused('Pay code');
    assert.equal(await page.getByRole('textbox', { name: 'Pay code' }).inputValue(), 'USED 0001');

    for (let sign = 0; sign < 'USED 0001'.length; sign += 1) await press('Backspace');
    await page.keyboard.type('good0001');
    await press('Enter');
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    await waitFor(async () => (await stop()).name === 'Paid');

    assert.deepEqual(await walk('Tab', 'After'), ['Copy the reference', 'Back to Nova Books', 'Save receipt']);
    assert.deepEqual(await walk('Shift+Tab', 'Buy'), ['Save receipt', 'Back to Nova Books', 'Copy the reference']);
    await press('Tab');
    await press('Space');
    await waitFor(async () => (await stop()).name === 'Copied');
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^PD-/);
    await press('Tab');
    await press('Enter');
    await page.waitForURL('**/thanks');
  });

  it('a method is chosen by the arrow keys, and Tab does not change it', async () => {
    const choosing = states.choosing?.() ?? openPayment();
    await open(await stubPayment(harness, choosing));
    await press('Tab');
    await focused('Pay code');
    const method = () => harness.page.locator('pay-desk').getAttribute('method');
    await press('Tab');
    assert.equal(await method(), null);
    await press('Shift+Tab');
    await press('ArrowDown');
    await focused('Mobile wallet');
    assert.equal(await method(), 'wallet');
    await waitFor(async () => (await stop()).shown);
    await press('ArrowUp');
    assert.equal(await method(), 'pay_code');
  });

  describe('in each state', () => {
    harness.keepPage();
    for (const [name, view] of Object.entries(states))
      it(`every focusable element can be reached and left in visual order: ${name}`, async () => {
        await open(await stubPayment(harness, { ...view(), returnUrls: returns(harness.shop) }));
        const forth = await walk('Tab', 'After');
        const back = await walk('Shift+Tab', 'Buy');
        assert.deepEqual(back.sort(), forth.sort());
        const targets = await harness.page.locator('pay-desk').evaluate(
          ({ shadowRoot }) =>
            // Tab reaches one radio of a group, the chosen one or else the first; the others are reached by the arrow keys.
            shadowRoot?.querySelectorAll(
              'a, summary, button:enabled, input:enabled:not([type=radio], [hidden]), input:checked, ' +
                'fieldset:not(:has(:checked)):enabled :nth-child(1 of :has(> [type=radio]))',
            ).length,
        );
        assert.equal(forth.length, targets);
      });
  });

  it('the button to try again can be reached where the payment does not open', async () => {
    await harness.context.route(
      ({ pathname }) => pathname === '/checkout',
      (route) => route.abort(),
    );
    try {
      await open('cs_of_another');
      await harness.page.getByRole('button', { name: 'Try again' }).waitFor();
      assert.ok((await walk('Tab', 'After')).includes('Try again'));
    } finally {
      await harness.context.unrouteAll({ behavior: 'ignoreErrors' });
    }
  });
});

const returns = (shop: string) => ({ success: `${shop}/s`, fail: `${shop}/f`, pending: `${shop}/p` });
