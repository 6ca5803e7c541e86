/**
 * A used code as proof of money: its record's id at PayCodes, its price, the rule's currency. Where the merchant takes a code for whatever is
 * due, that is what it is worth.
 */

import { minorUnitDigits } from '#contract';
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { codeState, priceDeductionOf, priceInMinorUnits } from '../../clients/paycodes/code-rules.ts';
import type { EvidenceInput, Outcome } from '../../payments/model/outcome.ts';
import type { PaymentRecord, Refusal } from '../../payments/model/records.ts';
import type { PayCodeRule, PayCodeSettings } from './account.ts';

/** `client`: our own id of the use, which stands in for the record's id where PayCodes tells none. */
export function toEvidence(
  answer: GetCodeAnswer,
  rule: PayCodeRule,
  account: { url: string },
  client: string,
  asked: AmountExpectation,
): Outcome & { kind: 'paid' | 'review'; evidence: EvidenceInput } {
  const amount = asked.policy === 'ignore' ? asked.due : priceFor(answer, rule);
  const id = answer.kind === 'found' ? answer.code.id : null;
  const evidence = {
    upstream: `paycodes:${new URL(account.url).host}`,
    upstreamId: id === null ? client : `code:${id}`,
    amount: amount ?? 0,
    currency: rule.currency,
  };
  // It is money all the same, and nobody is to be asked for more before a person has said how much.
  return amount === undefined
    ? { kind: 'review', why: 'a used code without a readable price', evidence }
    : { kind: 'paid', evidence };
}

/** What the price of a code is held against. */
export interface AmountExpectation {
  /** Minor units. */
  due: number;
  policy: PayCodeSettings['amountPolicy'];
  /** The customer has agreed that what a code is worth beyond that is lost. */
  acceptExcess: boolean;
}

export const expectedAmount = (
  { amount, discount }: Pick<PaymentRecord, 'amount' | 'discount'>,
  { amountPolicy }: Pick<PayCodeSettings, 'amountPolicy'>,
  acceptExcess: boolean,
): AmountExpectation => ({ due: amount - discount, policy: amountPolicy, acceptExcess });

/** Why a code that was looked up cannot pay, in the public list's words. */
/** Null: the code can pay. Unknown, inactive and of a foreign rule are one answer on purpose. */
export function declineFor(answer: GetCodeAnswer, rule: PayCodeRule, asked: AmountExpectation, now: number): Refusal | null {
  const at = (time: Date | null | undefined) => (time ? { at: time.toISOString() } : {});
  const found = answer.kind === 'found' ? answer : null;
  switch (codeState(answer, now)) {
    case 'usable':
      // What a discount code is worth depends on what is due.
      return rule.kind === 'discount' ? null : valueRefusal(priceFor(answer, rule), asked);
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
export function priceFor(answer: GetCodeAnswer, rule: PayCodeRule): number | undefined {
  if (answer.kind !== 'found' || answer.rule.price === null) return undefined;
  return priceInMinorUnits(answer.rule.price, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) });
}

/** There is no change from a code, and no second code for the rest. */
function valueRefusal(price: number | undefined, { due, policy, acceptExcess }: AmountExpectation): Refusal | null {
  if (policy === 'ignore') return null;
  if (price === undefined) return { code: 'code_invalid', field: 'code' };
  if (price === due || (price > due && policy === 'at_least' && acceptExcess)) return null;
  return { code: price < due ? 'code_value_too_low' : 'code_value_too_high', field: 'code' };
}

/** How much a discount code takes off what is due, in minor units; never more than all of it. Source: paycodes.md §5.4. */
/** Undefined where PayCodes tells no deduction that can be read: then it takes nothing off. */
export function discountAmount(
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

/** The rule by which a payment can be paid by SMS: what one SMS costs has to be what is due, as the merchant's policy has it. */
export type SmsRule = Extract<PayCodeRule, { sms: unknown }>;

/** Null where there is none, or none fits. */
export function selectSmsRule(
  settings: PayCodeSettings | undefined,
  payment: Pick<PaymentRecord, 'amount' | 'discount' | 'currency'>,
  kind: SmsRule['kind'],
): SmsRule | null {
  if (!settings) return null;
  const { due, policy } = expectedAmount(payment, settings, false);
  const fits = ({ price }: SmsRule['sms']) => policy === 'ignore' || price === due || (policy === 'at_least' && price > due);
  const found = settings.rules.find(
    (rule): rule is SmsRule => 'sms' in rule && rule.kind === kind && rule.currency === payment.currency && fits(rule.sms),
  );
  return found ?? null;
}
