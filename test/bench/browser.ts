/**
 * Measures when a pay code can be typed, with a processor four times as slow and over Slow 4G: in the plugin window and by script tag,
 * beside a bare Lit form of the same server, in turns, each with an empty cache.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { engines } from '../support/engines.ts';
import { findChromium } from '../support/find-chromium.ts';
import { type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { createBench } from './built-server.ts';
import { adyenLowerBound } from './goals.ts';
import { median, ratioOf } from './report.ts';
import { serveBare } from './served-bare.ts';

const rounds = 5;
const places = ['window', 'tag'] as const;

export const browser: Measurement = {
  name: 'browser',
  goals: places.flatMap((place) => ['ready', 'adyen', 'blocking', 'shift'].map((what) => `${place}-${what}`)),
  skip: whyNoChromium(),
  measure,
};

function whyNoChromium(): string | false {
  try {
    findChromium();
    return false;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** What the page saw of itself. */
interface Load {
  /** Milliseconds from the beginning of the navigation until a field can be typed into. */
  ready: number;
  /** What long tasks took beyond 50 ms each until then, in milliseconds. */
  blocking: number;
  /** The browser's measure of what jumped, also shortly after. */
  shift: number;
}

async function measure(run: BenchRun): Promise<void> {
  const bare = await serveBare();
  run.onEnd(bare.remove);
  const shop = await serveShop(run);
  const bench = await createBench({ allowedOrigins: [shop.origin] });
  run.onEnd(() => bench.end());
  const [sqlite] = engines;
  if (!sqlite) throw new Error('SQLite is gone');
  const server = await bench.start((await durableDatabase(run, sqlite)).url, 1, { entry: bare.entry });
  run.onEnd(server.stop);
  // Pages that call addresses of this machine need a leave of the user otherwise.
  const chromium = await launchChromium(['--disable-features=LocalNetworkAccessChecks']);
  run.onEnd(() => chromium.close());

  const secret = async () => (await server.create(crypto.randomUUID())).clientSecret;
  const once = async () => ({
    bare: await load(chromium, server.address + bare.path),
    window: await load(chromium, `${server.address}/plugin/?merchant=shop#${await secret()}`),
    tag: await load(chromium, shop.show(server.address, await secret())),
  });
  // The first loads find the disk and the server cold.
  await once();
  const taken: Awaited<ReturnType<typeof once>>[] = [];
  for (let round = 0; round < run.times(rounds, 1); round += 1) taken.push(await once());

  const bareReady = median(taken.map((one) => one.bare.ready));
  for (const place of places) {
    const ratio = ratioOf(taken.map((one) => [one[place].ready, one.bare.ready]));
    const of = (what: keyof Load) => median(taken.map((one) => one[place][what]));
    run.find(`${place}-ready`, {
      value: ratio,
      detail: `${Math.round(of('ready'))} beside ${Math.round(bareReady)} ms, median of ${taken.length}`,
    });
    run.find(`${place}-adyen`, { value: ratio / adyenLowerBound, detail: 'by the bound as it was measured earlier, elsewhere' });
    const bareBlocking = median(taken.map((one) => one.bare.blocking));
    run.find(`${place}-blocking`, { value: of('blocking'), detail: `the bare form ${Math.round(bareBlocking)} ms` });
    run.find(`${place}-shift`, { value: of('shift') });
  }
}

/** The preset Slow 4G of Chromium's tools, in milliseconds and bytes a second. */
const slow4g = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

async function load(chromium: Browser, url: string): Promise<Load> {
  const context = await chromium.newContext({
    locale: 'en-GB',
    reducedMotion: 'no-preference',
    viewport: { width: 390, height: 844 },
  });
  try {
    const page = await context.newPage();
    const devTools = await context.newCDPSession(page);
    await devTools.send('Network.enable');
    await devTools.send('Network.emulateNetworkConditions', slow4g);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(watchPage);
    await page.goto(url, { waitUntil: 'commit' });
    const seen = await page.waitForFunction(() => (globalThis as unknown as Watched).benchReady);
    const ready = Number(await seen.jsonValue());
    // What jumps after the first form counts, too.
    await page.waitForTimeout(1_500);
    const { tasks, shifts } = await page.evaluate(() => {
      const { benchTasks: tasks, benchShifts: shifts } = globalThis as unknown as Watched;
      return { tasks, shifts };
    });
    const blocking = tasks.reduce((sum, [start, ms]) => sum + (start < ready ? Math.max(0, ms - 50) : 0), 0);
    return { ready, blocking, shift: shifts.reduce((sum, value) => sum + value, 0) };
  } finally {
    await context.close();
  }
}

interface Watched {
  benchReady: number;
  benchTasks: [start: number, ms: number][];
  benchShifts: number[];
}

/** Runs in the page before everything else, so it must not need anything of this module. */
function watchPage(): void {
  const watched = Object.assign(globalThis as unknown as Watched, { benchReady: 0, benchTasks: [], benchShifts: [] });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.benchTasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.benchShifts.push((entry as PerformanceEntry & { value: number }).value);
  }).observe({ type: 'layout-shift', buffered: true });
  const field = (root: ParentNode): Element | null => {
    const own = root.querySelector('input:not(.bone):not([disabled])');
    if (own) return own;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inner = shadowRoot && field(shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  const look = () => {
    const found = field(document);
    if (found && found.getBoundingClientRect().height > 0) watched.benchReady = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A page of a shop with the script tag, on an origin of its own. */
async function serveShop(run: BenchRun) {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [api, secret] = [searchParams.get('api'), searchParams.get('secret')];
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shop</title><link rel="icon" href="data:,"><script src="${api}/v1/pay-desk.js" async></script>
<h1>Checkout</h1><pay-desk api-base="${api}" client-secret="${secret}" locale="en"></pay-desk><p>More books</p></html>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  run.onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, show: (api: string, secret: string) => `${origin}/?${new URLSearchParams({ api, secret })}` };
}
