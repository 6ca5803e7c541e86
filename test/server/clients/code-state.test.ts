/** The state of a code: the first condition that holds decides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GetCodeAnswer } from '../../../server/clients/paycodes/answers.ts';
import { codeState } from '../../../server/clients/paycodes/answers.ts';
import type { PayCode } from '../../../server/clients/paycodes/schema.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const at = (shift: number) => new Date(now + shift);

function found(code: Partial<PayCode> = {}, ruleActive: boolean | null = true): GetCodeAnswer {
  return {
    kind: 'found',
    code: {
      id: 1,
      code: 'A',
      ruleSlug: 'r',
      useTime: null,
      client: null,
      startTime: at(-1),
      endTime: at(1),
      isActive: true,
      ...code,
    },
    rule: { slug: 'r', isActive: ruleActive, price: 1, config: {} },
    pattern: null,
  };
}

const cases: [string, GetCodeAnswer, ReturnType<typeof codeState>][] = [
  ['a refusal', { kind: 'refused', code: 1003 }, 'not_found'],
  ['a status without a code', { kind: 'status_only', status: true }, 'not_found'],
  ['a fresh code', found(), 'usable'],
  ['a code without limits', found({ startTime: null, endTime: null, isActive: null }, null), 'usable'],
  ['a used code, whatever else', found({ useTime: at(-1), isActive: false, startTime: at(5), endTime: at(-5) }, false), 'used'],
  ['a use in the future', found({ useTime: at(5) }), 'used'],
  ['an inactive rule before an inactive code', found({ isActive: false }, false), 'rule_inactive'],
  ['an inactive code before its times', found({ isActive: false, startTime: at(5), endTime: at(-5) }), 'inactive'],
  ['a code of tomorrow before its end', found({ startTime: at(5), endTime: at(-5) }), 'not_yet_valid'],
  ['a code whose time begins now', found({ startTime: at(0) }), 'usable'],
  ['a code whose time ends now', found({ endTime: at(0) }), 'expired'],
];
for (const [name, answer, state] of cases) test(`${name}: ${state}`, () => assert.equal(codeState(answer, now), state));
