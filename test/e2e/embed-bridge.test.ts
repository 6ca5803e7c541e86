/**
 * Who may connect to a plugin window, and which messages it accepts: openers, siblings, outer pages, foreign origins, and random
 * messages.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Frame, Page } from 'playwright-core';
import { hello } from '../../widget/bridge/handshake.ts';
import { waitFor } from '../support/wait-for.ts';
import { setUpShopPage } from './shop-page-harness.ts';

/** The state of a page that began a handshake. */
interface Greeter {
  answers: unknown[];
  port: MessagePort;
}

/** The chunks that a window loads when it gets a message. */
const answering = readdirSync(new URL('../../dist/widget/v1/chunks/', import.meta.url))
  .filter((name) => /^(serve-page|appearance-store)-.*\.js$/.test(name))
  .map((name) => `/v1/chunks/${name}`);

const evil = 'http://evil.example';

describe('a plugin window', () => {
  const harness = setUpShopPage();

  /** Begins the handshake as our own script does, from this page, which keeps the answers. `to` is a path of windows. */
  const greet = (from: Page | Frame, to: string, words = hello) =>
    from.evaluate(
      ({ hello, to, bff }) => {
        const { port1, port2 } = new MessageChannel();
        const answers: unknown[] = [];
        port1.onmessage = ({ data }) => answers.push(data);
        Object.assign(window, { greeter: { answers, port: port1 } });
        const target = to.split('.').reduce<Window>((at, step) => (at as unknown as Record<string, Window>)[step] ?? at, window);
        target.postMessage(hello, bff, [port2]);
        target.postMessage('behind', bff);
        port1.postMessage(JSON.stringify({ v: 1, type: 'init', theme: 'dark' }));
      },
      { hello: words, to, bff: harness.bff },
    );
  const answers = (from: Page | Frame) => from.evaluate(() => (window as unknown as { greeter: Greeter }).greeter.answers);
  /** @returns Whether the window accepted the handshake, once everything that it does with it is done. */
  const took = async (frame: Frame | Page, greeting: () => Promise<void>) => {
    await frame.evaluate(() =>
      addEventListener('message', ({ data }) => {
        if (data === 'behind') document.body.dataset.handled = '';
      }),
    );
    await greeting();
    await waitFor(() => frame.evaluate(() => document.body.dataset.handled === ''));
    // It loads chunks before it answers, so the same chunks are loaded here after its own requests.
    await frame.evaluate(async (urls) => {
      await Promise.all(urls.map((url) => import(url)));
      await new Promise((resolve) => setTimeout(resolve));
    }, answering);
    return frame.evaluate(() => document.documentElement.dataset.framed !== undefined);
  };
  const settled = (frame: Frame | Page) =>
    frame.evaluate(
      () =>
        new Promise<void>((resolve) => {
          addEventListener('message', ({ data }) => data === 'echo' && setTimeout(resolve));
          postMessage('echo', location.origin);
        }),
    );
  /** Removes the headers that keep other origins out. */
  const dropPolicies = () =>
    harness.context.route(`${harness.bff}/plugin/?*`, async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': _, 'cross-origin-opener-policy': __, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
  const dark = (frame: Frame | Page) => frame.evaluate(() => document.documentElement.dataset.theme === 'dark');
  const windowAt = async (owner: Page, nth = 0): Promise<Frame> => {
    const frame = await waitFor(
      async () => owner.frames().filter((each) => each.url().startsWith(`${harness.bff}/plugin/`))[nth],
    );
    await frame.getByRole('textbox', { name: 'Pay code' }).waitFor();
    return frame;
  };
  const framed = (src: string) => `<!doctype html><iframe src="${src.replaceAll('&', '&amp;')}"></iframe>`;

  it('answers the page around it, and never sends the client secret or the code', async () => {
    const { pluginUrl, clientSecret } = await harness.payment();
    await harness.serve(`${harness.shop}/page`, framed(pluginUrl));
    await harness.page.goto(`${harness.shop}/page`);
    const frame = await windowAt(harness.page);
    await greet(harness.page, 'frames.0');
    await waitFor(() => dark(frame));
    assert.equal(
      await took(frame, async () => harness.page.evaluate((bff) => window.frames[0]?.postMessage('behind', bff), harness.bff)),
      true,
    );
    await harness.pay(frame, 'GOOD0004');
    const sent = await waitFor(async () => {
      const text = JSON.stringify(await answers(harness.page));
      return text.includes('succeeded') && text;
    });
    assert.ok(!sent.includes(clientSecret) && !sent.includes('GOOD') && !sent.includes('0004'));
  });

  it('does not answer its opener, even without the policy that separates them', async () => {
    await dropPolicies();
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${harness.shop}/page`, '<!doctype html>');
    await harness.page.goto(`${harness.shop}/page`);
    const [popup] = await Promise.all([
      harness.context.waitForEvent('page'),
      harness.page.evaluate((url) => void Object.assign(window, { popup: open(url) }), pluginUrl),
    ]);
    await popup.getByRole('textbox', { name: 'Pay code' }).waitFor();
    assert.equal(await took(popup, () => greet(harness.page, 'popup')), false);
    assert.deepEqual(await answers(harness.page), []);
  });

  it('does not answer a frame beside it, even on the merchant’s own origin', async () => {
    const { pluginUrl } = await harness.payment();
    for (const origin of [harness.shop, evil]) {
      await harness.serve(`${origin}/beside`, '<!doctype html>');
      await harness.serve(`${harness.shop}/page`, `${framed(pluginUrl)}<iframe src="${origin}/beside"></iframe>`);
      await harness.page.goto(`${harness.shop}/page`);
      const frame = await windowAt(harness.page);
      const beside = harness.page.frames().find((each) => each.url() === `${origin}/beside`) ?? assert.fail();
      assert.equal(await took(frame, () => greet(beside, 'parent.0')), false);
      assert.deepEqual(await answers(beside), []);
    }
  });

  it('does not answer the page that contains its parent page', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${harness.shop}/inner`, framed(pluginUrl));
    await harness.serve(`${harness.shop}/page`, framed(`${harness.shop}/inner`));
    await harness.page.goto(`${harness.shop}/page`);
    const frame = await windowAt(harness.page);
    assert.equal(await took(frame, () => greet(harness.page, '0.0')), false);
    assert.deepEqual(await answers(harness.page), []);
  });

  it('does not answer a page of a foreign origin, even without the policy that keeps it out', async () => {
    const { pluginUrl } = await harness.payment();
    await dropPolicies();
    await harness.serve(`${evil}/page`, framed(pluginUrl));
    await harness.page.goto(`${evil}/page`);
    const frame = await windowAt(harness.page);
    assert.equal(await took(frame, () => greet(harness.page, 'frames.0')), false);
    assert.deepEqual(await answers(harness.page), []);
  });

  it('does not answer a handshake of another version', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${harness.shop}/page`, framed(pluginUrl));
    await harness.page.goto(`${harness.shop}/page`);
    const frame = await windowAt(harness.page);
    assert.equal(await took(frame, () => greet(harness.page, 'frames.0', 'pay-desk:hello:2')), false);
  });

  it('accepts the first handshake only', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${harness.shop}/page`, framed(pluginUrl));
    await harness.page.goto(`${harness.shop}/page`);
    const frame = await windowAt(harness.page);
    await greet(harness.page, 'frames.0');
    await waitFor(async () => (await answers(harness.page)).length > 0);
    await took(frame, () => greet(harness.page, 'frames.0'));
    await settled(frame);
    await settled(harness.page);
    assert.deepEqual(await answers(harness.page), []);
  });

  it('is not affected by 10,000 random messages, on the window and on the port', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    await harness.page.evaluate(async (pluginUrl) => {
      const events: string[] = [];
      for (const name of ['pay-status-change', 'pay-change', 'pay-failure', 'pay-load-error', 'pay-success'] as const)
        document.addEventListener(name, () => events.push(name));
      // Takes the port that our own script uses: this is the merchant's page with a hostile script in it.
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
        Object.assign(window, { borrowed: this });
        Reflect.apply(postMessage, this, args);
      };
      await window.PayDesk?.frame('#place', { pluginUrl });
      Object.assign(window, { events });
    }, pluginUrl);
    const frame = await windowAt(harness.page);
    await frame.getByRole('textbox').fill('GOOD');
    const seen = () =>
      frame.evaluate(() => document.querySelector('pay-desk')?.shadowRoot?.querySelector('[part=root]')?.textContent);
    const events = () => harness.page.evaluate(() => [...(window as unknown as { events: string[] }).events]);
    await waitFor(async () => (await events()).includes('pay-change'));
    // The buttons for codes by SMS are drawn by a chunk that comes later than the form.
    await frame.getByRole('button', { name: 'Buy a code by SMS' }).waitFor();
    await frame.getByRole('button', { name: 'Pay by SMS' }).waitFor();
    const before = [await events(), await seen()];

    const messages = fc.sample(message, { numRuns: 10_000, seed: 31 });
    for (let from = 0; from < messages.length; from += 1000)
      await harness.page.evaluate(
        ({ some, bff }) => {
          const { borrowed } = window as unknown as { borrowed: MessagePort };
          for (const each of some) {
            window.frames[0]?.postMessage(each, bff);
            borrowed.postMessage(each);
            window.postMessage(each, location.origin);
          }
        },
        { some: messages.slice(from, from + 1000), bff: harness.bff },
      );
    await settled(frame);
    await settled(harness.page);
    assert.deepEqual([await events(), await seen()], before);
    assert.equal(await frame.getByRole('textbox').inputValue(), 'GOOD');
    // The console names options that are wrong, some of them.
    const others = harness.complaints.filter((text) => !text.startsWith('Pay Desk: these options are wrong'));
    assert.deepEqual(others, []);
    assert.ok(harness.complaints.length <= 50);
    // The port is still open: a valid message is still handled.
    await harness.page.evaluate(() =>
      (window as unknown as { borrowed: MessagePort }).borrowed.postMessage(JSON.stringify({ v: 1, type: 'clear' })),
    );
    await waitFor(async () => (await frame.getByRole('textbox').inputValue()) === '');
  });
});

const types = ['init', 'set', 'submit', 'validate', 'focus', 'clear', 'ready', 'resize', 'status', 'change', 'problem', 'close'];
const bad = { v: 2, type: 'clear', status: 'succeeded', tokens: { '--pay-color-accent': 'url(http://evil.example)' } };

/** Almost valid messages: another version, an additional field, a value out of range. */
const nearly: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ v: fc.constantFrom(0, 2, '1', null), type: fc.constantFrom(...types) }),
  fc.record({ v: fc.constant(1), type: fc.constantFrom(...types), surplus: fc.jsonValue() }),
  fc.record({ v: fc.constant(1), type: fc.constant('set'), theme: fc.string(), locale: fc.constant('../') }),
  fc
    .dictionary(fc.string({ minLength: 1 }), fc.constant('red;}'), { minKeys: 1 })
    .map((tokens) => ({ v: 1, type: 'set', tokens })),
  fc.constant(bad),
);
const right = { v: 1, type: 'clear' };

/** Invalid messages as objects and as text, and valid ones that are no text or too long. */
const message: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.string().map((text) => `${hello}${text}`),
  nearly,
  nearly.map((each) => JSON.stringify(each)),
  fc.constant(right),
  fc.nat(2000).map((more) => JSON.stringify(right) + ' '.repeat(8192 + more)),
);
