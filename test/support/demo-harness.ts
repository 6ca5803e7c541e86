/** A harness for the pages of the demo: the whole demo and a browser. */
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from './chromium.ts';

export interface DemoHarness {
  demo: Demo;
  browser: Browser;
  /** A new page for each test. */
  context: BrowserContext;
  page: Page;
}

export interface DemoHarnessOptions {
  context?: BrowserContextOptions;
  /** Additional command-line switches of Chromium. */
  switches?: string[];
}

/** Call it inside `describe`: it starts before the first test and ends after the last. */
export function setUpDemo({ context, switches }: DemoHarnessOptions = {}): DemoHarness {
  const harness = {} as DemoHarness;
  before(async () => {
    const [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium(switches)]);
    Object.assign(harness, { demo, browser });
  });
  after(async () => {
    await harness.browser?.close();
    await harness.demo?.close();
  });
  beforeEach(async () => {
    harness.context = await harness.browser.newContext({ locale: 'en-GB', ...context });
    harness.page = await harness.context.newPage();
  });
  afterEach(() => harness.context.close());
  return harness;
}
