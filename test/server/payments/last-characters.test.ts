/** The last characters that are shown of a code or number are never more than half of it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lastCharacters } from '../../../server/payments/attempts/attempt.ts';

for (const [code, shown] of [
  ['', ''],
  ['7', ''],
  ['77', '7'],
  ['1234567', '567'],
  ['GOOD0001', '0001'],
  ['79040000000001', '0001'],
] as const)
  it(`of “${code}” shows “${shown}”`, () => assert.equal(lastCharacters(code), shown));
