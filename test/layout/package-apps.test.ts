/**
 * Shops that have installed `pay-desk` from its tarball and are built by Vite: a React 19 app in StrictMode, the same page rendered
 * on a server, and a Vue app. Each is paid in Chromium against the demo, with a wallet, whose screen has a countdown and buttons
 * that copy.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import type { Browser } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { type Demo, freePorts, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { launchChromium } from '../support/chromium.ts';
import { installPacked, linkPackages } from '../support/packed-package.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const example = (name: string) => readFileSync(new URL(`apps/${name}`, import.meta.url), 'utf8');
const project = mkdtempSync(join(tmpdir(), 'pay-desk-apps-'));
const html = (script: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<div id="app"><!--app--></div><script type="module" src="./${script}"></script></html>`;

/** A command in the project, as a person would run it there. @returns its output, also where it fails */
function run(...command: [string, ...string[]]): string {
  const [file, ...args] = command;
  try {
    return execFileSync(file, args, { cwd: project, encoding: 'utf8', stdio: 'pipe' });
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

describe('an app that has installed pay-desk', () => {
  let demo: Demo;
  let browser: Browser;
  let shop: PreviewServer;
  let origin: string;

  before(async () => {
    const [port] = await freePorts(1);
    origin = `http://127.0.0.1:${port}`;
    // Before the builds: Vite sets NODE_ENV to production, and there the simulators refuse to start.
    demo = await startDemo({ portBase: 0, origins: [origin] });
    browser = await launchChromium();
    installPacked(project);
    linkPackages(project, ['react', 'react-dom', '@types/react', '@types/react-dom', 'vue']);
    mkdirSync(join(project, 'src'));
    for (const name of ['shop.tsx', 'react.tsx', 'server.tsx', 'vue.ts', 'Shop.vue', 'mistakes.tsx'])
      writeFileSync(join(project, 'src', name), example(name));
    writeFileSync(join(project, 'tsconfig.json'), example('tsconfig.json'));
    writeFileSync(join(project, 'react.html'), html('src/react.tsx'));
    writeFileSync(join(project, 'vue.html'), html('src/vue.ts'));
    const common = { root: project, configFile: false, logLevel: 'silent' } as const;
    await build({ ...common, plugins: [vue()], build: { rolldownOptions: { input: join(project, 'vue.html') } } });
    // Only in React's build for development does StrictMode mount everything twice, and hydration complain.
    const development = { mode: 'development', define: { 'process.env.NODE_ENV': '"development"' } };
    const input = join(project, 'react.html');
    await build({ ...common, ...development, build: { rolldownOptions: { input }, emptyOutDir: false } });
    await build({ ...common, build: { ssr: 'src/server.tsx', outDir: 'server' } });
    shop = await preview({ ...common, preview: { host: '127.0.0.1', port: Number(port), strictPort: true } });
  });
  after(async () => {
    await shop?.close();
    await browser?.close();
    await demo?.close();
    rmSync(project, { recursive: true });
  });

  const createPayment = async (orderId: string): Promise<string> => {
    const answer = await fetch(`${demo.urls.bff}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${demoKeys.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': orderId,
      },
      body: JSON.stringify({ amount: 600_000, currency: 'MMK', orderId, label: 'customer-7', expiresIn: 900 }),
    });
    const { clientSecret } = (await answer.json()) as { clientSecret: string };
    return clientSecret;
  };
  const transfer = async (): Promise<string> => {
    const body = JSON.stringify({ wallet: 'wavepay', identifier: '324342342', amount: 6000, currency: 'MMK' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(new URL('/qa/paykassma/transfers', demo.urls.qa), { method: 'POST', headers, body });
    return ((await answer.json()) as { transaction_number: string }).transaction_number;
  };

  for (const page of ['react', 'server-rendered', 'vue']) {
    it(`is paid by a customer, once, and each callback is called once: ${page}`, async () => {
      const clientSecret = await createPayment(`order-${page}`);
      const query = new URLSearchParams({ api: demo.urls.bff, secret: clientSecret });
      if (page === 'server-rendered') {
        const markup = run(process.execPath, 'server/server.js', demo.urls.bff, clientSecret);
        assert.match(markup, /<pay-desk/);
        const bare = readFileSync(join(project, 'dist/react.html'), 'utf8');
        writeFileSync(join(project, 'dist/server-rendered.html'), bare.replace('<!--app-->', markup));
      }
      const context = await browser.newContext({ locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
      const tab = await context.newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      tab.on('pageerror', (error) => complaints.push(error.message));
      const sent: string[] = [];
      tab.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
      await tab.goto(`${origin}/${page}.html?${query}`);

      await tab.getByText('ready 1, success 0, secrets 1').waitFor();
      await tab.getByText('Call us').waitFor();
      await tab.getByRole('button', { name: 'Wave Pay' }).click();
      await tab.getByRole('textbox').waitFor();
      // What the customer has got to stays when the app renders something.
      await tab.getByRole('button', { name: 'Render' }).click();

      const countdown = tab.locator('pay-desk pay-countdown');
      await countdown.getByText(/1[45]:\d\d/).waitFor();
      const copy = tab.locator('pay-desk [part=copy-button]').first();
      await copy.click();
      await tab.getByRole('button', { name: 'Copied' }).waitFor();
      assert.match(await tab.evaluate(() => navigator.clipboard.readText()), /^\d+$/);

      // The element comes and goes with its component, and comes back with what was there.
      await tab.getByRole('button', { name: 'Hide' }).click();
      await tab.locator('pay-desk').waitFor({ state: 'detached' });
      await tab.getByRole('button', { name: 'Show', exact: true }).click();
      await tab.getByRole('textbox', { name: 'Transaction number' }).fill(await transfer());
      await tab.getByRole('button', { name: 'I’ve sent the money' }).click();
      await tab.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
      await tab.getByText(`ready 2, success 1, secrets 2, order-${page}`).waitFor();
      assert.deepEqual(sent, ['/checkout/wallet', '/checkout/wallet/transaction']);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it('is rendered by a server without a document, and the secret is not in the page', () => {
    const markup = run(process.execPath, 'server/server.js', 'https://pay.example', 'cs_secret');
    assert.match(markup, /<pay-desk[^>]*><p slot="support">Call us<\/p><\/pay-desk>/);
    assert.doesNotMatch(markup, /cs_secret/);
    const script = `
      import { createSSRApp, h } from 'vue';
      import { renderToString } from 'vue/server-renderer';
      import { PayDesk } from 'pay-desk/vue';
      const app = createSSRApp({ render: () => h(PayDesk, { apiBase: 'https://pay.example', clientSecret: 'cs_secret' }) });
      console.log(await renderToString(app), typeof document);`;
    assert.equal(run(process.execPath, '--input-type=module', '-e', script).trim(), '<pay-desk></pay-desk> undefined');
  });

  it('does not compile with any of the mistakes that people make', () => {
    assert.equal(run(join(root, 'node_modules/.bin/tsc'), '-p', 'tsconfig.json'), '');
  });
});
