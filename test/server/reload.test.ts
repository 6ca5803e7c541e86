/** The merchants file is read again while customers pay: no request fails, and a wrong file changes nothing. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import { loadConfig } from '../../server/config.ts';
import type { OperatorStatus } from '../../server/contract/operate.ts';
import { hashKey, newApiKey, newOperatorKey } from '../../server/payments/model/access-keys.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { usualEngines } from '../support/engines.ts';
import { payLinkQuery } from '../support/pay-link.ts';
import { createShopUnderLoad, payCodeSettings } from '../support/shop-under-load.ts';
import { waitFor } from '../support/wait-for.ts';

/** The text that stands for a file, not a template of this one. */
const reference = (file: string) => ['$', `{file:${file}}`].join('');
const secretOf = (text: string) => `whsec_${Buffer.from(text.padEnd(32, '.')).toString('base64')}`;
const operatorKey = newOperatorKey();
const hooks: { id: string; at: string; signatures: string; body: string }[] = [];
const receiver = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const header = (name: string) => String(request.headers[`webhook-${name}`]);
  hooks.push({ id: header('id'), at: header('timestamp'), signatures: header('signature'), body });
  response.end();
});
const isSignedWith = ({ id, at, body, signatures }: (typeof hooks)[number], secret: string) => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return signatures.includes(createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64'));
};

for (const engine of usualEngines) {
  describe(`a server whose merchants file changes (${engine.name})`, { skip: engine.skip }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'pay-desk-reload-'));
    const path = join(folder, 'merchants.json');
    const lines: string[] = [];
    let database: Awaited<ReturnType<typeof engine.create>>;
    let simulator: PayCodesSimulator;
    let server: RunningServer;
    let webhookUrl: string;
    let apiKey = newApiKey(true);
    const webhookSecretFile = join(folder, 'webhook-secret');

    interface Change {
      linkKeys?: readonly { kid: string; key: string }[];
      keys?: readonly string[];
      secrets?: readonly string[];
      origin?: string;
      settings?: object;
      types?: readonly string[];
      operators?: readonly (readonly [name: string, key: string])[];
    }
    const content = ({
      keys = [apiKey],
      linkKeys = [],
      secrets,
      origin = 'https://shop.example',
      settings,
      types,
      operators = [['anna', operatorKey]],
    }: Change) => ({
      merchants: [
        {
          id: 'shop',
          name: 'Shop',
          test: true,
          apiKeys: keys.map(hashKey),
          linkKeys,
          webhook: { url: webhookUrl, secrets: secrets ?? [reference(webhookSecretFile)], ...(types && { types }) },
          allowedOrigins: [origin],
          methods: { payCode: payCodeSettings(simulator.url, simulator.key, settings) },
        },
      ],
      operators: operators.map(([name, key]) => ({ name, keyHash: hashKey(key), role: 'read', expires: '2099-12-31' })),
    });
    /** Replaces the file at once, as an editor or a deployment does. */
    const write = (text: string) => {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    };
    const change = (wanted: Change) => write(JSON.stringify(content(wanted)));
    const statusOf = async (key: string) =>
      (await fetch(`${server.address}/v1/payments`, { headers: { authorization: `Bearer ${key}` } })).status;

    before(async () => {
      database = await engine.create();
      simulator = await createPayCodesSimulator();
      if (!receiver.listening) await once(receiver.listen(0, '127.0.0.1'), 'listening');
      webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
      writeFileSync(webhookSecretFile, `${secretOf('first')}\n`);
      change({});
      const config = loadConfig({
        PORT: '0',
        OPERATE_PORT: '0',
        PUBLIC_URL: 'http://localhost:4400',
        DATABASE_URL: database.url,
        SEALING_KEY: '59830ebc3a4184110566bf1a290d08473dfdcbd492ce498b14cd1a5e2fa2e441',
        MERCHANTS_FILE: path,
      });
      server = await startServer(config, { logTo: { write: (line) => void lines.push(line) } });
    });
    after(async () => {
      await server.stop();
      await simulator.close();
      await database.drop();
      rmSync(folder, { recursive: true });
      receiver.closeAllConnections();
      receiver.close();
    });

    it('serves every customer through 20 reloads that exchange API keys and accounts', async () => {
      const shop = createShopUnderLoad({ addresses: () => [server.address], apiKey: () => apiKey, customers: 4 });
      for (let nth = 1; nth <= 10; nth += 1) {
        const next = newApiKey(true);
        change({ keys: [apiKey, next], settings: { timeoutMs: 5_000 + nth } });
        assert.equal(server.reload(), true);
        const old = apiKey;
        apiKey = next;
        // The merchant's server uses the new key from now on; requests with the old one are still on their way.
        await shop.serve(8);
        change({ keys: [next], settings: { timeoutMs: 6_000 + nth } });
        assert.equal(server.reload(), true);
        assert.deepEqual([await statusOf(old), await statusOf(next)], [401, 200]);
        await shop.serve(2);
      }
      await shop.stop();
      assert.ok(shop.served() >= 100);
    });

    it('opens signed links of the old and of the new key while both are listed', async () => {
      const [old, next] = ['2026', '2027'].map((kid) => ({ kid, key: `${kid}-a-link-key-of-32-characters-and-more` }));
      assert.ok(old && next);
      const statusOfLink = async ({ kid, key }: typeof old) => {
        const query = payLinkQuery(key, {
          merchant: 'shop',
          label: 'customer',
          currency_code: 'PLN',
          custom_transaction_id: crypto.randomUUID(),
          fixed_amount: '25',
          exp: String(Math.floor(Date.now() / 1000) + 3_600),
          kid,
        });
        const response = await fetch(`${server.address}/checkout/link`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
        });
        return response.status;
      };
      const statuses: number[][] = [];
      for (const linkKeys of [[old], [next, old], [next]]) {
        change({ linkKeys });
        assert.equal(server.reload(), true);
        statuses.push([await statusOfLink(old), await statusOfLink(next)]);
      }
      assert.deepEqual(
        statuses.map((pair) => pair.map((status) => status === 200)),
        [
          [true, false],
          [true, true],
          [false, true],
        ],
      );
    });

    it('knows the old and the new key of an operator while both are listed', async () => {
      const next = newOperatorKey();
      const statusesOf = (keys: readonly string[]) =>
        Promise.all(
          keys.map(async (key) => {
            const headers = { authorization: `Bearer ${key}` };
            return (await fetch(`${server.operateAddress}/operate/me`, { headers })).status;
          }),
        );
      const statuses = [];
      for (const operators of [
        [
          ['anna', operatorKey],
          ['anna', next],
        ],
        [['anna', next]],
        [['anna', operatorKey]],
      ] as const) {
        change({ operators });
        assert.equal(server.reload(), true);
        statuses.push(await statusesOf([operatorKey, next]));
      }
      assert.deepEqual(statuses, [
        [200, 200],
        [401, 200],
        [200, 401],
      ]);
    });

    it('tells an operator since when the file is refused, until it is right again', async () => {
      const refusedSince = async () => {
        const headers = { authorization: `Bearer ${operatorKey}` };
        const status = (await (await fetch(`${server.operateAddress}/operate/status`, { headers })).json()) as OperatorStatus;
        return status.merchantsFileRefusedSince;
      };
      assert.equal(await refusedSince(), null);
      const before = Date.now();
      write('{"merchants": [');
      server.reload();
      const since = await refusedSince();
      assert.ok(since !== null && Date.parse(since) >= before);
      server.reload();
      assert.equal(await refusedSince(), since);
      change({});
      server.reload();
      assert.equal(await refusedSince(), null);
    });

    it('keeps what is in force when the file is wrong, and logs which fields are', async () => {
      const wrong = content({});
      const [merchant] = wrong.merchants;
      assert.ok(merchant);
      write(JSON.stringify({ merchants: [{ ...merchant, name: '', allowedOrigins: ['planted-value'] }] }));
      assert.equal(server.reload(), false);
      const line = lines.findLast((text) => text.includes('is wrong'));
      assert.match(line ?? '', /"level":"warn".*merchants\[0\]\.name: expected.*merchants\[0\]\.allowedOrigins\[0\]: expected/);
      assert.ok(!line?.includes('planted-value'));
      for (const text of ['{"merchants": [', '']) {
        write(text);
        assert.equal(server.reload(), false);
      }
      rmSync(path);
      assert.equal(server.reload(), false);
      assert.equal(await statusOf(apiKey), 200);
    });

    it('notices a changed file by itself, also one that a reference leads to; pages of the new origin may ask', async () => {
      const allowed = async (origin: string) =>
        (await fetch(`${server.address}/checkout`, { headers: { origin } })).headers.get('access-control-allow-origin');
      change({ origin: 'https://other.example' });
      await waitFor(async () => (await allowed('https://other.example')) === 'https://other.example');
      assert.equal(await allowed('https://shop.example'), null);

      const create = async () => {
        const response = await fetch(`${server.address}/v1/payments`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${apiKey}`,
            'content-type': 'application/json',
            'idempotency-key': crypto.randomUUID(),
          },
          body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: crypto.randomUUID(), label: 'customer' }),
        });
        return (await response.json()) as { payment: { id: string }; clientSecret: string };
      };
      const cancel = (id: string) =>
        fetch(`${server.address}/v1/payments/${id}/cancel`, { method: 'POST', headers: { authorization: `Bearer ${apiKey}` } });
      /** The webhook that says that a new payment is canceled. */
      const nextHook = async () => {
        const { id } = (await create()).payment;
        await cancel(id);
        return waitFor(async () => hooks.find(({ body }) => body.includes(id)));
      };
      assert.ok(isSignedWith(await nextHook(), secretOf('first')));
      writeFileSync(webhookSecretFile, secretOf('second'));
      await waitFor(async () => isSignedWith(await nextHook(), secretOf('second')));
      change({ secrets: [secretOf('third'), secretOf('second')] });
      assert.equal(server.reload(), true);
      const both = await nextHook();
      assert.ok(isSignedWith(both, secretOf('third')) && isSignedWith(both, secretOf('second')));

      change({ types: ['payment.succeeded'] });
      assert.equal(server.reload(), true);
      const { id: leftOut } = (await create()).payment;
      await cancel(leftOut);
      const logged = async () => {
        const headers = { authorization: `Bearer ${apiKey}` };
        const response = await fetch(`${server.address}/v1/events?paymentId=${leftOut}`, { headers });
        return ((await response.json()) as { events: { type: string; status: string }[] }).events;
      };
      await waitFor(async () => (await logged())[0]?.status === 'filtered');
      change({ types: ['payment.canceled'] });
      assert.equal(server.reload(), true);
      await nextHook();
      assert.ok(!hooks.some(({ body }) => body.includes(leftOut)));

      const rules = [{ slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 }];
      change({ types: ['payment.attempt_refused'], settings: { rules } });
      assert.equal(server.reload(), true);
      const { clientSecret, payment } = await create();
      await fetch(`${server.address}/checkout/pay-code`, {
        method: 'POST',
        headers: { authorization: `Bearer ${clientSecret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ code: 'USED0001' }),
      });
      const refused = await waitFor(async () => hooks.find(({ body }) => body.includes(payment.id)));
      assert.match(refused.body, /^\{"type":"payment\.attempt_refused",.*"problem":\{"code":"code_/);
    });
  });
}
