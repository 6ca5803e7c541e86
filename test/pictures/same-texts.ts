/** Replaces random texts that appear on the screen by fixed ones, on the way from the BFF to the browser. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import { drawnCodes, type FrozenDemo } from '../golden/frozen-demo.ts';

const order = 'NB-7QK4M2TX9W';
const reference = 'PD-7Q4K-19TZ';
const request = '7c42f19d80aa';
const signs = 'ABC234DEF567';

/** @param isUnanswered Selects requests that get no answer. */
export async function showSameTexts(
  context: BrowserContext,
  frozen: FrozenDemo,
  isUnanswered: (route: Route) => boolean,
): Promise<void> {
  await context.route(
    ({ pathname }) => /^(\/qa\/line)?\/checkout(\/|$)/.test(pathname),
    async (route) => {
      if (isUnanswered(route)) return;
      try {
        const response = await route.fetch();
        await route.fulfill({ response, body: sameTexts(await response.text(), frozen) });
      } catch {
        // The connection was cut, or the page is closed.
        await route.abort('connectionreset').catch(() => undefined);
      }
    },
  );
}

function sameTexts(text: string, frozen: FrozenDemo): string {
  // The host of the way back to the shop, which is shown.
  let result = text
    .replaceAll(`${frozen.origins.shop}/shop/orders/`, 'http://127.0.0.1:4401/shop/orders/')
    .replace(/NB-[2-9A-Z]{10}/g, order)
    .replace(/PD-[0-9A-Z]{4}-[0-9A-Z]{4}/g, reference)
    .replace(/"reference":"[0-9a-f]{12}"/g, `"reference":"${request}"`);
  for (const code of drawnCodes(frozen)) {
    result = result.replaceAll(code, signs.slice(0, code.length));
    for (const length of [2, 3, 4])
      result = result.replaceAll(
        `"lastCharacters":"${code.slice(-length)}"`,
        `"lastCharacters":"${signs.slice(0, code.length).slice(-length)}"`,
      );
  }
  return result;
}

/** Replaces such texts in the shop’s page around the checkout, which does not come from the BFF. */
export const sameShopTexts = (page: Page): Promise<void> =>
  page.evaluate((same) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      walker.currentNode.nodeValue = walker.currentNode.nodeValue?.replace(/NB-[2-9A-Z]{10}/, same) ?? null;
  }, order);
