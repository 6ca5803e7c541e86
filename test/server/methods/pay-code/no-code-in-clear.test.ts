/**
 * Codes of every kind, typed, shown, reserved, lost and refused: none of them appears in a log line, a URL, a webhook or the
 * database in clear.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { it } from 'node:test';
import { spellings } from '../card/spellings.ts';
import { createPayCodeHttpTestBed } from './pay-code-http-test-bed.ts';

it('codes are stored and logged nowhere in clear, however they are used', async (t) => {
  const testBed = await createPayCodeHttpTestBed();
  t.after(() => testBed.close());
  const pln = (amount: number) => testBed.create({ amount, currency: 'PLN' });
  const [reserved, lost, shown, left, typed] = [
    await pln(2777),
    await pln(2777),
    await pln(2500),
    await pln(2500),
    await pln(2500),
  ];

  await reserved.post('pay-code', { code: 'DISC0001' });
  await lost.post('pay-code', { code: 'DISC0002' });
  await testBed.spoil('use_code', 'after', 'reset');
  await lost.post('pay-code', { code: 'GOOD0001' });
  const codes = ['DISC0001', 'DISC0002', 'GOOD0001', 'GOOD0002', 'LOST0001', 'USED0001', 'WRONG123'];
  for (const payment of [shown, left]) {
    const { nextAction } = (await payment.post('reversed-sms/start')).body;
    assert.ok(nextAction.kind === 'send_sms');
    codes.push(nextAction.text.replace('PAY.CODE ', ''));
  }
  await left.post('abandon');
  for (const code of [codes.at(-1), codes.at(-2), 'USED0001', 'WRONG123', 'LOST0001']) await typed.post('pay-code', { code });
  await reserved.post('pay-code', { code: 'GOOD0002' });
  assert.equal((await reserved.view()).status, 'succeeded');
  // A request that cannot be understood is logged, too.
  await shown.post('pay-code', { code: 'GOOD0002', more: 'WRONG123' });

  const folder = dirname(testBed.databaseUrl.replace('sqlite:', ''));
  const files = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'latin1'));
  const kept = files.join('\n');
  const log = testBed.lines.join('\n');
  assert.ok(kept.includes(reserved.id) && log.includes('/checkout/pay-code'), 'the search sees the database and the log');
  for (const code of codes) {
    for (const spelling of spellings(code)) {
      assert.ok(!kept.includes(spelling), `${code.slice(0, 4)}… is in the database`);
      assert.ok(!log.includes(spelling), `${code.slice(0, 4)}… is in the log`);
    }
  }
});
