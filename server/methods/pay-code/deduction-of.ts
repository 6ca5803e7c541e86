/** How much a discount code takes off what is due, in minor units; never more than all of it. Source: paycodes.md §5.4. */
import { minorUnitDigits } from '#contract';
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { priceDeductionOf } from '../../clients/paycodes/price-deduction-of.ts';
import { priceInMinorUnits } from '../../clients/paycodes/price-in-minor-units.ts';
import type { PayCodeRule, PayCodeSettings } from './account.ts';

/** Undefined where PayCodes tells no deduction that can be read: then it takes nothing off. */
export function deductionOf(
  answer: GetCodeAnswer,
  rule: Pick<PayCodeRule, 'priceScale' | 'currency'>,
  due: number,
  { deductionPath }: Pick<PayCodeSettings, 'deductionPath'>,
): number | undefined {
  if (answer.kind !== 'found') return undefined;
  const deduction = priceDeductionOf(answer.rule, deductionPath);
  if (deduction === null || deduction === 'unreadable') return undefined;
  if (deduction.type === 'percent') return due - restOf(due, deduction.value);
  const amount = priceInMinorUnits(deduction.value, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) });
  return amount === undefined ? undefined : Math.min(amount, due);
}

/** `due × (100 − percent) / 100`, rounded up: in whole numbers, so that nothing is lost on the way. */
const restOf = (due: number, percent: number): number => {
  const hundredths = BigInt(due) * BigInt(100 - percent);
  return Number((hundredths + 99n) / 100n);
};
