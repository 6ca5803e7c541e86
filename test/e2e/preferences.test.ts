/**
 * Customers with preferences in their system: forced colours and reduced motion. Every state must work with both.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whenDrawn } from '../support/when-drawn.ts';
import { openPayment, states } from '../widget/support/payment-view.ts';
import { setUpShopPage } from './shop-page-harness.ts';
import { stubPayment } from './stub-payment.ts';

describe('a customer’s own preferences', () => {
  const harness = setUpShopPage();

  const open = async (clientSecret: string) => {
    await harness.openShop(`<pay-desk api-base="${harness.bff}" client-secret="${clientSecret}" locale="en"></pay-desk>`);
    await whenDrawn(harness.page);
    return harness.page.locator('pay-desk');
  };
  /** A submit whose answer does not come. */
  const keepBusy = async () => {
    await harness.context.route('**/checkout/pay-code', () => undefined);
    await harness.page.getByRole('textbox', { name: 'Pay code' }).fill('GOOD0001');
    await harness.page.keyboard.press('Enter');
    await harness.page.locator('[data-busy=true]').waitFor();
  };

  /** The animations and transitions that run or could run. */
  const moving = () =>
    harness.page.locator('pay-desk').evaluate(({ shadowRoot }) => {
      const elements = [...(shadowRoot?.querySelectorAll('*') ?? [])];
      for (const element of elements) (element as HTMLElement).focus?.();
      const waits = elements.filter((element) => !/^(0s|none)(, 0s)*$/.test(getComputedStyle(element).transitionDuration));
      return [
        ...(shadowRoot?.getAnimations() ?? []).map((animation) => (animation as CSSAnimation).animationName ?? 'transition'),
        ...waits.map(({ className }) => String(className)),
      ];
    });

  describe('in each state', () => {
    harness.keepPage();
    for (const [name, view] of Object.entries(states))
      it(`in forced colours every control and warning keeps an edge, and shows its focus; without motion nothing moves: ${name}`, async () => {
        await harness.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
        const checkout = await open(await stubPayment(harness, view()));
        assert.deepEqual(await moving(), []);
        const controls = await checkout.evaluate(({ shadowRoot }) =>
          Array.from(shadowRoot?.querySelectorAll<HTMLElement>('button, input:not([hidden]), a, .warning') ?? [], (control) => {
            control.focus({ focusVisible: true } as FocusOptions);
            const style = getComputedStyle(control);
            return {
              name: control.className,
              edge: `${style.borderTopWidth} ${style.borderTopStyle} ${style.borderTopColor}`,
              ring: `${style.outlineWidth} ${style.outlineStyle} ${style.outlineColor}`,
              enabled: control.matches(':enabled, a'),
            };
          }),
        );
        for (const { edge, ring, enabled, name } of controls) {
          assert.match(edge, /^[1-9].* solid (?!rgba\(.*, 0\))/, `${name} has no edge`);
          if (enabled) assert.match(ring, /^[2-9].* solid (?!rgba\(.*, 0\))/, `the focus of ${name} is not seen`);
        }
      });
  });

  describe('in forced colours', () => {
    it('the chosen method differs by more than a colour', async () => {
      await harness.page.emulateMedia({ forcedColors: 'active' });
      const checkout = await open(await stubPayment(harness, states.choosing?.() ?? openPayment()));
      const widths = await checkout.evaluate(({ shadowRoot }) =>
        Array.from(shadowRoot?.querySelectorAll('[type=radio]') ?? [], (radio) => getComputedStyle(radio).borderTopWidth),
      );
      assert.equal(new Set(widths).size, 2);
    });

    it('the spinner is visible as turning', async () => {
      await harness.page.emulateMedia({ forcedColors: 'active' });
      const checkout = await open(await stubPayment(harness, openPayment()));
      await keepBusy();
      const style = await checkout.evaluate(({ shadowRoot }) => {
        const spinner = shadowRoot?.querySelector('.spinner');
        return spinner ? getComputedStyle(spinner).borderTopStyle : '';
      });
      assert.equal(style, 'dotted');
    });
  });

  describe('without motion', () => {
    it('nothing moves while the payment loads and while a submit is on its way', async () => {
      await harness.page.emulateMedia({ reducedMotion: 'reduce' });
      await harness.openShop(`<pay-desk api-base="${harness.bff}"></pay-desk>`);
      await harness.page.locator('pay-desk .bone').first().waitFor({ state: 'attached' });
      assert.deepEqual(await moving(), []);
      await open(await stubPayment(harness, openPayment()));
      await keepBusy();
      assert.deepEqual(await moving(), []);
    });

    it('the tick is complete at once', async () => {
      await harness.page.emulateMedia({ reducedMotion: 'reduce' });
      const checkout = await open(await stubPayment(harness, states.paid?.() ?? openPayment()));
      assert.equal(await checkout.locator('.sign.good path').evaluate((tick) => getComputedStyle(tick).strokeDashoffset), '0px');
    });
  });

  it('the tick is animated where the customer has no such preference', async () => {
    await harness.page.emulateMedia({ reducedMotion: 'no-preference' });
    const checkout = await open(await stubPayment(harness, states.paid?.() ?? openPayment()));
    assert.equal(await checkout.locator('.sign.good path').evaluate((tick) => getComputedStyle(tick).animationName), 'draw');
  });
});
