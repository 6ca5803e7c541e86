/** Paying by SMS at the simulated PayCodes: a phone, its short numbers, and a ledger that counts what the customer paid. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { smsLines } from '../../../demo/simulators/paycodes/sms-lines.ts';
import { createPayCodesSimulatorTestBed } from './paycodes-simulator-test-bed.ts';

const from = '+48600100200';
const noon = '2026-05-01T12:00:00.000Z';
const toSms = { from, to: '7255', text: 'PAY.DEMO' };

async function phone(t: TestContext, options: Parameters<typeof createPayCodesSimulatorTestBed>[1] = {}) {
  const here = await createPayCodesSimulatorTestBed(t, { now: () => Date.parse(noon), ...options });
  const send = async (order: object) => {
    const { status, body } = await here.control('POST', '/_/sms', { ...toSms, ...order });
    assert.equal(status, 200, JSON.stringify(body));
    return body.mt as string | null;
  };
  /** A code that a page shows, to be sent by SMS. */
  const shown = async (rule_slug = 'demo-reversed') =>
    String((await here.result('generate_code', { rule_slug, creator: 'payment-widget:demo' })).code);
  const later = (advanceMs: number) => here.control('POST', '/_/clock', { advanceMs });
  return { ...here, send, shown, later, ledger: () => here.simulator.ledger() };
}

const codeIn = (text: string | null) => /^Your code: (\S+)$/.exec(text ?? '')?.[1] ?? assert.fail(String(text));

for (const { ruleSlug, keyword, number, grossPrice: price, currency } of smsLines.filter(({ codeIn }) => codeIn === 'answer')) {
  test(`${keyword} to ${number} is answered by a code of ${ruleSlug} that pays once, for one fee in ${currency}`, async (t) => {
    const { send, result, ledger } = await phone(t);
    const code = codeIn(await send({ to: number, text: keyword }));
    const record = ledger().codes.find((each) => each.code === code);
    assert.deepEqual([record?.ruleSlug, record?.creator, record?.useTime], [ruleSlug, 'sandbox-sms', null]);
    assert.deepEqual(await result('use_code', { code, rule_slug: ruleSlug, client: 'pw:1' }), { status: true });
    assert.deepEqual(await result('use_code', { code, rule_slug: ruleSlug, client: 'pw:2' }), { status: false });
    assert.deepEqual(ledger().charges, [{ at: noon, from, number, price, currency }]);
    const { rule } = (await result('get_code', { code, rule_slug: ruleSlug })) as { rule: Record<string, unknown> };
    assert.deepEqual([rule.price, rule.config], [price, { sms: { keyword, number } }], 'a code is worth what its SMS costs');
  });
}

for (const { ruleSlug, keyword, number, grossPrice: price, currency } of smsLines.filter(({ codeIn }) => codeIn === 'text')) {
  test(`${keyword} and a shown code of ${ruleSlug} to ${number} uses it, for one fee in ${currency}`, async (t) => {
    const { send, shown, ledger } = await phone(t);
    const code = await shown(ruleSlug);
    assert.equal(code.length, 6);
    assert.equal(await send({ to: number, text: `${keyword}.${code}` }), 'Thank you');
    assert.deepEqual(ledger().uses, [{ code, ruleSlug, client: 'sms:sandbox', useTime: noon }]);
    assert.deepEqual(ledger().charges, [{ at: noon, from, number, price, currency }]);
    assert.equal(await send({ to: number, text: `${keyword}.${code}` }), 'Code not valid');
    assert.equal(ledger().uses.length, 1);
    assert.equal(ledger().charges.length, 2, 'a second SMS costs as much, though it brings nothing');
  });
}

test('the ledger shows what the phone sent and received, when and from where', async (t) => {
  const { send, later, ledger } = await phone(t);
  await send({ text: 'HELLO' });
  await later(1_000);
  const answer = await send({});
  assert.deepEqual(ledger().sms, [
    { at: noon, from, to: '7255', text: 'HELLO', direction: 'mo' },
    { at: noon, from: '7255', to: from, text: 'Unknown keyword', direction: 'mt' },
    { at: '2026-05-01T12:00:01.000Z', from, to: '7255', text: 'PAY.DEMO', direction: 'mo' },
    { at: '2026-05-01T12:00:01.000Z', from: '7255', to: from, text: answer, direction: 'mt' },
  ]);
});

test('keyword and code are recognised in every spelling that phones write', async (t) => {
  const { send, shown } = await phone(t);
  for (const between of [' ', '.', '  ', '. ']) {
    assert.equal(await send({ text: `PAY.CODE${between}${await shown()}` }), 'Thank you', JSON.stringify(between));
  }
  assert.equal(await send({ text: ` pay.code ${(await shown()).toLowerCase()}\n` }), 'Thank you');
  codeIn(await send({ text: ' Pay.Demo ' }));
});

test('a wrong number or text uses and creates no code; a fee is due where the number exists', async (t) => {
  const { send, shown, ledger } = await phone(t);
  const code = await shown();
  const codes = ledger().codes.length;
  const wrong: [string, string, string, number][] = [
    ['92555', 'PAY.DEMO', 'Wrong number', 0],
    ['92555', `PAY.CODE ${code}`, 'Wrong number', 0],
    ['92555', 'HELLO', 'Wrong number', 0],
    ['8255', `PAY.CODE ${code}`, 'Code not valid', 1],
    ['7255', 'HELLO', 'Unknown keyword', 1],
    ['7255', '', 'Unknown keyword', 1],
    ['7255', 'PAY.DEMONS', 'Unknown keyword', 1],
    ['7255', `PAY.DEMO ${code}`, 'Unknown keyword', 1],
    ['7255', `PAY.CODE${code}`, 'Unknown keyword', 1],
    ['7255', 'PAY.CODE', 'Code not valid', 1],
    ['7255', 'PAY.CODE NOSUCH', 'Code not valid', 1],
    ['7255', 'PAY.CODE GOOD0001', 'Code not valid', 1],
  ];
  for (const [to, text, mt, fees] of wrong) {
    const before = ledger().charges.length;
    assert.equal(await send({ to, text }), mt, text);
    assert.equal(ledger().charges.length - before, fees, `${text} to ${to}`);
  }
  assert.deepEqual([ledger().uses, ledger().codes.length], [[], codes]);
  assert.equal(await send({ text: `PAY.CODE ${code}` }), 'Thank you');
});

test('an SMS that the network delivers twice costs one fee, uses a code once and is answered by one code', async (t) => {
  const { send, shown, ledger } = await phone(t);
  const code = await shown();
  assert.equal(await send({ text: `PAY.CODE ${code}`, duplicate: true }), 'Thank you');
  const answers = () => ledger().sms.flatMap(({ direction, text }) => (direction === 'mt' ? [text] : []));
  assert.deepEqual(answers(), ['Thank you', 'Code not valid']);
  assert.deepEqual([ledger().uses.length, ledger().charges.length], [1, 1]);
  const codes = ledger().codes.length;
  const answer = await send({ duplicate: true });
  assert.deepEqual(answers().slice(2), [answer, answer]);
  assert.deepEqual([ledger().codes.length - codes, ledger().charges.length], [1, 2]);
});

test('a delayed SMS takes effect at its time by the simulated clock, and as of that time', async (t) => {
  const { send, shown, later, result, ledger } = await phone(t);
  const code = await shown();
  assert.equal(await send({ text: `PAY.CODE ${code}`, delayMs: 60_000 }), null);
  await later(59_999);
  const used = async () => {
    const answer = (await result('get_code', { code, rule_slug: 'demo-reversed' })) as { code: { client: unknown } };
    return answer.code.client;
  };
  assert.equal(await used(), null);
  assert.deepEqual([ledger().charges, ledger().sms.length], [[], 1], 'it is on the phone as sent');
  await later(3_600_000);
  assert.equal(await used(), 'sms:sandbox');
  const arrived = '2026-05-01T12:01:00.000Z';
  assert.equal(ledger().uses[0]?.useTime, arrived);
  assert.equal(ledger().charges[0]?.at, arrived);
  assert.deepEqual(ledger().sms[1], { at: arrived, from: '7255', to: from, text: 'Thank you', direction: 'mt' });
});

test('of two delayed SMS the one that is due first arrives first; one that arrives after its code has expired is too late', async (t) => {
  const { send, result, later, ledger } = await phone(t);
  const order = { rule_slug: 'demo-reversed', creator: 'shop', valid_from: '2026-05-01', valid_to: '2026-05-02' };
  const code = String((await result('generate_code', order)).code);
  const text = `PAY.CODE ${code}`;
  await send({ text, delayMs: 48 * 3_600_000 });
  await send({ from: '+48600999888', text, delayMs: 3_600_000 });
  await later(72 * 3_600_000);
  assert.deepEqual(
    ledger().sms.flatMap(({ direction, to, text }) => (direction === 'mt' ? [[to, text]] : [])),
    [
      ['+48600999888', 'Thank you'],
      [from, 'Code not valid'],
    ],
  );
  const another = String((await result('generate_code', { ...order, valid_to: '2026-05-05' })).code);
  await send({ text: `PAY.CODE ${another}`, delayMs: 48 * 3_600_000 });
  await later(72 * 3_600_000);
  assert.equal(ledger().uses.length, 1, 'the end of a code is looked at when the SMS comes');
});

test('where unusable codes are an error, the phone gets the same reply', async (t) => {
  const { send, shown } = await phone(t, { unusable: 'error' });
  const code = await shown();
  assert.equal(await send({ text: `PAY.CODE ${code}` }), 'Thank you');
  assert.equal(await send({ text: `PAY.CODE ${code}` }), 'Code not valid');
});

test('a reset clears phones and fees, and drops delayed SMS', async (t) => {
  const { send, shown, later, control, ledger } = await phone(t);
  await send({});
  await send({ text: `PAY.CODE ${await shown()}`, delayMs: 1_000 });
  await control('POST', '/_/reset');
  await later(5_000);
  assert.deepEqual([ledger().sms, ledger().charges, ledger().uses], [[], [], []]);
});

test('an SMS that no phone could send is refused with the reason, and costs nothing', async (t) => {
  const { control, ledger } = await phone(t);
  const bad: Record<string, unknown> = {
    from: 'me',
    to: 'PayCodes',
    text: 'x'.repeat(161),
    delayMs: -1,
    duplicate: 'yes',
    colour: 'red',
  };
  for (const [name, value] of Object.entries(bad)) {
    const { status, body } = await control('POST', '/_/sms', { ...toSms, [name]: value });
    assert.equal(status, 400, name);
    assert.match(String(body.message), new RegExp(name));
  }
  assert.deepEqual([ledger().sms, ledger().charges], [[], []]);
});
