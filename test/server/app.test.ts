/** The server on a real socket: slow and broken clients, and a shutdown that loses no request. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import { bearer, shop, testApp } from './plugins/test-app.ts';

type App = ReturnType<typeof testApp>;
const apps: App[] = [];
after(() => Promise.all(apps.map((app) => app.close())));

async function listening(parts: Parameters<typeof testApp>[0] = {}) {
  const app = testApp(parts);
  apps.push(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { app, port, url: `http://127.0.0.1:${port}` };
}

/** Sends a text. @returns All that the server sends until it closes the connection. */
async function rawExchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8').write(text);
  let received = '';
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  await once(socket, 'close');
  return received;
}

describe('a client', () => {
  it('that sends its headers too slowly gets a problem and is cut off', async () => {
    const { port } = await listening({ limits: { headersMs: 100, requestMs: 200, sweepMs: 50 } });
    const received = await rawExchange(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    assert.match(received, /^HTTP\/1\.1 408 .*"code":"invalid_request"/s);
  });

  it('whose request waits while the process stands still is answered all the same', async () => {
    const { app, port } = await listening({ limits: { headersMs: 200, requestMs: 400, sweepMs: 50 } });
    const request = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    await once(app.server, 'connection');
    socket.write(request);
    // The whole process waits, as on a machine that is paused: its clock goes on, and nothing is read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    const [first] = (await once(socket, 'data')) as [string];
    assert.match(first, /^HTTP\/1\.1 200 /);
    socket.write(request);
    const [second] = (await once(socket, 'data')) as [string];
    assert.match(second, /^HTTP\/1\.1 200 /, 'the connection goes on');
    socket.destroy();
  });

  it('that sends its body too slowly gets a problem and is cut off', async () => {
    const { port } = await listening({ limits: { headersMs: 100, requestMs: 200, sweepMs: 50 } });
    const head = `POST /checkout/pay-code HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shop.secret}\r\n`;
    const received = await rawExchange(port, `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"code":`);
    assert.match(received, /^HTTP\/1\.1 408 .*"code":"invalid_request"/s);
  });

  it('that sends too large headers gets a problem', async () => {
    const { port } = await listening();
    const received = await rawExchange(port, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(33_000)}\r\n\r\n`);
    assert.match(received, /^HTTP\/1\.1 431 .*"code":"too_large"/s);
  });

  it('that sends all the cookies of a shop on the same domain is served', async () => {
    const { url } = await listening();
    const { status } = await fetch(`${url}/healthz`, { headers: { cookie: `a=${'x'.repeat(30_000)}` } });
    assert.equal(status, 200);
  });

  it('that sends an unknown Expect header is served all the same', async () => {
    const { port } = await listening();
    const received = await rawExchange(
      port,
      'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\nConnection: close\r\n\r\n',
    );
    assert.match(received, /^HTTP\/1\.1 200 /);
  });

  it('that disconnects within its own body is not taken for a database failure, and is no error in the log', async () => {
    const lines: string[] = [];
    let say: (problem: string | null) => void = () => {};
    const answered = new Promise<string | null>((resolve) => {
      say = resolve;
    });
    const routes: FastifyPluginAsync = async (scope) => {
      scope.addHook('onSend', async (_request, reply) => say(reply.problem));
      scope.post('/checkout/pay-code', async () => ({}));
    };
    const logTo = { write: (line: string) => void lines.push(line) };
    const { port, url } = await listening({ checkoutRoutes: [routes], config: { logLevel: 'warn' }, logTo });
    const socket = connect(port, '127.0.0.1');
    const head = `POST /checkout/pay-code HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shop.secret}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"code":`);
    // By the time that another client is answered the server has read the head.
    await (await fetch(`${url}/healthz`)).text();
    socket.destroy();
    assert.deepEqual([await answered, lines], ['invalid_request', []]);
  });

  it('that does not speak HTTP gets a problem, without an echo', async () => {
    const { port } = await listening();
    const received = await rawExchange(port, 'PLANTED1\r\n\r\n');
    assert.match(received, /^HTTP\/1\.1 400 .*"code":"invalid_request"/s);
    assert.ok(!received.includes('PLANTED1'));
  });

  it('that waits for its answer is not cut off for being silent', async () => {
    const { url } = await listening({
      limits: { headersMs: 1_000, requestMs: 1_000, sweepMs: 50, keepAliveMs: 50 },
      checkoutRoutes: [
        async (scope) =>
          void scope.get('/checkout', async () => {
            await pause(1_300);
            return { waited: true };
          }),
      ],
    });
    const response = await fetch(`${url}/checkout`, { headers: bearer(shop.secret) });
    assert.deepEqual(await response.json(), { waited: true });
  });
});

it('an idle connection is kept longer behind a proxy than its proxy keeps it', async () => {
  const kept = async (trustProxy: false | string[]) => {
    const { url } = await listening({ config: { trustProxy } });
    // Not by `fetch`, which uses each connection once in the tests.
    const agent = new Agent({ keepAlive: true });
    const [answer] = (await once(get(`${url}/healthz`, { agent }), 'response')) as [IncomingMessage];
    await answer.resume().toArray();
    agent.destroy();
    return String(answer.headers['keep-alive']).split(',')[0];
  };
  assert.deepEqual([await kept(false), await kept(['10.0.0.0/8'])], ['timeout=5', 'timeout=65']);
});

describe('closing', () => {
  const slow = () => {
    const started = deferred();
    const finish = deferred();
    const routes: FastifyPluginAsync = async (scope) => {
      scope.get('/v1/slow', { config: { scope: 'payments' } }, async () => {
        started.resolve();
        await finish.promise;
        return { finished: true };
      });
    };
    return { started: started.promise, finish: finish.resolve, routes };
  };

  it('lets running requests finish, and accepts no more', async () => {
    const { started, finish, routes } = slow();
    const { app, url } = await listening({ merchantRoutes: [routes] });
    const answer = fetch(`${url}/v1/slow`, { headers: bearer(shop.key) });
    await started;
    const hungUp = once(app.server, 'close');
    const closed = app.close();
    await refused(url);
    finish();
    const response = await answer;
    assert.deepEqual([await response.json(), response.headers.get('connection')], [{ finished: true }, 'close']);
    await closed;
    await hungUp;
  });

  it('answers a request that was on its way, and then ends its connection', async () => {
    const { started, finish, routes } = slow();
    const { app, port, url } = await listening({ merchantRoutes: [routes] });
    const answer = fetch(`${url}/v1/slow`, { headers: bearer(shop.key) });
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET /checkout HTTP/1.1\r\nHost: x\r\nOrigin: ${shop.origin}\r\nAuthorization:`);
    await started;
    const closed = app.close();
    await refused(url);
    socket.setEncoding('utf8').write(` Bearer ${shop.secret}\r\n\r\n`);
    const [received] = await once(socket, 'data');
    assert.match(received, /^HTTP\/1\.1 (200|404) /);
    assert.match(received, /access-control-allow-origin: https:\/\/shop\.example/i);
    assert.match(received, /connection: close/i);
    finish();
    await answer;
    await closed;
  });
});

function deferred() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Resolves when the server accepts no more connections. */
async function refused(url: string): Promise<void> {
  for (;;) {
    const taken = await fetch(`${url}/healthz`).catch(() => null);
    if (!taken) return;
    await taken.arrayBuffer();
  }
}
