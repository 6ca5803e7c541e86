/**
 * What a page around does without meaning harm: it listens for shortcuts, is translated, is written from right to left, passes its
 * styles on, and isolates itself from other origins.
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {} from '../../../widget/embed/pay-desk-global.ts';
import { translateTexts } from '../../browsers/strange-deeds.ts';
import { waitFor } from '../../support/wait-for.ts';
import { setUpShopPage } from '../shop-page-harness.ts';

describe('on a page that is not ours', () => {
  const harness = setUpShopPage();
  const field = () => harness.page.getByRole('textbox', { name: 'Pay code' });
  /** A checkout on an empty page of the shop. */
  const mount = async (inSlots = '') => {
    const { clientSecret } = await harness.payment();
    await harness.openShop(`<template>${inSlots}</template>`);
    await harness.page.evaluate((clientSecret) => {
      const element = window.PayDesk?.mount('#place', { clientSecret, locale: 'en' });
      element?.append(document.querySelector('template')?.content ?? '');
    }, clientSecret);
    await field().waitFor();
    // It is drawn by the later screens, so nothing moves any more.
    await harness.page.getByRole('button', { name: 'Pay by SMS' }).waitFor();
  };

  for (const type of ['keydown', 'keypress', 'beforeinput'] as const) {
    it(`shortcuts of the page that look at the target of ${type} take no letter of a code`, async () => {
      await mount();
      await harness.page.evaluate((type) => {
        document.addEventListener(type, (event) => {
          if (!(event.target as Element).matches('input, textarea')) event.preventDefault();
        });
      }, type);
      await field().pressSequentially('good0004');
      assert.equal(await field().inputValue(), 'GOOD 0004');
    });
  }

  it('a page that takes what is pasted, copied or released hears none of it from our field, but Escape and Tab', async () => {
    await mount();
    const types = ['keydown', 'keyup', 'paste', 'copy', 'cut', 'beforeinput', 'input', 'drop'];
    await harness.page.evaluate((types) => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const type of types) document.addEventListener(type, (event) => heard.push((event as KeyboardEvent).key ?? type));
    }, types);
    await field().pressSequentially('GOOD');
    await field().evaluate((input, types) => {
      for (const type of types) if (type !== 'input') input.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }, types);
    await field().press('Escape');
    await field().press('Tab');
    const heard = () => harness.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual([...new Set(await heard())], ['Escape', 'Tab']);
    assert.equal(await field().evaluate((input) => input.matches(':focus')), false);
  });

  it('a field and a form that the page has put into a slot remain the page’s', async () => {
    await mount('<form slot="header"><input aria-label="Coupon"></form>');
    await harness.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const type of ['keydown', 'input', 'submit'])
        document.addEventListener(type, (event) => {
          if (type === 'submit') heard.push(`submit ${event.defaultPrevented}`);
          else heard.push(type);
          event.preventDefault();
        });
      document.addEventListener('pay-before-submit', () => heard.push('pay-before-submit'));
    });
    await field().fill('GOOD0004');
    const coupon = harness.page.getByRole('textbox', { name: 'Coupon' });
    await coupon.fill('X');
    await coupon.evaluate((input) => (input as HTMLInputElement).form?.requestSubmit());
    const heard = () => harness.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual(await heard(), ['input', 'submit false']);
  });

  it('a page translator that wraps every text in <font> leaves the amount and the errors as they are', async () => {
    await mount();
    const wrapped = await harness.page.evaluate(translateTexts);
    assert.ok(wrapped > 0, 'the translator found nothing');
    const view = await harness.page
      .locator('pay-desk')
      .evaluate((element: HTMLElementTagNameMap['pay-desk']) => ({ ...element.view, version: (element.view?.version ?? 0) + 1 }));
    await harness.context.route(`${harness.bff}/checkout`, (route) =>
      route.request().method() === 'OPTIONS'
        ? route.fallback()
        : route.fulfill({ json: { ...view, due: 2000 }, headers: { 'access-control-allow-origin': '*' } }),
    );
    await harness.page.locator('pay-desk').evaluate((element: HTMLElementTagNameMap['pay-desk']) => void element.refresh());
    await harness.page.locator('.amount', { hasText: '20.00' }).waitFor();
    const pay = harness.page.getByRole('button', { name: 'Pay 20.00 PLN' });
    await pay.click();
    await harness.page.locator('.note.error', { hasText: 'Type your pay code first' }).waitFor();
    assert.equal(await harness.page.locator('pay-desk font').count(), 0);
  });

  it('our own pages are not translated either', async () => {
    for (const path of ['/plugin/?merchant=demo', '/frame/card/?merchant=demo', '/plugin/?merchant=nobody'])
      assert.match(await (await fetch(harness.bff + path)).text(), /<html lang="en" translate="no">/);
  });

  it('a page from right to left, in a language that we lack, shows our English from left to right', async () => {
    const { pluginUrl } = await harness.payment();
    await mount('<p slot="support">الدعم: 123.</p>');
    await harness.page.evaluate(() => Object.assign(document.documentElement, { dir: 'rtl', lang: 'ar' }));
    const hint = await harness.page
      .locator('.note')
      .first()
      .evaluate((note) => {
        const [text] = [...note.querySelectorAll('span')].flatMap(({ childNodes }) =>
          [...childNodes].filter(({ nodeType }) => nodeType === 3),
        );
        const at = (from: number) => {
          const range = document.createRange();
          range.setStart(text as Node, from);
          range.setEnd(text as Node, from + 1);
          return range.getBoundingClientRect();
        };
        return {
          direction: getComputedStyle(note).direction,
          firstLeft: at(0).left,
          noteLeft: note.getBoundingClientRect().left,
        };
      });
    assert.equal(hint.direction, 'ltr');
    assert.ok(Math.abs(hint.firstLeft - hint.noteLeft) < 2, 'the first character is not at the left edge');
    await harness.page.evaluate((pluginUrl) => void window.PayDesk?.open({ pluginUrl }), pluginUrl);
    const dialog = harness.page.locator('dialog');
    await dialog.waitFor();
    assert.equal(await dialog.evaluate((element) => getComputedStyle(element).direction), 'ltr');
  });

  it('styles of the elements around do not leak in', async () => {
    await harness.page.emulateMedia({ reducedMotion: 'reduce' });
    await mount();
    await harness.page.evaluate(() => {
      Object.assign((document.querySelector('#place') as HTMLElement).style, { inlineSize: '400px' });
      document.body.style.margin = '0';
    });
    const shot = () => harness.page.locator('pay-desk').screenshot({ caret: 'hide', animations: 'disabled' });
    await harness.page.evaluate(() => document.fonts.ready);
    const before = await shot();
    assert.ok((await shot()).equals(before), 'two pictures of the same page differ');
    const place = harness.page.locator('#place');
    for (const [name, value] of inherited) {
      await place.evaluate((element, [name, value]) => element.style.setProperty(name, value), [name, value] as const);
      assert.ok((await shot()).equals(before), `${name}: ${value} leaks in`);
      await place.evaluate((element, name) => element.style.removeProperty(name), name);
    }
    await harness.page.evaluate(() => Object.assign(document.body.style, { writingMode: 'vertical-rl', userSelect: 'none' }));
    const inside = harness.page.locator('.amount');
    assert.deepEqual(
      await inside.evaluate((element) => [getComputedStyle(element).writingMode, getComputedStyle(element).userSelect]),
      ['horizontal-tb', 'text'],
    );
  });

  it('a page that hides what is around the checkout hides the checkout', async () => {
    await mount();
    await harness.page.evaluate(() => Object.assign(document.body.style, { visibility: 'hidden' }));
    assert.equal(await harness.page.locator('.amount').isVisible(), false);
  });

  for (const policy of ['require-corp', 'credentialless', 'unsafe-none']) {
    it(`a page with Cross-Origin-Embedder-Policy: ${policy} shows the plugin window and the card frame`, async () => {
      const { pluginUrl } = await harness.payment();
      const card = `${harness.bff}/frame/card/?merchant=demo`;
      await harness.serve(
        `${harness.shop}/isolated`,
        `<!doctype html><html lang="en"><title>Shop</title><iframe src="${card}"></iframe><script src="${harness.bff}/v1/pay-desk.js"></script>`,
        { 'cross-origin-embedder-policy': policy, 'cross-origin-opener-policy': 'same-origin' },
      );
      await harness.page.goto(`${harness.shop}/isolated`);
      assert.equal(await harness.page.evaluate(() => crossOriginIsolated), policy !== 'unsafe-none');
      await waitFor(async () => harness.page.frames().some((frame) => frame.url() === card));
      assert.equal(await harness.page.frameLocator('iframe').locator('#card').count(), 1);
      await harness.page.locator('iframe').evaluate((iframe) => iframe.remove());
      await harness.page.evaluate((pluginUrl) => void window.PayDesk?.open({ pluginUrl }), pluginUrl);
      await harness.pay(
        await harness.pluginFrame(),
        { 'require-corp': 'GOOD0001', credentialless: 'GOOD0002' }[policy] ?? 'GOOD0003',
      );
    });
  }
});

/** Inherited properties, and a decoration, as pages set them on an element around the checkout. */
const inherited: readonly (readonly [name: string, value: string])[] = [
  ['text-transform', 'uppercase'],
  ['text-indent', '3em'],
  ['word-spacing', '1em'],
  ['letter-spacing', '3px'],
  ['text-shadow', '2px 2px 2px red'],
  ['-webkit-text-fill-color', 'red'],
  ['-webkit-text-stroke', '1px red'],
  ['text-decoration', 'underline'],
  ['text-emphasis', 'filled'],
];
