/**
 * A used code as proof of money: its record's id at PayCodes, its price, the rule's currency. Where the merchant takes a code for whatever is
 * due, that is what it is worth.
 */
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import type { Outcome } from '../../payments/outcome.ts';
import type { Asked } from './asked.ts';
import { priceOf } from './refusal-of.ts';
import type { PayCodeRule } from './settings.ts';

/** `client`: our own id of the use, which stands in for the record's id where PayCodes tells none. */
export function evidenceOf(
  answer: GetCodeAnswer,
  rule: PayCodeRule,
  account: { url: string },
  client: string,
  asked: Asked,
): Outcome {
  const amount = asked.policy === 'ignore' ? asked.due : priceOf(answer, rule);
  if (amount === undefined) return { kind: 'review', why: 'a used code without a readable price' };
  const id = answer.kind === 'found' ? answer.code.id : null;
  return {
    kind: 'paid',
    evidence: {
      upstream: `paycodes:${new URL(account.url).host}`,
      upstreamId: id === null ? client : `code:${id}`,
      amount,
      currency: rule.currency,
    },
  };
}
