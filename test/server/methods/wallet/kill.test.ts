/**
 * kill −9 of the BFF while a number is being activated, or with a postback stored and not applied: it ends as the rules of money
 * require.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { createPaykassmaSimulator, type PaykassmaSimulator } from '../../../../demo/simulators/paykassma/simulator.ts';
import type { CreatedPayment, Payment, PaymentView } from '../../../../server/contract/index.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { engines } from '../../../support/engines.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../../support/server-process.ts';

const json = { 'content-type': 'application/json' };
const tick = () => new Promise(setImmediate);
/** Not the demo's key, which no server outside the demo accepts. */
const keys = { secret: 'a secret of this test', accessKey: 'its access key', privateKey: 'its private key' };
let paykassma: PaykassmaSimulator;
let processes: ServerProcesses;
before(async () => {
  paykassma = await createPaykassmaSimulator({ keys });
  processes = createServerProcesses(
    { url: 'http://127.0.0.1:9', key: 'none' },
    { url: paykassma.url, ...paykassma.keys, wallets: ['wavepay'], timeoutsMs: { activate: 60_000 } },
  );
});
after(async () => {
  processes.end();
  await paykassma.close();
});

const control = async (path: string, body: object) => {
  const answer = await fetch(`${paykassma.url}/_/${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  return (await answer.json()) as { transaction_number: string };
};
const transfer = async () => {
  const identifier = paykassma.ledger().wallets.find(({ wallet }) => wallet === 'wavepay')?.identifier;
  return (await control('transfers', { wallet: 'wavepay', identifier, amount: 6_000, currency: 'MMK' })).transaction_number;
};
const activations = (number: string) =>
  paykassma.ledger().calls.filter(({ operation, key1 }) => operation === 'transaction/activate' && key1 === number);

/** A payment that shows requisites, and functions to continue it on any process of its database. */
async function chosen(address: string, orderId: string) {
  const merchant = { authorization: `Bearer ${processes.apiKey}` };
  const created = await fetch(`${address}/v1/payments`, {
    method: 'POST',
    headers: { ...merchant, ...json, 'idempotency-key': orderId },
    body: JSON.stringify({ amount: 600_000, currency: 'MMK', orderId, label: 'c' }),
  });
  const { payment, clientSecret } = (await created.json()) as CreatedPayment;
  const customer = { ...json, authorization: `Bearer ${clientSecret}` };
  const post = (at: string, path: string, body: object) =>
    fetch(`${at}/checkout/${path}`, { method: 'POST', headers: customer, body: JSON.stringify(body) });
  assert.equal((await post(address, 'wallet', { walletType: 'wavepay' })).status, 200);
  return {
    submit: (at: string, transactionNumber: string) => post(at, 'wallet/transaction', { transactionNumber }),
    async until(at: string, fits: (view: PaymentView) => boolean): Promise<PaymentView> {
      for (let version = 0; ; ) {
        const answer = await fetch(`${at}/checkout?since=${version}&wait=20`, { headers: customer });
        const view = (await answer.json()) as PaymentView;
        if (fits(view)) return view;
        version = view.version;
      }
    },
    read: async (at: string) => (await (await fetch(`${at}/v1/payments/${payment.id}`, { headers: merchant })).json()) as Payment,
    id: payment.id,
  };
}
const isUnknown = ({ nextAction }: PaymentView) => nextAction.kind === 'wait' && nextAction.reason === 'unknown_outcome';

function tellOf(at: string, number: string): Promise<Response> {
  const credited = paykassma.ledger().transactions.find(({ key1 }) => key1 === number) ?? assert.fail('nothing was credited');
  const minor = { ...credited, amount: credited.amount * 100, deposit_amount: (credited.deposit_amount ?? 0) * 100 };
  const shape = { mode: 'flat', wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
  const body = postbackBody(minor, paykassma.keys, shape);
  return fetch(`${at}/postbacks/paykassma/shop`, { method: 'POST', body });
}

describe('a BFF that is killed while it waits for the answer of activate', () => {
  for (const when of ['after', 'before'] as const) {
    it(`neither sends the number again nor reports it as unpaid, if the call was lost ${when} it had its effect`, async () => {
      const database = { DATABASE_URL: `sqlite:${join(processes.folder, `wallet-${when}.db`)}` };
      const first = processes.run(database);
      const address = await listening(first);
      const payment = await chosen(address, `wallet-${when}`);
      const number = await transfer();
      await control('faults', { op: 'transaction/activate', when, kind: 'timeout' });
      const cut = assert.rejects(payment.submit(address, number));
      while (activations(number)[0]?.fault === undefined) await tick();
      first.kill('SIGKILL');
      await Promise.all([once(first, 'close'), cut]);

      const second = await listening(processes.run(database));
      const view = await payment.until(second, isUnknown);
      assert.deepEqual([view.status, view.amountPaid], ['processing', 0]);
      if (when === 'after') {
        assert.equal((await tellOf(second, number)).status, 200);
        const { status, amountPaid, evidence } = await payment.read(second);
        assert.deepEqual([status, amountPaid, evidence.length], ['succeeded', 600_000, 1]);
      }
      assert.equal(activations(number).length, 1, 'the number was sent again');
    });
  }
});

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();
describe('a BFF that is killed with a postback stored and not yet applied', { skip: postgres.skip }, () => {
  it('applies it after its restart', async () => {
    const database = await postgres.create();
    const store = await openStore(database.url);
    try {
      const first = processes.run({ DATABASE_URL: database.url });
      const address = await listening(first);
      const payment = await chosen(address, 'wallet-postback');
      const number = await transfer();
      await control('faults', { op: 'transaction/activate', when: 'after', kind: 'http500' });
      await payment.submit(address, number);
      const waiting = () => store.waitingPostbacks(Number.MAX_SAFE_INTEGER, 10);
      // Applying it has to wait for the payment's row, which is locked here until the process is dead.
      await store.transaction(async (tx) => {
        await tx.lockPayment(payment.id);
        const cut = assert.rejects(tellOf(address, number));
        while ((await waiting()).length === 0) await tick();
        first.kill('SIGKILL');
        await Promise.all([once(first, 'close'), cut]);
      });
      const [stored] = await waiting();
      assert.ok(stored, 'it was applied before its process died');
      assert.equal((await store.payment(payment.id))?.status, 'processing');
      // So long ago that no process can be applying it.
      await store.updatePostback({ ...stored, receivedAt: 0 });

      const second = processes.run({ DATABASE_URL: database.url });
      const view = await payment.until(await listening(second), ({ status }) => status !== 'processing');
      assert.deepEqual([view.status, view.amountPaid], ['succeeded', 600_000]);
      second.kill('SIGKILL');
      await once(second, 'close');
    } finally {
      await store.close();
      await database.drop();
    }
  });
});
