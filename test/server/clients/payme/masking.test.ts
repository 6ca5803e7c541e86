/** No card number leaves the Payme client in full, wherever and however Payme wrote it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { faultOf } from '../paykassma/stub-paykassma.ts';
import { code, id, number, token } from './every-call.ts';
import { envelope, result, stubPayme, text } from './stub-payme.ts';

const masked = '860049******6478';
const receipt = { _id: id, state: 4, amount: 400_000, pay_time: 5, card: { number, expire: '9903' } };
const card = { number, expire: '03/99', token, recurrent: true, verify: true };
const range = { from: 0, to: 1, offset: 0, count: 50 };

test('a list of receipts shows the first six and last four digits, as every other answer', async (t) => {
  const stub = await stubPayme(t, result([receipt, { ...receipt, card: null, description: `paid with ${number}` }]));
  const list = await stub.client.receiptsGetAll(range);
  assert.ok(list.kind === 'ok');
  assert.equal(list.result.receipts[0]?.card?.number, masked);
  assert.equal(list.result.receipts[1]?.description, `paid with ${masked}`);
  const answers: unknown[] = [list];

  stub.respond = result({ receipt: { ...receipt, description: number, meta: { pan: number }, detail: { card: number } } });
  const { client } = stub;
  answers.push(await client.receiptsPay({ id, token }), await client.receiptsGet({ id }), await client.receiptsCancel({ id }));
  stub.respond = result({ card });
  answers.push(await client.cardsCreate({ number, expire: '0399', save: true }), await client.cardsCheck({ token }));
  answers.push(await client.cardsVerify({ token, code }));
  const shown = inspect(answers, { depth: 10 });
  assert.ok(!shown.includes(number), shown);
  assert.equal(shown.split(masked).length - 1, 11);
});

test('a number is masked however it is written', async (t) => {
  const stub = await stubPayme(t, text(''));
  for (const [written, expected] of [
    ['8600 4954 7331 6478', masked],
    ['8600-4954-7331-6478', masked],
    ['86004954****6478', masked],
    ['860049547331647', '860049******1647'],
    ['8600495473316478000', '860049******8000'],
    ['８６００４９５４７３３１６４７８', '８６００４９******６４７８'],
    [masked, masked],
    ['****6478', '****6478'],
  ] as const) {
    stub.respond = result({ card: { ...card, number: written } });
    const answer = await stub.client.cardsCheck({ token });
    assert.equal(answer.kind === 'ok' && answer.result.number, expected);
  }
});

test('a description keeps the ids of ours that are in it', async (t) => {
  const stub = await stubPayme(t, text(''));
  for (const [written, expected] of [
    ['att_4Zk93lLqV0Qp27HxYc81Ta', 'att_4Zk93lLqV0Qp27HxYc81Ta'],
    ['Order 197 of 26.11.2026, 123456789012', 'Order 197 of 26.11.2026, 123456789012'],
    ['att_1 8600 4954 7331 6478.', `att_1 ${masked}.`],
    ['att_1234 8600-4954-7331-6478', `att_1234 ${masked}`],
    ['att_Zx1234 5678 9012 3456', 'att_Zx1234 5678 9012 3456'],
    [`${number}, ${number}`, `${masked}, ${masked}`],
    [`0000${number}0000`, '000086******0000'],
  ] as const) {
    stub.respond = result({ receipt: { ...receipt, description: written } });
    const answer = await stub.client.receiptsGet({ id });
    assert.equal(answer.kind === 'ok' && answer.result.description, expected);
  }
});

test('a phone shows its first five and last two digits, and other texts are not read as a phone', async (t) => {
  const stub = await stubPayme(t, text(''));
  for (const [written, expected] of [
    ['99890*****66', '99890*****66'],
    ['998901304527', '99890*****27'],
    ['+998 (90) 130-45-27', '99890*****27'],
    ['*** 66', '*** 66'],
    [`the card ${number}`, ''],
    ['call +998 71 200 00 00 now', ''],
  ] as const) {
    stub.respond = result({ sent: true, phone: written, wait: 60_000 });
    const answer = await stub.client.cardsGetVerifyCode({ token });
    assert.equal(answer.kind === 'ok' && answer.result.phone, expected);
  }
});

test('an error code that is as long as a card number is rejected', async (t) => {
  const stub = await stubPayme(t, envelope({ error: { code: Number(number), message: '' } }));
  assert.equal((await faultOf(stub.client.cardsCheck({ token }))).fault, 'bad_shape');
});
