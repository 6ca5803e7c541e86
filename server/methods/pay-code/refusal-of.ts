/** Why a code that was looked up cannot pay, in the public list's words. */
import { minorUnitDigits } from '#contract';
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { codeState } from '../../clients/paycodes/code-state.ts';
import { priceInMinorUnits } from '../../clients/paycodes/price-in-minor-units.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { PayCodeRule } from './account.ts';
import type { Asked } from './asked.ts';

/** Null: the code can pay. Unknown, inactive and of a foreign rule are one answer on purpose. */
export function refusalOf(answer: GetCodeAnswer, rule: PayCodeRule, asked: Asked, now: number): Refusal | null {
  const at = (time: Date | null | undefined) => (time ? { at: time.toISOString() } : {});
  const found = answer.kind === 'found' ? answer : null;
  switch (codeState(answer, now)) {
    case 'usable':
      // What a discount code is worth depends on what is due.
      return rule.kind === 'discount' ? null : valueRefusal(priceOf(answer, rule), asked);
    case 'used':
      return { code: 'code_used', field: 'code' };
    case 'expired':
      return { code: 'code_expired', field: 'code', ...at(found?.code.endTime) };
    case 'not_yet_valid':
      return { code: 'code_not_yet_valid', field: 'code', ...at(found?.code.startTime) };
    case 'not_found':
    case 'inactive':
    case 'rule_inactive':
      return { code: 'code_invalid', field: 'code' };
  }
}

/** What the code is worth in minor units of the rule's currency; undefined where PayCodes does not say, or not in whole units. */
export function priceOf(answer: GetCodeAnswer, rule: PayCodeRule): number | undefined {
  if (answer.kind !== 'found' || answer.rule.price === null) return undefined;
  return priceInMinorUnits(answer.rule.price, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) });
}

/** There is no change from a code, and no second code for the rest. */
function valueRefusal(price: number | undefined, { due, policy, acceptExcess }: Asked): Refusal | null {
  if (policy === 'ignore') return null;
  if (price === undefined) return { code: 'code_invalid', field: 'code' };
  if (price === due || (price > due && policy === 'at_least' && acceptExcess)) return null;
  return { code: price < due ? 'code_value_too_low' : 'code_value_too_high', field: 'code' };
}
