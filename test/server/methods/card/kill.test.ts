/**
 * kill −9 of the BFF while a receipt is being paid: after its restart the outcome is reconciled, and the card is charged once.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPaymeSimulator, type PaymeSimulator } from '../../../../demo/simulators/payme/simulator.ts';
import type { CreatedPayment, Payment, PaymentView } from '../../../../server/contract/index.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../../support/server-process.ts';
import { spellings } from './spellings.ts';

const json = { 'content-type': 'application/json' };
const tick = () => new Promise(setImmediate);
/** Not the demo's key, which no server outside the demo accepts. */
const cashbox = { id: '89abcdef0123456789abcdef', key: 'the key of this test' };
let payme: PaymeSimulator;
let processes: ServerProcesses;
let merchantsFile: string;
before(async () => {
  payme = await createPaymeSimulator({ cashbox });
  processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
  // The same merchant, who sells by card besides.
  const { merchants } = JSON.parse(readFileSync(join(processes.folder, 'merchants.json'), 'utf8'));
  merchants[0].methods.card = { url: payme.url, cashboxId: cashbox.id, key: cashbox.key, timeoutsMs: { pay: 60_000 } };
  merchants[0].pciAttested = true;
  merchantsFile = join(processes.folder, 'merchants-with-cards.json');
  writeFileSync(merchantsFile, JSON.stringify({ merchants }));
});
after(async () => {
  processes.end();
  await payme.close();
});

/** A payment whose SMS code was sent, and functions to continue it on any process of its database. */
async function awaitingCode(address: string, orderId: string) {
  const merchant = { authorization: `Bearer ${processes.apiKey}` };
  const created = await fetch(`${address}/v1/payments`, {
    method: 'POST',
    headers: { ...merchant, ...json, 'idempotency-key': orderId },
    body: JSON.stringify({ amount: 500_000, currency: 'UZS', orderId, label: 'c', phone: '998901304527' }),
  });
  const { payment, clientSecret } = (await created.json()) as CreatedPayment;
  const customer = { ...json, authorization: `Bearer ${clientSecret}` };
  const post = (path: string, body: object) =>
    fetch(`${address}/checkout/${path}`, { method: 'POST', headers: customer, body: JSON.stringify(body) });
  assert.equal((await post('card', { number: '8600069195406311', expire: '03/99' })).status, 200);
  return {
    submitCode: () => post('card/code', { code: '666666' }),
    async until(at: string, fits: (view: PaymentView) => boolean): Promise<PaymentView> {
      for (let version = 0; ; ) {
        const answer = await fetch(`${at}/checkout?since=${version}&wait=20`, { headers: customer });
        const view = (await answer.json()) as PaymentView;
        if (fits(view)) return view;
        version = view.version;
      }
    },
    read: async (at: string) => (await (await fetch(`${at}/v1/payments/${payment.id}`, { headers: merchant })).json()) as Payment,
  };
}
const isUnknown = ({ nextAction }: PaymentView) => nextAction.kind === 'wait' && nextAction.reason === 'unknown_outcome';
const receiptsOf = (orderId: string) => payme.ledger().receipts.filter(({ account }) => account.order_id === orderId);

describe('a BFF that is killed while it waits for the answer of receipts.pay', () => {
  for (const when of ['after', 'before'] as const) {
    it(`neither pays again nor reports it as unpaid, if it died ${when} the card was charged`, async () => {
      const database = { MERCHANTS_FILE: merchantsFile, DATABASE_URL: `sqlite:${join(processes.folder, `card-${when}.db`)}` };
      const first = processes.run(database);
      const orderId = `card-${when}`;
      const payment = await awaitingCode(await listening(first), orderId);
      await fetch(`${payme.origin}/_/faults`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ op: 'receipts.pay', when, kind: 'timeout' }),
      });
      const cut = assert.rejects(payment.submitCode());
      const pays = () => {
        const [receipt] = receiptsOf(orderId);
        return payme.ledger().calls.filter(({ method, receipt: on }) => method === 'receipts.pay' && on === receipt?.id);
      };
      while (pays()[0]?.fault === undefined) await tick();
      first.kill('SIGKILL');
      await Promise.all([once(first, 'close'), cut]);

      const second = await listening(processes.run(database));
      if (when === 'after') {
        const { status, amountPaid } = await payment.until(second, (view) => view.status !== 'processing');
        assert.deepEqual([status, amountPaid, (await payment.read(second)).evidence.length], ['succeeded', 500_000, 1]);
      } else {
        const { status, amountPaid, problem } = await payment.until(second, isUnknown);
        assert.deepEqual([status, amountPaid, problem], ['processing', 0, null]);
      }
      assert.deepEqual([receiptsOf(orderId).length, pays().length], [1, 1]);
      assert.equal(receiptsOf(orderId)[0]?.debits.length, when === 'after' ? 1 : 0);
    });
  }

  it('starts over if it died before there was a receipt to pay', async () => {
    const database = { MERCHANTS_FILE: merchantsFile, DATABASE_URL: `sqlite:${join(processes.folder, 'card-early.db')}` };
    const first = processes.run(database);
    const payment = await awaitingCode(await listening(first), 'card-early');
    await fetch(`${payme.origin}/_/faults`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ op: 'cards.verify', when: 'after', kind: 'timeout' }),
    });
    const cut = assert.rejects(payment.submitCode());
    while (!payme.ledger().calls.some(({ method, fault }) => method === 'cards.verify' && fault)) await tick();
    first.kill('SIGKILL');
    await Promise.all([once(first, 'close'), cut]);
    const second = await listening(processes.run(database));
    const { status, problem } = await payment.until(second, (view) => view.status !== 'processing');
    assert.deepEqual([status, problem?.code, receiptsOf('card-early')], ['open', 'provider_unavailable', []]);
    while (payme.ledger().cards.at(-1)?.removed !== true) await tick();
  });

  it('leaves no card number in any file, in any spelling', () => {
    const files = readdirSync(processes.folder).map((name) => readFileSync(join(processes.folder, name)).toString('latin1'));
    assert.ok(
      files.some((text) => text.includes('860006******6311')),
      'there is no card to search for',
    );
    for (const spelling of spellings('8600069195406311'))
      assert.ok(!files.some((text) => text.includes(spelling)), `it is stored as ${spelling}`);
  });
});
