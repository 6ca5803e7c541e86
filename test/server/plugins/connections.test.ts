/** Thousands of requests that are begun and never finished: whoever comes anew is answered, and a proxy is not locked out. */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { waitFor } from '../../support/wait-for.ts';
import { bearer, shop, testApp } from './test-app.ts';

const counts = { connections: 600, unfinishedPerAddress: 20, unfinished: 300 };
/** However slow the machine is, no time-out ends a connection before the limits do. */
const hour = 3_600_000;
const limits = { ...counts, headersMs: hour / 12, requestMs: hour, handlerMs: hour, silenceMs: hour, proxiedKeepAliveMs: hour };
/** More than there may be connections. */
const many = 700;

describe('requests that are begun and not finished', () => {
  let app: FastifyInstance;
  let port: number;
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await app.close();
  });

  async function start(trustProxy: false | number) {
    app = testApp({ config: { trustProxy }, limits });
    port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
  }
  /** Connects, and sends the beginning of a request. */
  async function begin(text: string, localAddress = '127.0.0.1'): Promise<{ socket: Socket; received: () => string }> {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    sockets.add(socket);
    let received = '';
    socket.on('error', () => undefined).setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      received += chunk;
    });
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
    socket.write(text);
    return { socket, received: () => received };
  }
  const post = (more = '', bytes: number | 'in chunks' = 1000) =>
    `POST /checkout/pay-code HTTP/1.1\r\nHost: pay.example\r\n${more}Authorization: Bearer ${shop.secret}\r\n` +
    `Content-Type: application/json\r\n` +
    (bytes === 'in chunks' ? 'Transfer-Encoding: chunked\r\n\r\n5\r\n{' : `Content-Length: ${bytes}\r\n\r\n{`);
  const flood = async (text: string, count = many) => {
    for (let begun = 0; begun < count; begun += 50) await Promise.all(Array.from({ length: 50 }, () => begin(text)));
  };
  const ask = (headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}/checkout`, { headers: { ...bearer(shop.secret), ...headers } });
  const open = () => [...sockets].filter(({ closed }) => !closed).length;

  for (const [what, text, count] of [
    ['posts without the rest of their body', post(), 2_000],
    ['headers without their end', 'GET /checkout HTTP/1.1\r\nHost: pay.example\r\nX-Slow: ', many],
    ['connections without a word', '', many],
    ['posts in chunks without an end', post('', 'in chunks'), many],
    ['posts that were refused and go on', post().replace(shop.secret, 'cs_nobody'), many],
  ] as const)
    it(`of one address, ${count} ${what}: the next customer is answered, from there and from elsewhere`, async () => {
      await start(false);
      await flood(text, count);
      assert.equal((await ask()).status, 200);
      const neighbour = await begin(post('', 2), '127.0.0.2');
      neighbour.socket.write('}');
      await waitFor(async () => neighbour.received().startsWith('HTTP/1.1 200'));
      assert.ok(open() <= limits.unfinishedPerAddress + 5, `${open()} are still open`);
    });

  it('of many addresses are limited together', async () => {
    await start(1);
    for (let begun = 0; begun < many; begun += 50)
      await Promise.all(Array.from({ length: 50 }, (_, n) => begin(post(`X-Forwarded-For: 203.0.${begun / 50}.${n}\r\n`))));
    assert.equal((await ask({ 'x-forwarded-for': '198.51.100.7' })).status, 200);
    await waitFor(async () => open() <= limits.unfinished);
  });

  it('of one client behind a proxy cut off that client alone: another’s slow upload arrives, and idle connections stay', async () => {
    await start(1);
    const idle = await Promise.all(Array.from({ length: 50 }, () => begin('')));
    const slow = await begin(post('X-Forwarded-For: 198.51.100.7\r\n', 2));
    await flood(post('X-Forwarded-For: 203.0.113.9\r\n'));
    assert.equal((await ask({ 'x-forwarded-for': '203.0.113.9' })).status, 200, 'the client itself is not locked out either');
    slow.socket.write('}');
    await waitFor(async () => slow.received().startsWith('HTTP/1.1 200'));
    assert.ok(idle.every(({ socket }) => !socket.closed));
    for (const { socket } of idle)
      socket.write(`GET /checkout HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${shop.secret}\r\n\r\n`);
    await waitFor(async () => idle.every(({ received }) => received().startsWith('HTTP/1.1 200')));
  });

  it('of a customer who is served again and again on one connection are none', async () => {
    await start(false);
    for (let n = 0; n < 100; n += 1) assert.equal((await ask()).status, 200);
    const long = await begin(post('', 2));
    await Promise.all(Array.from({ length: limits.unfinishedPerAddress - 1 }, () => begin('')));
    long.socket.write('}');
    await waitFor(async () => long.received().startsWith('HTTP/1.1 200'));
  });
});
