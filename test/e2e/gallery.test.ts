/** The gallery draws every state from static files: a service worker is its BFF, so no call ever reaches a server. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { languageNames } from '#contract';
import { axeFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';
import { allStates } from '../widget/support/payment-view.ts';

const built = fileURLToPath(new URL('../../dist/gallery', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

describe('the gallery', () => {
  let browser: Browser;
  let host: Server;
  /** What was asked of the host and is no file of the gallery. */
  const strange: string[] = [];

  before(async () => {
    host = createServer(async ({ method, url = '' }, response) => {
      const path = url.endsWith('/') ? `${url}index.html` : url;
      const file = method === 'GET' && !path.includes('..') ? await readFile(built + path).catch(() => null) : null;
      if (!file) strange.push(`${method} ${url}`);
      response.writeHead(file ? 200 : 404, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(file);
    }).listen(0, '127.0.0.1');
    [browser] = await Promise.all([launchChromium(), once(host, 'listening')]);
  });
  after(async () => {
    await browser?.close();
    host.closeAllConnections();
    host.close();
  });

  it('shows every state, in the language, theme and width that are chosen, and the ones that a filter leaves', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const elsewhere: string[] = [];
    const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    page.on(
      'request',
      (request) => !request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()) && elsewhere.push(request.url()),
    );
    await page.goto(`${origin}/gallery/`);
    const undrawn = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('pay-desk')]
          .filter(
            (desk) =>
              !desk.dataset.status ||
              ['loading', 'load_error'].includes(desk.dataset.status) ||
              desk.shadowRoot?.querySelector('.bone, :not(:defined)'),
          )
          .map((desk) => desk.closest('figure')?.querySelector('figcaption')?.textContent),
      );
    await waitFor(async () => (await undrawn()).length === 0 && (await page.locator('pay-desk').count()) > 0);
    // The light tree only: checkouts have figures of their own.
    assert.deepEqual(await page.locator('css:light=figcaption').allTextContents(), Object.keys(allStates));

    const label = () => page.locator('pay-desk').first().locator('.root');
    for (const [tag, name] of Object.entries(languageNames).slice(-2)) {
      await page.getByLabel('Language').selectOption(name);
      await waitFor(async () => (await label().getAttribute('lang'))?.startsWith(tag));
    }
    await page.getByLabel('Theme').selectOption('Dark');
    await page.getByLabel('Width').selectOption('320 px');
    await waitFor(async () => (await page.locator('pay-desk').first().boundingBox())?.width === 278);
    assert.equal(await page.locator('pay-desk').first().getAttribute('theme'), 'dark');

    await page.getByRole('searchbox', { name: 'Filter the states' }).fill('Expired');
    const shown = Object.keys(allStates).filter((name) => name.includes('expired')).length;
    await page
      .getByRole('status')
      .getByText(`${shown} of ${Object.keys(allStates).length}`)
      .waitFor();
    assert.equal(await page.locator('css:light=figure:visible').count(), shown);
    assert.deepEqual(await axeFaults(page), []);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    // The address repeats the choice.
    await page.reload();
    await waitFor(
      async () => (await page.locator('css:light=figure:visible').count()) === shown && (await undrawn()).length === 0,
    );
    assert.deepEqual([strange, elsewhere], [[], []]);
  });
});
