/** A shop that bundles the npm package with Vite: what it builds has all that the package has, and works in a browser. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../support/chromium.ts';
import { installPacked } from '../support/packed-package.ts';
import { openPayment, paid } from '../widget/support/payment-view.ts';

const project = mkdtempSync(join(tmpdir(), 'pay-desk-shop-'));
const page = `<!doctype html><html lang="en"><title>Shop</title>
<pay-desk client-secret="cs_1" api-base="https://pay.example"></pay-desk>
<script type="module" src="./shop.js"></script></html>`;

/** Names of elements that the modules of this folder register, however the bundler spelt it. */
function registered(folder: string, skip = /^$/): string[] {
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !skip.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const calls = code.matchAll(/[\w$]\(\s*[`'"]([a-z]+(?:-[a-z]+)+)[`'"]\s*,\s*(?:[\w$]+\s*\)|class\b)/g);
  return [...new Set([...calls].map(([, name = '']) => name))].sort();
}

describe('a shop that bundles the npm package', () => {
  let installed: string;
  let browser: Browser;
  before(async () => {
    installed = installPacked(project);
    writeFileSync(join(project, 'index.html'), page);
    writeFileSync(join(project, 'shop.js'), "import 'pay-desk';\n");
    await build({ root: project, configFile: false, logLevel: 'silent' });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    rmSync(project, { recursive: true });
  });

  it('has every element that the package registers', () => {
    const packed = registered(installed, /^node/);
    assert.ok(packed.includes('pay-desk') && packed.length > 6, String(packed));
    // The page has one registry, and every other name in it is the shop's.
    for (const name of packed) assert.match(name, /^pay-/);
    assert.deepEqual(registered(join(project, 'dist')), packed);
  });

  it('shows a customer the receipt, whose reference can be copied', async () => {
    const context = await browser.newContext({ locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
    const tab = await context.newPage();
    await tab.route('https://shop.example/**', (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: join(project, 'dist', pathname === '/' ? 'index.html' : pathname) });
    });
    await tab.route('https://pay.example/checkout*', (route) =>
      route.fulfill({ json: openPayment(paid()), headers: { 'access-control-allow-origin': '*' } }),
    );
    await tab.goto('https://shop.example/');
    const copy = tab.locator('pay-desk [part=copy-button]');
    await copy.click();
    await tab.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), 'PD-7Q4K-19TZ');
    await context.close();
  });
});
