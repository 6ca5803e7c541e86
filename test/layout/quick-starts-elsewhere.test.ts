/**
 * The quick starts of `widget/QUICK_STARTS.md` that have a program of others around them, without that program: what it would call is
 * called here. A payment is paid, and the file's own code must have verified the webhook.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { parseEnv } from 'node:util';
import { runInContext } from 'node:vm';
import { renderToString } from 'react-dom/server';
import { createServer as createVite } from 'vite';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { blocksOf } from '../support/document-blocks.ts';
import { createProject, type Project } from '../support/document-project.ts';
import { bundleForEdge, edgeWorld } from '../support/edge-world.ts';
import { waitFor } from '../support/wait-for.ts';

const blocks = blocksOf(new URL('../../widget/QUICK_STARTS.md', import.meta.url));
const keys = parseEnv(blocks.find(({ text: lines }) => lines.startsWith('export '))?.text ?? '') as Record<string, string>;

interface Worker {
  fetch(request: Request, env: Record<string, string>): Promise<Response>;
}

describe('the quick start', () => {
  let demo: Demo;
  let env: Record<string, string>;
  const printed: string[] = [];
  /** Where the shop's webhooks go. */
  let onWebhook: (request: Request) => Promise<Response>;
  const shop = createServer(async (request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body = await text(request);
    const { status } = await onWebhook(new Request(`http://shop${request.url}`, { method: 'POST', headers, body }));
    response.writeHead(status).end();
  });
  before(async () => {
    await once(shop.listen(0, '127.0.0.1'), 'listening');
    const webhookTo = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/webhooks`;
    demo = await startDemo({ portBase: 0, webhookTo });
    env = { ...keys, PAY_DESK_ORIGIN: demo.urls.bff };
  });
  after(async () => {
    await demo?.close();
    shop.close();
  });

  const projectOf = (files: readonly string[], install: string): Project =>
    createProject({
      files: blocks
        .filter(({ file = '' }) => files.includes(file))
        .map(({ file = '', text: lines }) => ({ file: file === 'Checkout.jsx' ? 'app/Checkout.jsx' : file, text: lines })),
      commands: `npm install ${install}`,
      env: {},
    });

  /** Pays as a customer's page does; then the shop's own code must have said so. */
  async function pay(clientSecret: string, code: string, orderId: string): Promise<void> {
    const response = await fetch(`${demo.urls.bff}/checkout/pay-code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${clientSecret}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ code }),
    });
    assert.equal(response.status, 200, await response.text());
    await waitFor(async () => printed.includes(`Paid: ${orderId}`)).catch(() => assert.fail(printed.join('\n')));
  }
  const forged = () => new Request('http://shop/webhooks', { method: 'POST', body: '{}' });

  it('Cloudflare Workers creates a payment and verifies its webhook where there is nothing of Node', async () => {
    const project = projectOf(['worker.js'], '@pay-desk/server');
    try {
      const code = await bundleForEdge(project.folder, 'worker.js', ['workerd', 'worker', 'browser']);
      const worker: Worker = runInContext(
        `(() => {${code}})()`,
        edgeWorld((line) => printed.push(line)),
      );
      onWebhook = (request) => worker.fetch(request, env);
      const page = await (await worker.fetch(new Request('http://shop/?order=1011'), env)).text();
      const [, clientSecret = ''] = /data-client-secret="(cs_[\w-]+)"/.exec(page) ?? [];
      await pay(clientSecret, 'GOOD0001', '1011');
      assert.equal((await onWebhook(forged())).status, 400);
    } finally {
      await project.stop();
    }
  });

  it('Next.js creates a payment in its page and verifies its webhook in a route handler', async (test) => {
    const project = projectOf(
      ['app/page.jsx', 'app/webhooks/route.js', 'Checkout.jsx'],
      'pay-desk @pay-desk/server react react-dom',
    );
    const vite = await createVite({
      root: project.folder,
      configFile: false,
      logLevel: 'silent',
      appType: 'custom',
      server: { middlewareMode: true, hmr: false, watch: null },
    });
    for (const name of ['log', 'error'] as const) test.mock.method(console, name, (line: string) => void printed.push(line));
    Object.assign(process.env, env);
    try {
      const { default: Page } = await vite.ssrLoadModule('/app/page.jsx');
      const { POST } = await vite.ssrLoadModule('/app/webhooks/route.js');
      onWebhook = POST;
      const element = await Page({ searchParams: Promise.resolve({ order: '1010' }) });
      assert.equal(renderToString(element), '<main><pay-desk></pay-desk></main>');
      await pay(element.props.clientSecret, 'GOOD0002', '1010');
      assert.equal((await POST(forged())).status, 400);
    } finally {
      for (const name of Object.keys(env)) delete process.env[name];
      await vite.close();
      await project.stop();
    }
  });
});
