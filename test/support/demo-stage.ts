/** Starts the whole demo and a browser, for tests of its pages. */
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from './chromium.ts';
import { patient } from './patience.ts';

export interface DemoStage {
  demo: Demo;
  browser: Browser;
  /** A new page for each test. */
  context: BrowserContext;
  page: Page;
}

export interface DemoStageOptions {
  context?: BrowserContextOptions;
  /** Additional command-line switches of Chromium. */
  switches?: string[];
}

/** Call it inside `describe`: it starts before the first test and ends after the last. */
export function setDemoStage({ context, switches }: DemoStageOptions = {}): DemoStage {
  const stage = {} as DemoStage;
  before(async () => {
    const [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium(switches)]);
    Object.assign(stage, { demo, browser });
  });
  after(async () => {
    await stage.browser?.close();
    await stage.demo?.close();
  });
  beforeEach(async () => {
    stage.context = await stage.browser.newContext({ locale: 'en-GB', ...context });
    stage.context.setDefaultTimeout(patient(30_000));
    stage.page = await stage.context.newPage();
  });
  afterEach(() => stage.context.close());
  return stage;
}
