/** Who may connect to the card frame, which messages it accepts, and that the checkout around accepts none from anybody else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { hello } from '../../../widget/bridge/handshake.ts';
import type {} from '../../../widget/methods/card/card-frame.ts';
import { waitFor } from '../../support/wait-for.ts';
import { setUpCardFrame } from '../card-frame-harness.ts';
import { setUpShopPage } from '../shop-page-harness.ts';

/** The state of a page that began a handshake or listened. */
interface Kept {
  answers: unknown[];
  port: MessagePort;
  borrowed: MessagePort;
  received: string[];
}

describe('a forged message', () => {
  const harness = setUpShopPage();
  const frameUrl = () => `${harness.bff}/frame/card/?merchant=demo`;

  /**
   * Begins the handshake of our own script with the window at the path `to`, or the frame in the checkout, and starts it with
   * `init`.
   */
  const greet = (from: Page | Frame, to: string, words = hello, clientSecret = 'cs_pretended') =>
    from.evaluate(
      ({ hello, to, bff, clientSecret }) => {
        const { port1, port2 } = new MessageChannel();
        const answers: unknown[] = [];
        port1.onmessage = ({ data }) => answers.push(data);
        Object.assign(window, { answers, port: port1 });
        const framed = document.querySelector('pay-desk')?.shadowRoot?.querySelector('iframe')?.contentWindow;
        const target =
          framed ?? to.split('.').reduce<Window>((at, step) => (at as unknown as Record<string, Window>)[step] ?? at, window);
        target.postMessage(hello, bff, [port2]);
        port1.postMessage(JSON.stringify({ v: 1, type: 'init', clientSecret }));
        target.postMessage('behind', bff);
      },
      { hello: words, to, bff: harness.bff, clientSecret },
    );
  const answers = (from: Page | Frame) => from.evaluate(() => (window as unknown as Kept).answers);
  const cardFrame = () => waitFor(async () => harness.page.frames().find((each) => each.url().startsWith(frameUrl())));
  /** Waits until the frame has read all messages sent before. */
  const untilHandled = async (frame: Frame, send: () => Promise<unknown>) => {
    await frame.evaluate(() =>
      addEventListener('message', ({ data }) => {
        if (data === 'behind') document.body.dataset.handled = '';
      }),
    );
    await send();
    await waitFor(() => frame.evaluate(() => document.body.dataset.handled === ''));
    await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
  const shown = (frame: Frame) => frame.locator('pay-card-element').count();
  const framed = (src: string) => `<!doctype html><iframe src="${src.replaceAll('&', '&amp;')}"></iframe>`;

  it('of the parent page would be accepted by the frame: it waits for one', async () => {
    await setUpCardFrame(harness);
    await harness.serve(`${harness.shop}/page`, framed(frameUrl()));
    await harness.page.goto(`${harness.shop}/page`);
    const frame = await cardFrame();
    await untilHandled(frame, () => greet(harness.page, 'frames.0'));
    assert.equal(await shown(frame), 1);
    await frame.getByLabel('Card number').waitFor();
    // It reports its height and that there is a payment.
    await waitFor(async () => (await answers(harness.page)).length >= 2);
    assert.ok(!JSON.stringify(await answers(harness.page)).includes('cs_'));
  });

  it('of another version, of a frame beside it, or of its parent’s parent is ignored', async () => {
    await setUpCardFrame(harness);
    const evil = 'http://evil.example';
    await harness.serve(`${evil}/beside`, '<!doctype html>');
    await harness.serve(`${harness.shop}/inner`, `${framed(frameUrl())}<iframe src="${evil}/beside"></iframe>`);
    await harness.serve(`${harness.shop}/page`, framed(`${harness.shop}/inner`));
    await harness.page.goto(`${harness.shop}/page`);
    const frame = await cardFrame();
    const at = (url: string) => harness.page.frames().find((each) => each.url() === url) ?? assert.fail(url);
    for (const [from, to, words] of [
      [at(`${harness.shop}/inner`), 'frames.0', 'pay-desk:hello:2'],
      [await waitFor(async () => at(`${evil}/beside`)), 'parent.0', hello],
      [harness.page.mainFrame(), '0.0', hello],
    ] as const) {
      await untilHandled(frame, () => greet(from, to, words));
      assert.equal(await shown(frame), 0);
      assert.deepEqual(await answers(from), []);
    }
  });

  it('of a foreign origin is ignored, even without the policy that keeps it out', async () => {
    await setUpCardFrame(harness);
    const evil = 'http://evil.example';
    await harness.context.route(frameUrl(), async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await harness.serve(`${evil}/page`, framed(frameUrl()));
    await harness.page.goto(`${evil}/page`);
    const frame = await cardFrame();
    await untilHandled(frame, () => greet(harness.page, 'frames.0'));
    assert.equal(await shown(frame), 0);
    assert.deepEqual(await answers(harness.page), []);
  });

  it('after the first handshake, or a second `init`, changes nothing', async () => {
    const card = await setUpCardFrame(harness);
    const requests: string[] = [];
    harness.context.on('request', async (request) => requests.push((await request.headerValue('authorization')) ?? ''));
    await card.open();
    const frame = await card.frame();
    await card.type();
    await untilHandled(frame, () => greet(harness.page, '', hello, 'cs_other'));
    assert.deepEqual(await answers(harness.page), []);
    assert.equal(await card.form.getByLabel('Card number').inputValue(), '8600 4954 7331 6478');
    assert.ok(!requests.some((header) => header.includes('cs_other')));
  });

  it('on the port itself changes nothing where it is malformed, and none makes the frame reveal what was typed', async () => {
    const card = await setUpCardFrame(harness);
    await harness.context.addInitScript(() => {
      if (window !== window.top) return;
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
        const { received = [] } = window as Partial<Kept>;
        if ((window as Partial<Kept>).borrowed !== this)
          this.addEventListener('message', ({ data }) => received.push(String(data)));
        Object.assign(window, { borrowed: this, received });
        Reflect.apply(postMessage, this, args);
      };
    });
    await card.open();
    await card.type();
    const frame = await card.frame();
    const right = { v: 1, type: 'clear' };
    const wrong: unknown[] = [
      right, // an object is no text
      JSON.stringify(right) + ' '.repeat(8192),
      JSON.stringify({ ...right, v: 2 }),
      JSON.stringify({ ...right, more: 1 }),
      JSON.stringify({ v: 1, type: 'set', locale: '../' }),
      JSON.stringify({ v: 1, type: 'set', tokens: { '--pay-color-accent': 'url(http://evil.example)' } }),
      JSON.stringify({ v: 1, type: 'init', clientSecret: 'cs_other' }),
      JSON.stringify({ v: 1, type: 'read' }),
      JSON.stringify({ v: 1, type: '__proto__' }),
      'null',
      '',
      null,
    ];
    await untilHandled(frame, () =>
      harness.page.evaluate(
        ({ wrong, bff }) => {
          const framed = document.querySelector('pay-desk')?.shadowRoot?.querySelector('iframe')?.contentWindow;
          for (const each of wrong) {
            (window as unknown as Kept).borrowed.postMessage(each);
            framed?.postMessage(each, bff);
          }
          framed?.postMessage('behind', bff);
        },
        { wrong, bff: harness.bff },
      ),
    );
    assert.equal(await card.form.getByLabel('Card number').inputValue(), '8600 4954 7331 6478');
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'light');
    const sent = await harness.page.evaluate(() => (window as unknown as Kept).received.join());
    assert.match(sent, /"type":"change","method":"card","complete":true/);
    assert.doesNotMatch(sent, /\d{4}|cs_/);
    // The port is still open: a valid message is handled.
    await harness.page.evaluate((text) => (window as unknown as Kept).borrowed.postMessage(text), JSON.stringify(right));
    await waitFor(async () => (await card.form.getByLabel('Card number').inputValue()) === '');
    assert.deepEqual(card.posts, []);
  });

  it('to the checkout, as if it came from the frame, is ignored', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    await card.frame();
    await harness.page.evaluate(() => {
      const received: string[] = [];
      Object.assign(window, { received });
      for (const name of ['pay-change', 'pay-before-submit', 'pay-success', 'pay-failure'])
        document.addEventListener(name, () => received.push(name));
      for (const message of [
        { v: 1, type: 'wish' },
        { v: 1, type: 'change', method: 'card', complete: true },
        { v: 1, type: 'sent', problem: null },
        { v: 1, type: 'moved', version: 99 },
        { v: 1, type: 'resize', height: 4000 },
      ])
        for (const data of [message, JSON.stringify(message)]) window.postMessage(data, location.origin);
      return new Promise<void>((resolve) => {
        addEventListener('message', ({ data }) => data === 'last' && resolve());
        window.postMessage('last', location.origin);
      });
    });
    assert.deepEqual(await harness.page.evaluate(() => (window as unknown as Kept).received), []);
    const complete = await harness.page.evaluate(() => {
      const room = document.querySelector('pay-desk')?.shadowRoot?.querySelector('pay-card-frame');
      return room?.complete;
    });
    assert.equal(complete, false);
    assert.deepEqual(card.posts, []);
  });
});
