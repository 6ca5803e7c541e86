/** The card frame has the theme and language of the checkout around it, also after a change, and lets the focus in and out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import { waitFor } from '../support/wait-for.ts';
import { goodCard, setUpCardFrame } from './card-frame-harness.ts';
import { setUpShopPage } from './shop-page-harness.ts';

describe('the card frame', () => {
  const harness = setUpShopPage();
  const checkout = (change: (checkout: PayDesk) => void) =>
    harness.page
      .locator('pay-desk')
      .evaluate((element, change) => new Function('checkout', `(${change})(checkout)`)(element), String(change));

  it('has the page’s tokens, scheme and language, and follows each change; what is typed stays', async () => {
    const card = await setUpCardFrame(harness);
    await card.open('style="--pay-color-accent: rgb(200, 0, 100); --pay-radius-control: 3px" theme="light"');
    await card.type();
    const frame = await card.frame();
    const looks = () =>
      frame.evaluate(() => {
        const inner = document.querySelector('pay-card-element') as unknown as PayDesk;
        const button = inner.shadowRoot?.querySelector('.submit');
        const { backgroundColor, borderRadius } = getComputedStyle(button as Element);
        return {
          backgroundColor,
          borderRadius,
          scheme: getComputedStyle(inner).colorScheme,
          lang: document.documentElement.lang,
        };
      });
    const become = (expected: object) =>
      waitFor(async () => {
        const found = await looks();
        return Object.entries(expected).every(([name, value]) => Reflect.get(found, name) === value);
      });
    await become({ backgroundColor: 'rgb(200, 0, 100)', borderRadius: '3px', scheme: 'light', lang: 'en' });
    await checkout((checkout) => checkout.style.setProperty('--pay-color-accent', 'rgb(0, 0, 200)'));
    await become({ backgroundColor: 'rgb(0, 0, 200)', borderRadius: '3px' });
    await checkout((checkout) => {
      checkout.style.removeProperty('--pay-color-accent');
      document.documentElement.style.setProperty('--pay-radius-control', '7px');
      checkout.style.removeProperty('--pay-radius-control');
    });
    await become({ backgroundColor: 'rgb(10, 106, 86)', borderRadius: '7px' });
    await checkout((checkout) => {
      checkout.theme = 'dark';
    });
    await become({ scheme: 'dark', backgroundColor: 'rgb(79, 207, 171)' });
    await checkout((checkout) => {
      checkout.theme = 'auto';
    });
    await become({ scheme: 'light' });
    await harness.page.evaluate(() => {
      document.documentElement.style.colorScheme = 'light dark';
    });
    await harness.page.emulateMedia({ colorScheme: 'dark' });
    await become({ scheme: 'dark' });
    await checkout((checkout) => {
      checkout.locale = 'ru';
    });
    await card.form.getByLabel('Номер карты').waitFor();
    await become({ lang: 'ru' });
    assert.equal(await card.form.getByLabel('Номер карты').inputValue(), '8600 4954 7331 6478');
    assert.equal(await harness.page.locator('pay-desk iframe').getAttribute('title'), 'Карта');
  });

  it('accepts more tokens than fit into one message, and none that would load something', async () => {
    const card = await setUpCardFrame(harness);
    const requests: string[] = [];
    harness.context.on('request', (request) => requests.push(request.url()));
    const names = [
      'font-family',
      'font-size',
      'font-size-small',
      'font-size-title',
      'font-size-amount',
      'line-height',
      'space-1',
    ];
    const more = [...names, 'space-2', 'space-3', 'space-4', 'space-5', 'control-height', 'motion-easing', 'motion-duration'];
    const colors = ['sunken', 'text', 'text-muted', 'border', 'border-strong', 'on-accent', 'accent-soft', 'danger', 'warning'];
    const tokens = [...more, ...colors.map((name) => `color-${name}`)].map((name) => `--pay-${name}:${'ж'.repeat(195)}`);
    await card.open(`style="${tokens.join(';')};--pay-color-surface:url(${harness.shop}/spy);--pay-color-accent:rgb(1,2,3)"`);
    const frame = await card.frame();
    const worn = () => frame.evaluate(() => [...document.documentElement.style]);
    await waitFor(async () => (await worn()).length === tokens.length + 1);
    assert.ok(!(await worn()).includes('--pay-color-surface'));
    assert.deepEqual(
      requests.filter((url) => url.endsWith('/spy')),
      [],
    );
  });

  it('is disabled as long as the checkout is', async () => {
    const card = await setUpCardFrame(harness);
    await card.open('disabled');
    const field = card.form.getByLabel('Card number');
    await field.waitFor();
    assert.equal(await field.isDisabled(), true);
    await checkout((checkout) => {
      checkout.disabled = false;
    });
    await waitFor(() => field.isEnabled());
  });

  it('shows the merchant’s own texts', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    await card.form.getByLabel('Card number').waitFor();
    await checkout((checkout) => {
      checkout.translations = { card: { getCode: 'Send me the SMS', problems: { sms_code_wrong: 'Not this one, says Nova.' } } };
    });
    await card.type();
    await card.form.getByRole('button', { name: 'Send me the SMS' }).click();
    await card.form.getByLabel('SMS code').pressSequentially('111111\n');
    await card.form.getByText('Not this one, says Nova.').first().waitFor();
  });

  it('lets the focus in and out by Tab, in the order it is seen', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    const frame = await card.frame();
    await harness.page.locator('#buy').focus();
    const within = () => frame.evaluate(() => document.hasFocus());
    const walk = async (key: string, until: string) => {
      let inside = 0;
      for (let presses = 0; presses < 20; presses++) {
        await harness.page.keyboard.press(key);
        if (await within()) inside++;
        else if (inside > 0 && (await harness.page.evaluate(() => document.activeElement?.id)) === until) return inside;
      }
      return assert.fail('the focus never comes out');
    };
    const stops = await walk('Tab', 'after');
    assert.ok(stops >= 3, `${stops} stops`);
    assert.equal(await walk('Shift+Tab', 'buy'), stops);
  });

  it('takes the focus when the page asks for it', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    const frame = await card.frame();
    await checkout((checkout) => checkout.focus());
    await waitFor(() => frame.evaluate(() => document.hasFocus()));
    await harness.page.keyboard.type(goodCard.number);
    assert.equal(await card.form.getByLabel('Card number').inputValue(), '8600 4954 7331 6478');
  });

  it('is as wide as the checkout’s own content, apart from the focus ring of its fields', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    const field = card.form.getByLabel('Card number');
    await field.waitFor();
    const [box, room] = [await field.boundingBox(), await harness.page.locator('pay-desk .amount').boundingBox()];
    assert.equal(box?.x, room?.x);
    assert.equal(box?.width, room?.width);
    const frame = await card.frame();
    await waitFor(() => frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
  });

  it('has no background of its own, on a light or a dark page', async () => {
    const card = await setUpCardFrame(harness);
    await card.open('theme="dark"');
    await harness.page.evaluate(() => {
      document.body.style.background = 'rgb(40, 0, 60)';
    });
    const canvas = await harness.context.newPage();
    /** Beside the first field, within the frame. */
    const ground = async () => {
      const box = (await card.form.getByLabel('Card number').boundingBox()) ?? assert.fail();
      const clip = { x: box.x - 2, y: box.y + 10, width: 1, height: 1 };
      const png = (await harness.page.screenshot({ clip })).toString('base64');
      return canvas.evaluate(async (png) => {
        const image = new Image();
        image.src = `data:image/png;base64,${png}`;
        await image.decode();
        const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
      }, png);
    };
    for (const theme of ['dark', 'light'] as const) {
      await harness.page.evaluate((theme) => document.querySelector('pay-desk')?.setAttribute('theme', theme), theme);
      const frame = await card.frame();
      await waitFor(() => frame.evaluate((theme) => document.documentElement.dataset.theme === theme, theme));
      await waitFor(async () => (await ground()) === '40,0,60');
    }
  });

  it('makes no page scroll sideways: a phone’s without margins, also for the SMS code; stands out for its ring where there is room', async () => {
    const { page } = harness;
    await page.setViewportSize({ width: 390, height: 844 });
    const card = await setUpCardFrame(harness);
    await card.open();
    const margin = (px: number) =>
      page.evaluate((px) => {
        document.body.style.margin = `${px}px`;
        const frame = document.querySelector('pay-desk')?.shadowRoot?.querySelector('iframe');
        return [document.documentElement.scrollWidth, frame?.getBoundingClientRect().width];
      }, px);
    await card.type();
    assert.deepEqual(await margin(20), [390, 358]);
    assert.deepEqual(await margin(0), [390, 390]);
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').waitFor();
    assert.deepEqual(await margin(0), [390, 390]);
  });
});
