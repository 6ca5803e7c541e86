/** Strings of merchants, customers, addresses and upstreams are shown as text, whatever they contain. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type {} from '../../../widget/element/pay-desk.ts';
import type {} from '../../../widget/embed/pay-desk-global.ts';
import { en } from '../../../widget/messages/en.ts';
import { launchChromium } from '../../support/chromium.ts';
import { payLinkQuery } from '../../support/pay-link.ts';
import { waitFor } from '../../support/wait-for.ts';
import { xssCorpus } from '../../support/xss-corpus.ts';
import { createXssTestBed, type HostilePayment, linkKey, type XssTestBed } from '../../support/xss-test-bed.ts';
import { strayMarkup } from './stray-markup.ts';

/** The number of checkouts on one page. */
const many = 200;
/** Payloads in the address of one frame, which costs more than a checkout. More would not fit into an address of 8 kB. */
const bundled = 45;

describe('a hostile string', () => {
  let testBed: XssTestBed;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** Payloads that ran, policies that were violated, exceptions. Empty where there is none. */
  let harm: string[];

  before(async () => {
    [testBed, browser] = await Promise.all([createXssTestBed(xssCorpus), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await testBed?.close();
  });
  beforeEach(async () => {
    harm = [];
    context = await browser.newContext({ locale: 'en-GB' });
    context.on('weberror', (error) => harm.push(error.error().message));
    context.on('dialog', (dialog) => void dialog.dismiss());
    await context.exposeBinding('pwned', ({ frame }) => harm.push(`ran in ${frame.url()}`));
    await context.exposeBinding('violated', (_source, what: string) => harm.push(what));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
        (window as unknown as { violated(what: string): void }).violated(`${violatedDirective} ${blockedURI} ${sample}`),
      );
    });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const inGroups = (size: number): HostilePayment[][] =>
    Array.from({ length: Math.ceil(xssCorpus.length / size) }, (_, nth) => testBed.payments.slice(nth * size, (nth + 1) * size));
  const batches = () => inGroups(many);
  const bundles = () => inGroups(bundled);
  const openShop = async () => {
    await page.goto(testBed.shop);
    await page.evaluate(() => window.PayDesk?.ready);
  };
  const allDesks = (condition: string, count: number) =>
    page.waitForFunction(
      ([selector, wanted]) =>
        [...document.querySelectorAll('pay-desk')].filter((checkout) => checkout.matches(selector)).length === wanted,
      [condition, count] as const,
    );

  it('is one of more than 300, most of which run where they are parsed as markup, which this test detects', async () => {
    assert.ok(new Set(xssCorpus).size > 300);
    assert.equal(new Set(xssCorpus).size, xssCorpus.length);
    await openShop();
    const some = xssCorpus.filter((_, index) => index % 4 === 0);
    await page.evaluate((payloads) => {
      for (const payload of payloads) document.body.appendChild(document.createElement('div')).innerHTML = payload;
    }, some);
    await waitFor(async () => harm.filter((what) => what.startsWith('ran')).length > some.length / 4);
    assert.ok(
      harm.some((what) => !what.startsWith('ran')),
      'and violates the policy',
    );
  });

  it('of a merchant, an order or an upstream is shown as text, in English and in Burmese', async () => {
    for (const batch of batches()) {
      await openShop();
      await page.evaluate(
        (secrets) => {
          for (const clientSecret of secrets) {
            const place = document.createElement('div');
            document.querySelector('#shop')?.append(place);
            window.PayDesk?.mount(place, { clientSecret, locale: 'en' });
          }
        },
        batch.map(({ clientSecret }) => clientSecret),
      );
      await allDesks('[data-status=open]', batch.length);
      for (const locale of ['en', 'my']) {
        await page.evaluate((tag) => {
          for (const checkout of document.querySelectorAll('pay-desk')) checkout.locale = tag;
        }, locale);
        await page.waitForFunction(
          (tag) =>
            [...document.querySelectorAll('pay-desk')].every((checkout) => checkout.shadowRoot?.querySelector(`[lang=${tag}]`)),
          locale,
        );
        const shown = await page.evaluate(() =>
          [...document.querySelectorAll('pay-desk')].map((checkout) => checkout.shadowRoot?.textContent ?? ''),
        );
        for (const [index, { merchantName, orderId }] of batch.entries()) {
          assert.ok(shown[index]?.includes(merchantName), `not shown: ${merchantName}`);
          assert.ok(shown[index]?.includes(orderId), `not shown: ${orderId}`);
        }
        assert.deepEqual(await page.evaluate(strayMarkup), []);
      }
      // The upstream answers each of these with payloads in every place.
      const problems = await page.evaluate(async () =>
        Promise.all(
          [...document.querySelectorAll('pay-desk')]
            .filter((_, index) => index % 5 === 0)
            .map(async (checkout) => {
              const input = checkout.shadowRoot?.querySelector('input');
              if (!input) return 'no field';
              input.value = 'GOOD0001';
              input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
              const { problem, view } = await checkout.submit();
              return problem?.code ?? view.status;
            }),
        ),
      );
      assert.ok(
        // On a busy machine an answer may miss its deadline; then it is looked for.
        problems.every((code) => /^(code_invalid|provider_unavailable|processing)$/.test(code)),
        [...new Set(problems)].join(),
      );
      assert.deepEqual(await page.evaluate(strayMarkup), []);
    }
    assert.ok(testBed.answeredAll());
    assert.deepEqual(harm, []);
  });

  it('as a code, an option, an attribute or a text of the merchant’s own stays text', async () => {
    for (const batch of batches()) {
      await openShop();
      await page.evaluate(
        ([given, keys]) => {
          for (const { payload, clientSecret } of given) {
            const place = document.createElement('div');
            document.querySelector('#shop')?.append(place);
            const own = Object.fromEntries(
              Object.entries(keys).map(([key, words]) => [
                key,
                typeof words === 'string' ? payload : Object.fromEntries(Object.keys(words).map((name) => [name, payload])),
              ]),
            );
            const translations = { en: own, my: own };
            const [method, theme, locale] = [payload as 'pay_code', payload as 'auto', payload];
            const tokens = { '--pay-color-accent': payload, '--pay-font': payload };
            window.PayDesk?.mount(place, { clientSecret, locale, theme, method, walletType: payload, translations, tokens });
            // Also where nothing opens: a payload as client secret, an invalid origin.
            const lost = document.createElement('pay-desk');
            lost.setAttribute('client-secret', payload);
            for (const name of ['api-base', 'locale', 'methods', 'method', 'wallet-type', 'theme'])
              lost.setAttribute(name, payload);
            place.append(lost);
          }
        },
        [batch, en] as const,
      );
      await allDesks('[data-status=open]', batch.length);
      await allDesks('[data-status=load_error]', batch.length);
      await page.evaluate(() => {
        for (const checkout of document.querySelectorAll('pay-desk[data-status=open]')) {
          const input = checkout.shadowRoot?.querySelector('input');
          if (!input) continue;
          input.value = (checkout as HTMLElement & { theme: string }).theme;
          input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
          (checkout as HTMLElementTagNameMap['pay-desk']).validate();
        }
      });
      assert.deepEqual(await page.evaluate(strayMarkup), []);
    }
    // An address that cannot be fetched is refused by the policy or by the browser; both are right.
    assert.deepEqual(
      harm.filter((what) => !what.startsWith('connect-src')),
      [],
    );
  });

  for (const lang of ['en', 'my']) {
    it(`in the query or fragment of the plugin window’s URL stays text (${lang})`, async () => {
      await openShop();
      await frames(
        bundles().map((bundle, index) => {
          const [{ pluginUrl, clientSecret } = assert.fail()] = bundle;
          const query = new URLSearchParams(bundle.map(({ payload }, nth) => (nth % 2 ? ['x', payload] : [payload, 'x'])));
          query.set('lang', index % 2 ? lang : (bundle[1]?.payload ?? ''));
          query.set('theme', bundle[2]?.payload ?? '');
          return `${pluginUrl.split('#')[0]}&${query}#${clientSecret}`;
        }),
      );
      assert.equal(await shown('pay-desk[data-status=open]'), bundles().length);
      // Only the fragment changes. What it begins with is used as the client secret of the next payment.
      for (const [index, bundle] of bundles().entries()) {
        const frame = page.frames()[index + 1] ?? assert.fail();
        await frame.evaluate(
          async (payloads) => {
            for (const payload of payloads) {
              const taken = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
              location.hash = `cs_x${payload}`;
              await taken;
            }
          },
          bundle.map(({ payload }) => payload),
        );
        await frame.waitForSelector('pay-desk[data-status=load_error]', { state: 'attached' });
        assert.deepEqual(await frame.evaluate(strayMarkup), []);
      }
      assert.deepEqual(harm, []);
    });

    it(`in a signed link, valid or broken, stays text (${lang})`, async () => {
      await openShop();
      const links = bundles().flatMap((bundle) => {
        const [{ merchantId } = assert.fail()] = bundle;
        const payloads = bundle.map(({ payload }) => payload);
        // As many as an order's number may hold; each is in a broken link besides.
        const text = payloads.join(' ').replace(/\p{Cc}/gu, '');
        const query = payLinkQuery(linkKey.key, {
          merchant: merchantId,
          kid: linkKey.kid,
          label: text.slice(0, 190),
          custom_transaction_id: `${text.slice(0, 170)} by link, ${lang}`,
          fixed_amount: '25',
          currency_code: 'PLN',
          exp: String(Math.floor(Date.now() / 1000) + 600),
          lang,
          theme: text.slice(0, 190),
        });
        const unknown = new URLSearchParams(payloads.map((payload) => [payload, 'x']));
        return [query, `${unknown}&merchant=${merchantId}&lang=${lang}`];
      });
      await frames(links.map((query) => `${testBed.bff}/plugin/?${query}`));
      assert.equal(await shown('pay-desk[data-status=open]'), links.length / 2);
      assert.equal(await shown('.notice h1'), links.length / 2);
      assert.deepEqual(harm, []);
    });
  }

  it('of one merchant is not shown in the window of another, whose pages may frame that', async () => {
    const [mine = assert.fail(), other = assert.fail()] = testBed.payments;
    await openShop();
    await frames([mine.pluginUrl, `${mine.pluginUrl.split('#')[0]}#${other.clientSecret}`]);
    const [, right, wrong] = page.frames();
    assert.equal(await right?.locator('pay-desk[data-status=open]').count(), 1);
    await wrong?.locator('.notice h1').waitFor();
    assert.equal(await wrong?.locator('pay-desk').count(), 0);
    assert.deepEqual(harm, []);
  });

  it('is refused as a return URL', async () => {
    let refused = 0;
    for (const [index, payload] of xssCorpus.entries())
      refused += Number(
        (await testBed.create(index, { orderId: `back-${index}`, label: 'x', returnUrls: { success: payload } })) === null,
      );
    assert.equal(refused, xssCorpus.length);
  });

  /** The number of frames in which something is drawn. */
  async function shown(what: string): Promise<number> {
    const counts = await Promise.all(page.frames().map((frame) => frame.locator(what).count()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Shows these addresses in frames of the shop's page, each until its message is shown. */
  async function frames(addresses: string[]): Promise<void> {
    await page.evaluate((list) => {
      for (const address of list) {
        const frame = document.createElement('iframe');
        frame.src = address;
        document.querySelector('#shop')?.append(frame);
      }
    }, addresses);
    await page.waitForFunction((count) => window.frames.length === count, addresses.length);
    for (const frame of page.frames().slice(1)) {
      await frame.waitForSelector('.notice h1, pay-desk[data-status=open], pay-desk[data-status=load_error]', {
        state: 'attached',
      });
      assert.deepEqual(await frame.evaluate(strayMarkup), []);
    }
  }
});
