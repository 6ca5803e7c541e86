/**
 * Every state of the QA page shows the customer what it names, by two clicks and by its address.
 * Most take seconds of a real clock, network or service, so `npm test` tests one in six and `npm run test:all` each.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { customerStates } from '../../../demo/page/states/customer-states.ts';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { launchChromium } from '../../support/chromium.ts';
import { isExhaustive } from '../../support/exhaustive.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { showState } from '../../support/show-state.ts';
import { expectedScreens, frame } from './expected-screens.ts';

/** How many demos run at once: most of the time a state waits for a clock, a network or a service. */
const count = 3;

/**
 * Each worker has a demo of its own, because a demo has one clock and one fault proxy, and one page for all states, because each
 * state makes its own payment.
 */
interface Lane {
  demo: Demo;
  page: Page;
}

describe('on the QA page', { concurrency: count }, () => {
  const all = customerStates.flatMap(([, states]) => states);
  const walked = isExhaustive ? all : all.filter((_, index) => index % 6 === 0);
  const lanes: Lane[] = [];
  const free: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];
  let browser: Browser;

  before(async () => {
    browser = await launchChromium();
    await Promise.all(Array.from({ length: count }, async () => lanes.push(await openLane(browser))));
    free.push(...lanes);
  });
  after(async () => {
    await browser?.close();
    await Promise.all(lanes.map(({ demo }) => demo.close()));
  });

  it('every state has a test', () => {
    assert.deepEqual(Object.keys(expectedScreens).sort(), all.map(({ id }) => id).sort());
  });

  for (const { id, words } of walked) {
    it(`“${words}” is two clicks away`, async () => {
      const [status, text, where] = expectedScreens[id] ?? assert.fail(id);
      const lane = free.pop() ?? (await new Promise<Lane>((resolve) => waiting.push(resolve)));
      try {
        const { page } = lane;
        await showState(page, id);
        const element = phone(page).locator(`pay-desk[data-status=${status}]`);
        if (where === frame) {
          await element.waitFor();
          await element.frameLocator('pay-card-frame iframe').locator('body').filter({ hasText: text }).waitFor();
        } else await element.filter({ hasText: text }).waitFor();
        assert.match(page.url(), new RegExp(`#(.*&)?state=${id}\\b`));
      } finally {
        const next = waiting.shift();
        if (next) next(lane);
        else free.push(lane);
      }
    });
  }
});

async function openLane(browser: Browser): Promise<Lane> {
  const demo = await startDemo({ portBase: 0 });
  const page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(scaledTimeout(60_000));
  await page.goto(`${demo.urls.qa}#width=phone`);
  await phone(page).locator('pay-desk[data-status=open]').waitFor();
  return { demo, page };
}

const phone = (page: Page) => page.frameLocator('qa-preview[size=phone] iframe');
