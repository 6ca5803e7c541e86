/** The operator's listener beside the public one: each answers its own, and nothing of the inside is on the outside. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { hashKey, newOperatorKey } from '../../../server/payments/model/access-keys.ts';
import { createRunningServer } from '../../support/running-server.ts';

const key = newOperatorKey();
const operators = [{ name: 'anna', keyHash: hashKey(key), role: 'read', scopes: [] }] as const;

describe('the two listeners', () => {
  let running: Awaited<ReturnType<typeof createRunningServer>>;
  let inside: string;
  let outside: string;
  before(async () => {
    const operate = { host: '127.0.0.1', port: 0 };
    running = await createRunningServer('sqlite::memory:', {
      operate,
      operators: operators.map((one) => ({ ...one, scopes: [] })),
    });
    inside = running.server.operateAddress ?? '';
    outside = running.server.address;
  });
  after(() => running?.close());

  const status = async (url: string): Promise<number> => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    await answer.body?.cancel();
    return answer.status;
  };

  it('both say that the process lives', async () => {
    assert.deepEqual([await status(`${inside}/healthz`), await status(`${outside}/healthz`)], [200, 200]);
  });

  it('have readiness, metrics and the operators only inside', async () => {
    for (const path of ['/readyz', '/metrics', '/operate/me', '/operate/queue', '/operate/status']) {
      assert.deepEqual([await status(inside + path), await status(outside + path)], [200, 404], path);
    }
  });

  it('have the merchants and customers only outside', async () => {
    for (const path of ['/v1/payments', '/checkout', '/docs']) assert.equal(await status(inside + path), 404, path);
  });

  it('describe themselves, each its own', async () => {
    const paths = async (address: string) => Object.keys((await (await fetch(`${address}/openapi.json`)).json()).paths);
    const [own, others] = [await paths(inside), await paths(outside)];
    assert.ok(own.includes('/operate/payments/{id}') && own.every((path) => path.startsWith('/operate/')));
    assert.ok(others.includes('/v1/payments') && others.every((path) => !path.startsWith('/operate')));
  });

  it('forbid pages everything, and name no version of a proxy or framework', async () => {
    const { headers } = await fetch(`${inside}/operate/me`);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.deepEqual(
      [headers.get('cache-control'), headers.get('x-powered-by'), headers.get('set-cookie')],
      ['no-store', null, null],
    );
  });
});

it('without a port for operators everything inside is on the one listener, and no operator is', async () => {
  const running = await createRunningServer('sqlite::memory:');
  try {
    const status = async (path: string) => (await fetch(running.server.address + path)).status;
    assert.equal(running.server.operateAddress, null);
    assert.deepEqual([await status('/readyz'), await status('/metrics'), await status('/operate/me')], [200, 200, 404]);
  } finally {
    await running.close();
  }
});

it('a port that is taken stops the start with a sentence that names the variable', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const start = createRunningServer('sqlite::memory:', { operate: { host: '127.0.0.1', port } });
    await assert.rejects(start, /OPERATE_PORT: expected a free port, and OPERATE_HOST an address of this machine \(EADDRINUSE\)/);
  } finally {
    await new Promise((resolve) => taken.close(resolve));
  }
});
