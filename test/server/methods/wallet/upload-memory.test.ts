/**
 * What pictures of transfers may take of the server's memory: one that the payment cannot take is refused unread, and pictures that
 * are on their way are limited for each payment and each address.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { createPaykassmaSimulator, type PaykassmaSimulator } from '../../../../demo/simulators/paykassma/simulator.ts';
import type { CreatedPayment } from '../../../../server/contract/index.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../../support/server-process.ts';
import { waitFor } from '../../../support/wait-for.ts';

const megabytes = 1024 * 1024;
const largest = 5 * megabytes;

describe('the picture of a transfer', () => {
  let paykassma: PaykassmaSimulator;
  let processes: ServerProcesses;
  let address: string;
  let pid: number;
  const sockets = new Set<Socket>();
  before(async () => {
    paykassma = await createPaykassmaSimulator({ keys: { secret: 's', accessKey: 'a', privateKey: 'p' } });
    const keys = { url: paykassma.url, secret: 's', accessKey: 'a', privateKey: 'p' };
    processes = createServerProcesses(
      { url: 'http://127.0.0.1:9', key: 'none' },
      { ...keys, wallets: ['kbzpay_manual', 'wavepay'], timeoutsMs: {} },
    );
    const child = processes.run();
    pid = child.pid ?? assert.fail();
    address = await listening(child);
  });
  after(async () => {
    processes.end();
    await paykassma.close();
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  });

  let orders = 0;
  async function create(walletType?: string) {
    orders += 1;
    const post = async <T>(path: string, bearer: string, body: object): Promise<T> => {
      const headers = {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        'idempotency-key': `${path}-${orders}`,
      };
      return (await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })).json() as Promise<T>;
    };
    const order = { amount: 600_000, currency: 'MMK', orderId: `order-${orders}`, label: 'customer' };
    const { clientSecret: secret } = await post<CreatedPayment>('/v1/payments', processes.apiKey, order);
    if (walletType) await post('/checkout/wallet', secret, { walletType });
    return { secret, cancel: () => post('/checkout/cancel', secret, {}) };
  }

  /** Sends the headers of an upload and its first bytes, and never the rest. @returns The status and the code of the answer. */
  function begin(secret: string, bytes = largest) {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write(
      `POST /checkout/wallet/screenshot HTTP/1.1\r\nHost: pay.example\r\nAuthorization: Bearer ${secret}\r\n` +
        `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: ${bytes}\r\n\r\n--x\r\n`,
    );
    let text = '';
    const answer = new Promise<string>((resolve) => {
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const code = /"code":"(\w+)"/.exec(text);
        if (code) resolve(`${/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]} ${code[1]}`);
      });
      socket.on('close', () => resolve('closed'));
    });
    return { answer, answered: () => text !== '', end: () => socket.destroy() };
  }

  for (const [what, wallet, canceled, expected] of [
    ['before any account was shown', undefined, false, '409 method_unavailable'],
    ['after a cancellation before any account was shown', undefined, true, '409 method_unavailable'],
    ['for a wallet that needs no picture', 'wavepay', false, '422 screenshot_format'],
  ] as const)
    it(`is refused ${what}, without waiting for a byte of it`, async () => {
      const { secret, cancel } = await create(wallet);
      if (canceled) await cancel();
      assert.equal(await begin(secret).answer, expected);
    });

  it('is taken twice at a time for one payment, and again when one of them is over', async () => {
    const { secret } = await create('kbzpay_manual');
    const [one, two] = [begin(secret, 1000), begin(secret, 1000)];
    await waitFor(async () => (await begin(secret, 1000).answer) === '503 busy');
    assert.deepEqual([one.answered(), two.answered()], [false, false]);
    assert.equal(await begin((await create()).secret).answer, '409 method_unavailable', 'another payment is not held up');
    one.end();
    await waitFor(async () => {
      const third = begin(secret, 1000);
      const refused = await Promise.race([third.answer, new Promise((resolve) => setTimeout(resolve, 500, 'taken'))]);
      return refused === 'taken';
    });
  });

  it('is taken from one address up to 16 MB at a time, small ones beside large ones', async () => {
    const payments = await Promise.all(Array.from({ length: 4 }, () => create('kbzpay_manual')));
    const large = payments.slice(0, 3).map(({ secret }) => begin(secret));
    const last = payments[3]?.secret ?? assert.fail();
    await waitFor(async () => (await begin(last).answer) === '503 busy');
    assert.ok(large.every(({ answered }) => !answered()));
    large[0]?.end();
    await waitFor(async () => {
      const next = begin(last);
      return (await Promise.race([next.answer, new Promise((resolve) => setTimeout(resolve, 500, 'taken'))])) === 'taken';
    });
  });

  it('of 60 at once takes little memory, sent with the secret of a canceled payment', {
    skip: process.platform !== 'linux' && 'memory is read from /proc',
  }, async (test) => {
    const { secret, cancel } = await create('kbzpay_manual');
    await cancel();
    // Both places of this payment are taken, so it does not depend on the machine's pace whether the others are refused.
    const held = [begin(secret), begin(secret)];
    await waitFor(async () => (await begin(secret).answer) === '503 busy');
    assert.ok(held.every(({ answered }) => !answered()));
    const resident = (name: 'VmRSS' | 'VmHWM') =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = resident('VmRSS');
    const body = Buffer.alloc(largest, 'x');
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'multipart/form-data; boundary=x' };
    const statuses = await Promise.all(
      Array.from({ length: 60 }, () =>
        fetch(`${address}/checkout/wallet/screenshot`, { method: 'POST', headers, body }).then(
          ({ status }) => status,
          () => 'cut off',
        ),
      ),
    );
    const grown = resident('VmHWM') - before;
    test.diagnostic(`60 uploads of 5 MB: ${Math.round(before)} MB before, ${Math.round(before + grown)} MB at most`);
    // A client that still sends may find the connection closed before it has read the answer.
    assert.deepEqual(
      statuses.filter((status) => status !== 503 && status !== 'cut off'),
      [],
    );
    assert.ok(grown < 100, `${Math.round(grown)} MB more`);
  });
});
