/** A used code as proof of money: its record's id at PayCodes, its price, the rule's currency. */
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import type { Outcome } from '../../payments/outcome.ts';
import { priceOf } from './refusal-of.ts';
import type { PayCodeRule } from './settings.ts';

/** `client`: our own id of the use, which stands in for the record's id where PayCodes tells none. */
export function evidenceOf(answer: GetCodeAnswer, rule: PayCodeRule, account: { url: string }, client: string): Outcome {
  const amount = priceOf(answer, rule);
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
