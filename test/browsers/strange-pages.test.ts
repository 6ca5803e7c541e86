/**
 * Pages that are not ours, in every engine: what they name, pollute, isolate, listen for, translate, turn around and pass on. The
 * tests of `test/e2e/hostile` go further, in Chromium.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engines, skipOrFail } from './engine.ts';
import { setUpBrowser } from './harness.ts';
import { inheritedStyles, listenForShortcuts, polluteObjects, readStyles, translateTexts } from './strange-deeds.ts';

for (const engine of engines) {
  const skip = skipOrFail(engine);
  if (skip) {
    it(`${engine.name}: no strange page was tried`, { skip }, () => undefined);
    continue;
  }
  describe(`${engine.name}, on a page that is not ours`, () => {
    const harness = setUpBrowser(engine);
    const tag = (clientSecret: string, attributes = '') =>
      `<div id="checkout"></div><script ${attributes} src="${harness.bff}/v1/pay-desk.js" data-locale="en"
        data-client-secret="${clientSecret}" data-target="#checkout"></script>`;
    /** A page with the checkout, drawn. */
    const show = async (before = '', headers?: Record<string, string>) => {
      const payment = await harness.payment();
      await harness.open(before + tag(payment.clientSecret), headers);
      await harness.customer.find('input');
      return payment;
    };
    const pay = async (code: string, customer = harness.customer) => {
      await customer.fill('input', code);
      await customer.click('button', 'Pay 25.00');
    };

    for (const [what, markup] of [
      ['<img name="currentScript">', '<img name="currentScript" src="EVIL/v1/pay-desk.js" alt="">'],
      [
        '<form name="currentScript">',
        '<form name="currentScript"><input type="hidden" name="src" value="EVIL/v1/pay-desk.js"></form>',
      ],
      ['<div id="PayDesk">', '<div id="PayDesk"></div><a id="PAY_DESK_VERSION"></a>'],
    ] as const) {
      it(`${what} in somebody’s text neither stops the checkout nor gets its secret`, async () => {
        const { id } = await show(markup.replace('EVIL', harness.pages.evil));
        await pay('GOOD0001');
        await harness.untilPaid(id);
        assert.deepEqual(
          harness.pages.stolen.filter((request) => request.includes('Bearer') || request.includes('chunks')),
          [],
        );
        assert.equal(
          await harness.customer.run(() => document.documentElement.dataset.evil ?? 'it did not run'),
          'it did not run',
        );
      });
    }

    it('the script as a module is found by its address, and pays', async () => {
      const { id, clientSecret } = await harness.payment();
      await harness.open(tag(clientSecret, 'type="module"'));
      await pay('GOOD0002');
      await harness.untilPaid(id);
    });

    it('the script inside of the page as a module calls nobody and shows the page’s fallback', async () => {
      const code = (await (await fetch(`${harness.bff}/v1/pay-desk.js`)).text()).replaceAll('</script', '<\\/script');
      await harness.open(`<pay-desk><p slot="fallback" hidden>Pay by phone</p></pay-desk><script type="module">${code}</script>`);
      await harness.customer.sees('Pay by phone');
    });

    it('polluted prototypes do not make an unpaid payment look paid', async () => {
      const { clientSecret } = await harness.payment();
      await harness.open(`<script>(${polluteObjects})()</script>${tag(clientSecret.replace(/.{4}$/, 'xxxx'))}`);
      await harness.customer.find('pay-desk[data-status=load_error]');
      assert.doesNotMatch(await harness.customer.sees(/\S/), /\bPaid\b/);
    });

    it('polluted prototypes do not stop a payment', async () => {
      const { id } = await show(`<script>(${polluteObjects})()</script>`);
      await pay('GOOD0003');
      await harness.untilPaid(id);
    });

    it('Cross-Origin-Embedder-Policy: require-corp leaves the checkout, the card frame and the plugin window', async () => {
      const { id, pluginUrl } = await harness.payment();
      const card = `${harness.bff}/frame/card/?merchant=demo`;
      await harness.open(
        `<iframe id="card" src="${card}"></iframe><iframe id="plugin" src="${pluginUrl}" width="640" height="750"></iframe>`,
        { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
      );
      assert.equal(await harness.customer.inFrame('#card').run(() => location.href), card);
      await pay('GOOD0004', harness.customer.inFrame('#plugin'));
      await harness.untilPaid(id);
    });

    it('shortcuts of the page that look at the target of a key take no letter of a code', async () => {
      await show(`<script>(${listenForShortcuts})()</script>`);
      await harness.customer.fill('input', 'good0004');
      assert.equal((await harness.customer.find('input')).value, 'GOOD 0004');
    });

    it('a page translator leaves amount and errors alone', async () => {
      await show();
      assert.ok((await harness.customer.run(translateTexts)) > 0);
      await harness.customer.click('button', 'Pay 25.00');
      await harness.customer.sees('Type your pay code first');
      const fonts = await harness.customer.run(
        () => document.querySelector('pay-desk')?.shadowRoot?.querySelectorAll('font').length,
      );
      assert.equal(fonts, 0);
    });

    it('a page from right to left shows our English from left to right', async () => {
      await show('<script>Object.assign(document.documentElement, { dir: "rtl", lang: "ar" })</script>');
      const direction = await harness.customer.run(() => {
        const note = document.querySelector('pay-desk')?.shadowRoot?.querySelector('.note');
        return note && getComputedStyle(note).direction;
      });
      assert.equal(direction, 'ltr');
    });

    it('what elements around it pass on changes nothing of how it looks', async () => {
      await show();
      const before = await harness.customer.run(readStyles, Object.keys(inheritedStyles));
      await harness.customer.run((styles) => {
        for (const [name, value] of Object.entries(styles)) document.body.style.setProperty(name, value);
      }, inheritedStyles);
      assert.deepEqual(await harness.customer.run(readStyles, Object.keys(inheritedStyles)), before);
    });
  });
}
