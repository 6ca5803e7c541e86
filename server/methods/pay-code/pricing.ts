/**
 * A used code as proof of money: its record's id at PayCodes, its price, the rule's currency. Where the merchant takes a code for whatever is
 * due, that is what it is worth.
 */
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import type { Money, Outcome } from '../../payments/model/outcome.ts';
import type { PayCodeRule } from './account.ts';
import type { Asked } from './asked.ts';
import { priceOf } from './refusal-of.ts';

/** `client`: our own id of the use, which stands in for the record's id where PayCodes tells none. */
export function evidenceOf(
  answer: GetCodeAnswer,
  rule: PayCodeRule,
  account: { url: string },
  client: string,
  asked: Asked,
): Outcome & { kind: 'paid' | 'review'; evidence: Money } {
  const amount = asked.policy === 'ignore' ? asked.due : priceOf(answer, rule);
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
