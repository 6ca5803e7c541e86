/**
 * What a code is worth: whether it can pay what is due, the evidence of money it leaves, discounts, and which SMS pays an amount.
 */
import { minorUnitDigits } from '#contract';
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { codeState, priceDeductionOf, priceInMinorUnits } from '../../clients/paycodes/answers.ts';
import type { EvidenceInput, Outcome } from '../../payments/model/ports.ts';
import type { Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { PayCodeRule, PayCodeSettings } from './account.ts';

/** What the price of a code is compared with. */
export interface AmountExpectation {
  /** In minor units. */
  due: number;
  policy: PayCodeSettings['amountPolicy'];
  /** The customer has agreed to lose what a code is worth beyond the amount due. */
  acceptExcess: boolean;
}

export type SmsRule = Extract<PayCodeRule, { sms: unknown }>;

export const expectedAmount = (
  { amount, discount }: Pick<PaymentRecord, 'amount' | 'discount'>,
  { amountPolicy }: Pick<PayCodeSettings, 'amountPolicy'>,
  acceptExcess: boolean,
): AmountExpectation => ({ due: amount - discount, policy: amountPolicy, acceptExcess });

/**
 * Why a code that was looked up cannot pay; null where it can. An unknown code, an inactive one and one of another rule get the
 * same problem code on purpose, so that guessing reveals nothing.
 */
export function declineFor(answer: GetCodeAnswer, rule: PayCodeRule, expected: AmountExpectation, now: number): Decline | null {
  const at = (time: Date | null | undefined) => (time ? { at: time.toISOString() } : {});
  const found = answer.kind === 'found' ? answer : null;
  switch (codeState(answer, now)) {
    case 'usable':
      // The value of a discount code depends on the amount due, so it is not compared with it.
      return rule.kind === 'discount' ? null : declineForValue(priceFor(answer, rule), expected);
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

/** A code gives no change, and a second code cannot pay the rest. */
function declineForValue(price: number | undefined, { due, policy, acceptExcess }: AmountExpectation): Decline | null {
  if (policy === 'ignore') return null;
  if (price === undefined) return { code: 'code_invalid', field: 'code' };
  if (price === due || (price > due && policy === 'at_least' && acceptExcess)) return null;
  return { code: price < due ? 'code_value_too_low' : 'code_value_too_high', field: 'code' };
}

/**
 * The price of the code in minor units of the rule's currency. Undefined where PayCodes gives none, or one with more digits than
 * the currency has.
 */
function priceFor(answer: GetCodeAnswer, rule: PayCodeRule): number | undefined {
  if (answer.kind !== 'found' || answer.rule.price === null) return undefined;
  return priceInMinorUnits(answer.rule.price, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) });
}

/** Names PayCodes in evidence of money. */
export const upstreamOf = ({ url }: { url: string }): string => `paycodes:${new URL(url).host}`;

/**
 * A used code as evidence of money. Where the merchant accepts any code for whatever is due, the code is worth what is due.
 * @param client Our own id of the use. It becomes the evidence's id where PayCodes does not return the id of its record.
 */
export function toEvidence(
  answer: GetCodeAnswer,
  rule: PayCodeRule,
  account: { url: string },
  client: string,
  expected: AmountExpectation,
): Outcome & { kind: 'paid' | 'needs_review'; evidence: EvidenceInput } {
  const amount = expected.policy === 'ignore' ? expected.due : priceFor(answer, rule);
  const id = answer.kind === 'found' ? answer.code.id : null;
  const evidence = {
    upstream: upstreamOf(account),
    upstreamId: id === null ? client : `code:${id}`,
    amount: amount ?? 0,
    currency: rule.currency,
  };
  // The code is used, so the customer must not be asked to pay again before a person has decided what it was worth.
  return amount === undefined
    ? { kind: 'needs_review', why: 'a used code without a readable price', evidence }
    : { kind: 'paid', evidence };
}

/**
 * How much a discount code reduces the amount due, in minor units; never more than all of it. Undefined where PayCodes returns no
 * deduction that can be read: then the code reduces nothing.
 */
export function discountAmount(
  answer: GetCodeAnswer,
  rule: Pick<PayCodeRule, 'priceScale' | 'currency'>,
  due: number,
  { deductionPath }: Pick<PayCodeSettings, 'deductionPath'>,
): number | undefined {
  if (answer.kind !== 'found') return undefined;
  const deduction = priceDeductionOf(answer.rule, deductionPath);
  if (deduction === null || deduction === 'unreadable') return undefined;
  if (deduction.type === 'percent') return due - restAfterPercent(due, deduction.value);
  const amount = priceInMinorUnits(deduction.value, { scale: rule.priceScale, digits: minorUnitDigits(rule.currency) });
  return amount === undefined ? undefined : Math.min(amount, due);
}

/** `due × (100 − percent) / 100`, rounded up. Computed in whole numbers, so that no digit is lost. */
const restAfterPercent = (due: number, percent: number): number => {
  const hundredths = BigInt(due) * BigInt(100 - percent);
  return Number((hundredths + 99n) / 100n);
};

/**
 * The first rule of this kind by which the payment can be paid by SMS: the price of one SMS must fit what is due, under the
 * merchant's amount policy. Null where no rule fits.
 */
export function selectSmsRule(
  settings: PayCodeSettings | undefined,
  payment: Pick<PaymentRecord, 'amount' | 'discount' | 'currency'>,
  kind: SmsRule['kind'],
): SmsRule | null {
  if (!settings) return null;
  const { due, policy } = expectedAmount(payment, settings, false);
  const pays = ({ price }: SmsRule['sms']) => policy === 'ignore' || price === due || (policy === 'at_least' && price > due);
  const found = settings.rules.find(
    (rule): rule is SmsRule => 'sms' in rule && rule.kind === kind && rule.currency === payment.currency && pays(rule.sms),
  );
  return found ?? null;
}
