/** The last characters that are shown, or stored beside what is sealed, are never more than half of a code or number. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { showCode } from '../../../server/methods/pay-code/show-code.ts';
import { lastCharacters } from '../../../server/payments/attempts/attempt.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { reversedRule } from '../methods/pay-code/reversed-rule.ts';

for (const [code, shown] of [
  ['', ''],
  ['7', ''],
  ['77', '7'],
  ['1234567', '567'],
  ['GOOD0001', '0001'],
  ['79040000000001', '0001'],
] as const)
  it(`of “${code}” shows “${shown}”`, () => assert.equal(lastCharacters(code), shown));

it('of a generated code of two are one, beside what is sealed of it', async (t) => {
  const testBed = await createPayCodeTestBed({ settings: { rules: [reversedRule] } });
  t.after(() => testBed.close());
  const id = await testBed.pay();
  const { client, settings } = testBed.parts.account('books') ?? assert.fail();
  const short = { ...client, generateCode: async () => ({ kind: 'generated', code: 'A7', pattern: null, rule: {} }) };
  const account = { client: short as unknown as typeof client, settings };
  await showCode({ ...testBed.parts, account: () => account }, await testBed.paymentOf(id), { ip: '::1', acknowledge: false });
  assert.equal((await testBed.store.attempts(id)).at(-1)?.lastCharacters, '7');
});
