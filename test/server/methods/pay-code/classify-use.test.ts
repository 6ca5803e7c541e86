/** Who used a code: every combination of state, name, setting and pending calls. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeState } from '../../../../server/clients/paycodes/answers.ts';
import { type CodeUse, classifyUse } from '../../../../server/methods/pay-code/redeem.ts';

const ours = ['pw:att_1', 'pw:att_2'];
const names = { 'our first name': 'pw:att_1', 'our second name': 'pw:att_2', 'another name': 'pw:att_3', 'no name': null };

/** Of a used code: [name, clientRecovery, a call is pending, expected]. */
const used: [keyof typeof names, boolean, boolean, CodeUse][] = [
  ['our first name', true, true, 'ours'],
  ['our first name', true, false, 'ours'],
  ['our first name', false, true, 'ours'],
  ['our first name', false, false, 'ours'],
  ['our second name', true, true, 'ours'],
  ['our second name', true, false, 'ours'],
  ['our second name', false, true, 'ours'],
  ['our second name', false, false, 'ours'],
  ['another name', true, true, 'other'],
  ['another name', true, false, 'other'],
  ['another name', false, true, 'ambiguous'],
  ['another name', false, false, 'other'],
  ['no name', true, true, 'ambiguous'],
  ['no name', true, false, 'other'],
  ['no name', false, true, 'ambiguous'],
  ['no name', false, false, 'other'],
];

/** Of a code that is not used neither names nor calls matter. */
const others: [CodeState, CodeUse][] = [
  ['usable', 'unused'],
  ['inactive', 'unused'],
  ['rule_inactive', 'unused'],
  ['not_yet_valid', 'unused'],
  ['expired', 'expired'],
  ['not_found', 'ambiguous'],
];

const callsOf = (pending: boolean) => (pending ? [1, 2, 20] : [0]);

describe('classifyUse', () => {
  for (const [name, clientRecovery, pending, expected] of used)
    test(`used, ${name}, clientRecovery ${clientRecovery}, ${pending ? 'calls pending' : 'no call pending'}: ${expected}`, () => {
      for (const pendingCalls of callsOf(pending))
        assert.equal(classifyUse({ state: 'used', client: names[name], clientRecovery, ours, pendingCalls }), expected);
    });

  for (const [state, expected] of others)
    test(`${state}: ${expected}`, () => {
      for (const [name, clientRecovery, pending] of used)
        for (const pendingCalls of callsOf(pending))
          assert.equal(classifyUse({ state, client: names[name], clientRecovery, ours, pendingCalls }), expected);
    });

  test('a code used by somebody is never ours where we made no call', () => {
    for (const client of Object.values(names))
      assert.equal(classifyUse({ state: 'used', client, clientRecovery: true, ours: [], pendingCalls: 0 }), 'other');
  });
});
