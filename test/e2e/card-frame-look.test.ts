/** The card frame looks and speaks as the desk around it, live, lets the focus in and out, and is missed where it does not come. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayDesk } from '../../widget/pay-desk.ts';
import { waitFor } from '../support/wait-for.ts';
import { openPayment } from '../widget/support/payment-view.ts';
import { goodCard, setCardStage } from './card-frame-stage.ts';
import { setStage } from './embed-stage.ts';
import { pretendPayment } from './pretend-payment.ts';

describe('the card frame', () => {
  const stage = setStage();
  const desk = (change: (desk: PayDesk) => void) =>
    stage.page
      .locator('pay-desk')
      .evaluate((element, change) => new Function('desk', `(${change})(desk)`)(element), String(change));

  it('wears the page’s tokens and scheme and speaks its language, and follows each change; what is typed stays', async () => {
    const card = await setCardStage(stage);
    await card.open('style="--pay-color-accent: rgb(200, 0, 100); --pay-radius-control: 3px" theme="light"');
    await card.type();
    const frame = await card.frame();
    const looks = () =>
      frame.evaluate(() => {
        const inner = document.querySelector('card-desk') as unknown as PayDesk;
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
    await desk((desk) => desk.style.setProperty('--pay-color-accent', 'rgb(0, 0, 200)'));
    await become({ backgroundColor: 'rgb(0, 0, 200)', borderRadius: '3px' });
    await desk((desk) => {
      desk.style.removeProperty('--pay-color-accent');
      document.documentElement.style.setProperty('--pay-radius-control', '7px');
      desk.style.removeProperty('--pay-radius-control');
    });
    await become({ backgroundColor: 'rgb(10, 106, 86)', borderRadius: '7px' });
    await desk((desk) => {
      desk.theme = 'dark';
    });
    await become({ scheme: 'dark', backgroundColor: 'rgb(79, 207, 171)' });
    await desk((desk) => {
      desk.theme = 'auto';
    });
    await become({ scheme: 'light' });
    await stage.page.evaluate(() => {
      document.documentElement.style.colorScheme = 'light dark';
    });
    await stage.page.emulateMedia({ colorScheme: 'dark' });
    await become({ scheme: 'dark' });
    await desk((desk) => {
      desk.locale = 'ru';
    });
    await card.form.getByLabel('Номер карты').waitFor();
    await become({ lang: 'ru' });
    assert.equal(await card.form.getByLabel('Номер карты').inputValue(), '8600 4954 7331 6478');
    assert.equal(await stage.page.locator('pay-desk iframe').getAttribute('title'), 'Карта');
  });

  it('takes no token that would fetch something, and more of them than one message holds', async () => {
    const card = await setCardStage(stage);
    const asked: string[] = [];
    stage.context.on('request', (request) => asked.push(request.url()));
    const long = `${'x'.repeat(190)}`;
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
    const tokens = [...more, ...colors.map((name) => `color-${name}`)].map((name) => `--pay-${name}:${long}${'ж'.repeat(5)}`);
    await card.open(`style="${tokens.join(';')};--pay-color-surface:url(${stage.shop}/spy);--pay-color-accent:rgb(1,2,3)"`);
    const frame = await card.frame();
    const worn = () => frame.evaluate(() => [...document.documentElement.style]);
    await waitFor(async () => (await worn()).length === tokens.length + 1);
    assert.ok(!(await worn()).includes('--pay-color-surface'));
    assert.deepEqual(
      asked.filter((url) => url.endsWith('/spy')),
      [],
    );
  });

  it('is disabled with the desk, and not for longer', async () => {
    const card = await setCardStage(stage);
    await card.open('disabled');
    const field = card.form.getByLabel('Card number');
    await field.waitFor();
    assert.equal(await field.isDisabled(), true);
    await desk((desk) => {
      desk.disabled = false;
    });
    await waitFor(() => field.isEnabled());
  });

  it('says the shop’s own words', async () => {
    const card = await setCardStage(stage);
    await card.open();
    await card.form.getByLabel('Card number').waitFor();
    await desk((desk) => {
      desk.translations = { card: { getCode: 'Send me the SMS', problems: { sms_code_wrong: 'Not this one, says Nova.' } } };
    });
    await card.type();
    await card.form.getByRole('button', { name: 'Send me the SMS' }).click();
    await card.form.getByLabel('SMS code').pressSequentially('111111\n');
    await card.form.getByText('Not this one, says Nova.').first().waitFor();
  });

  it('lets the focus in and out by Tab, in the order it is seen', async () => {
    const card = await setCardStage(stage);
    await card.open();
    const frame = await card.frame();
    await stage.page.locator('#buy').focus();
    const within = () => frame.evaluate(() => document.hasFocus());
    const walk = async (key: string, until: string) => {
      let inside = 0;
      for (let presses = 0; presses < 20; presses++) {
        await stage.page.keyboard.press(key);
        if (await within()) inside++;
        else if (inside > 0 && (await stage.page.evaluate(() => document.activeElement?.id)) === until) return inside;
      }
      return assert.fail('the focus never comes out');
    };
    const stops = await walk('Tab', 'after');
    assert.ok(stops >= 3, `${stops} stops`);
    assert.equal(await walk('Shift+Tab', 'buy'), stops);
  });

  it('takes the focus when the page asks for it', async () => {
    const card = await setCardStage(stage);
    await card.open();
    const frame = await card.frame();
    await desk((desk) => desk.focus());
    await waitFor(() => frame.evaluate(() => document.hasFocus()));
    await stage.page.keyboard.type(goodCard.number);
    assert.equal(await card.form.getByLabel('Card number').inputValue(), '8600 4954 7331 6478');
  });

  it('stands out by no more than the ring of its fields, and has no ground of its own', async () => {
    const card = await setCardStage(stage);
    await card.open();
    const field = card.form.getByLabel('Card number');
    await field.waitFor();
    const [box, room] = [await field.boundingBox(), await stage.page.locator('pay-desk .amount').boundingBox()];
    assert.equal(box?.x, room?.x);
    assert.equal(box?.width, room?.width);
    const frame = await card.frame();
    assert.equal(await frame.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgba(0, 0, 0, 0)');
    await waitFor(() => frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
  });

  it('that does not come is missed in words, and comes at the next try', async () => {
    const card = await setCardStage(stage);
    const { context, page, bff } = stage;
    const isFrame = (url: URL) => url.origin === bff && url.pathname === '/frame/card/';
    await context.route(isFrame, (route) => route.abort());
    await page.clock.install();
    await card.open();
    await page.locator('pay-desk iframe').waitFor({ state: 'attached' });
    await page.clock.fastForward(14_000);
    assert.equal(await page.getByText('We can’t reach the payment service.').count(), 0);
    await page.clock.fastForward(2000);
    await page.getByText('We can’t reach the payment service.').first().waitFor();
    await context.unroute(isFrame);
    await page.getByRole('button', { name: 'Try again' }).click();
    await card.type();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  });

  it('of another origin than the BFF’s is not loaded', async () => {
    const evil = 'http://evil.example';
    const asked: string[] = [];
    stage.context.on('request', (request) => asked.push(request.url()));
    const nextAction = {
      kind: 'enter_card',
      saved: [],
      frameUrl: `${evil}/frame/card/?merchant=demo`,
      askPhone: false,
      canSave: false,
      confirmSaved: true,
    } as const;
    const card = await setCardStage(stage, { nextAction: { ...nextAction, saved: [] } });
    await card.open();
    await stage.page.getByText('We can’t reach the payment service.').first().waitFor();
    assert.deepEqual(
      asked.filter((url) => url.startsWith(evil)),
      [],
    );
  });

  it('shows no payment of another merchant than that of its address', async () => {
    const card = await setCardStage(stage, { merchantId: 'rival' });
    await card.open();
    await card.form.getByRole('button', { name: 'Try again' }).waitFor();
    assert.equal(await card.form.getByRole('textbox').count(), 0);
  });

  it('is not there in the plugin window: that is of the BFF’s origin itself', async () => {
    const card = await setCardStage(stage);
    await stage.page.goto(`${stage.bff}/plugin/?merchant=demo#${card.clientSecret}`);
    await stage.page.getByLabel('Card number').waitFor();
    assert.equal(await stage.page.locator('iframe').count(), 0);
    assert.deepEqual(stage.complaints, []);
  });

  it('costs nothing where nobody pays by card', async () => {
    const asked: string[] = [];
    stage.context.on('request', (request) => asked.push(request.url()));
    const secret = await pretendPayment(stage, openPayment());
    await stage.openShop(`<pay-desk api-base="${stage.bff}" client-secret="${secret}" locale="en"></pay-desk>`);
    await stage.page.getByRole('textbox', { name: 'Pay code' }).waitFor();
    await stage.page.waitForLoadState('networkidle');
    assert.deepEqual(
      asked.filter((url) => url.includes('card')),
      [],
    );
  });
});
