/** A simulator that continues from a snapshot has the same codes, transfers, cards and receipts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { createPaykassmaSimulator } from '../../../demo/simulators/paykassma/simulator.ts';
import { createPaymeSimulator } from '../../../demo/simulators/payme/simulator.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
  return (await (await fetch(url, sent)).json()) as Record<string, unknown>;
}
/** As if read from a file. */
const written = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

describe('a simulator that continues from a snapshot', () => {
  it('has the codes of PayCodes that were generated and used, and the delayed SMS', async () => {
    const { now, advance } = createFakeClock();
    const first = await createPayCodesSimulator({ now });
    const headers = { authorization: `Bearer ${first.key}` };
    const ask = (url: string, method: string, params: object) => post(`${url}/${method}`, params, headers);
    const { code } = await ask(first.url, 'generate_code', { rule_slug: 'demo-reversed', creator: 'us' });
    await ask(first.url, 'use_code', { code: 'GOOD0001', rule_slug: 'demo-enter', client: 'us' });
    await post(`${first.url}/_/sms`, { from: '48500100200', to: '7255', text: `PAY.CODE ${code}`, delayMs: 60_000 });
    const ledger = first.ledger();
    const from = written(first.snapshot());
    await first.close();

    const second = await createPayCodesSimulator({ now, from });
    assert.deepEqual(second.ledger(), ledger);
    assert.deepEqual(await ask(second.url, 'use_code', { code: 'GOOD0001', rule_slug: 'demo-enter', client: 'another' }), {
      status: false,
    });
    advance(60_000);
    assert.deepEqual(
      second.ledger().uses.map((use) => use.code),
      ['GOOD0001', code],
    );
    const { code: fresh } = await ask(second.url, 'generate_code', { rule_slug: 'demo-reversed', creator: 'us' });
    const ids = second.ledger().codes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, `${fresh} has the id of another code`);
    await post(`${second.url}/_/reset`, {});
    assert.deepEqual(second.ledger().uses, [], 'a reset leads to the first day');
    await second.close();
  });

  it('has the transfers and claims of Paykassma, and the wallet that is switched off', async () => {
    const { now } = createFakeClock();
    const first = await createPaykassmaSimulator({ now, postbacks: { laterMs: 600_000 } });
    const transfer = { wallet: 'wavepay', identifier: '324342342', amount: 6_000, currency: 'MMK' };
    const made = await post(`${first.url}/_/transfers`, transfer);
    const claim = { currency_code: 'MMK', wallet_type: 'wavepay', label: 'c', key1: made.transaction_number, amount: 6_000 };
    const activate = (url: string, custom_transaction_id: string) =>
      post(`${url}/api/v1/transaction/activate?secret=${first.keys.secret}`, { ...claim, custom_transaction_id });
    assert.equal((await activate(first.url, 'one')).deposit, true);
    await post(`${first.url}/_/wallets`, { wallet: 'nagad', available: false });
    const ledger = first.ledger();
    const from = written(first.snapshot());
    await first.close();

    const second = await createPaykassmaSimulator({ now, from });
    assert.deepEqual(second.ledger(), ledger);
    assert.equal((await activate(second.url, 'two')).status, 'fail');
    assert.deepEqual(await post(`${second.url}/_/wallets`, { wallet: 'wavepay', available: true }), { off: ['nagad'] });
    await second.close();
  });

  it('has the cards and receipts of Payme, and applies a delayed debit once', async () => {
    const { now, advance } = createFakeClock();
    const settings = { pay: 'late' as const, lateMs: 60_000 };
    const first = await createPaymeSimulator({ now, settings });
    const headers = { 'x-auth': `${first.cashbox.id}:${first.cashbox.key}` };
    const ask = async (url: string, method: string, params: object) => {
      const { result, error } = await post(url, { method, params }, headers);
      return Object(result ?? error) as {
        card: { token: string; verify: boolean };
        receipt: { _id: string; state: number };
        code: number;
      };
    };
    const { card } = await ask(first.url, 'cards.create', { card: { number: '8600069195406311', expire: '0399' }, save: true });
    await ask(first.url, 'cards.get_verify_code', card);
    await ask(first.url, 'cards.verify', { ...card, code: '666666' });
    const { receipt } = await ask(first.url, 'receipts.create', { amount: 500_000, account: { order_id: '1' } });
    const paid = await ask(first.url, 'receipts.pay', { id: receipt._id, token: card.token });
    assert.equal(paid.receipt.state, 0);
    const ledger = first.ledger();
    const from = written(first.snapshot());
    await first.close();

    const second = await createPaymeSimulator({ now, from });
    assert.deepEqual(second.ledger(), ledger);
    assert.equal((await ask(second.url, 'cards.check', card)).card.verify, true);
    assert.equal((await ask(second.url, 'receipts.pay', { id: receipt._id, token: card.token })).code, -31602);
    advance(60_000);
    const [taken, ...more] = second.ledger().receipts;
    assert.deepEqual([taken?.state, taken?.debits.length, more], [4, 1, []]);
    assert.equal(second.ledger().cards[0]?.balance, 1_000_000_000 - 500_000);
    await second.close();
  });
});
