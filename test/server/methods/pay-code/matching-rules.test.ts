/**
 * The spelling in which a typed text is sent: a good code is never changed into another, and no call is made for a rule whose
 * code it cannot be.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pattern } from '../../../../demo/simulators/paycodes/seed.ts';
import type { PayCodeRule } from '../../../../server/methods/pay-code/account.ts';
import { matchingRules } from '../../../../server/methods/pay-code/codes.ts';

const rule = (own: Partial<PayCodeRule>): PayCodeRule =>
  ({ slug: 'r', kind: 'enter', currency: 'PLN', priceScale: 2, ...own }) as PayCodeRule;
const sent = (typed: string, own: Partial<PayCodeRule> = {}) => matchingRules(typed, [rule(own)]).map(({ code }) => code);
const sample = { alphabet: pattern.pattern, length: 8 };

describe('a typed code', () => {
  it('keeps O and 0, I and 1, Z and 2, S and 5 where the alphabet has both, or is not known', () => {
    for (const typed of ['O0I1Z2S5', '0O1I2Z5S']) {
      assert.deepEqual(sent(typed, sample), [typed]);
      assert.deepEqual(sent(typed), [typed]);
    }
  });

  it('replaces a character that the alphabet does not have by its look-alike', () => {
    assert.deepEqual(sent('O0I1L2S5', { alphabet: '0123456789', length: 8 }), ['00111255']);
    assert.deepEqual(sent('AB0DEF1H', { alphabet: 'ABCDEFGHIJKLMNOP', length: 8 }), ['ABODEFIH']);
  });

  it('is sent in each rule’s own spelling', () => {
    const rules = [rule({ slug: 'digits', alphabet: '0123456789' }), rule({ slug: 'all', alphabet: pattern.pattern })];
    assert.deepEqual(
      matchingRules('O0I1', rules).map(({ rule, code }) => [rule.slug, code]),
      [
        ['digits', '0011'],
        ['all', 'O0I1'],
      ],
    );
  });

  it('is stripped of spaces, hyphens, dots and invisible characters, and upper-cased', () => {
    for (const typed of [' good-0001 ', 'GOOD 0001', 'g.o.o.d.0.0.0.1', 'GOOD\u200b0001\ufeff', 'ＧＯＯＤ０００１', 'GOOD၀၀၀၁'])
      assert.deepEqual(sent(typed, sample), ['GOOD0001'], typed);
  });

  it('is not looked up under a rule whose alphabet or length it does not fit', () => {
    for (const typed of ['GOOD000', 'GOOD00011', 'GOODX001', 'GOOD0ü01', '', 'GOOD+001'])
      assert.deepEqual(sent(typed, sample), [], typed);
    for (const typed of ['ABC', 'A'.repeat(33), 'GOOD€']) assert.deepEqual(sent(typed), [], typed);
  });
});
