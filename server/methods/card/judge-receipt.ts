/** What the state of a receipt says of the money. Pure. Source: payme.md §4. */
import type { ProblemCode } from '#contract';
import type { Receipt } from '../../clients/payme/answers.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { cardCurrency } from './card-currency.ts';

/**
 * `unpaid`: it stands at 0, which proves nothing as long as a call to pay it may be on its way. Money that was taken and given back is
 * `payment_reversed`; a receipt that was cancelled before it was paid took nothing.
 * @param problem Why it was cancelled unpaid, where that is known.
 */
export function judgeReceipt(
  receipt: Receipt,
  upstream: string,
  problem: ProblemCode = 'provider_unavailable',
): Outcome | 'unpaid' {
  const { id, state, amount, currency, payTime } = receipt;
  switch (state) {
    case 4: {
      const money = { upstream, upstreamId: id, amount };
      return currency === cardCurrency.number
        ? { kind: 'paid', evidence: { ...money, currency: cardCurrency.code } }
        : { kind: 'review', why: 'paid in another currency', evidence: { ...money, currency: currencyName(currency) } };
    }
    case 5:
      return { kind: 'review', why: 'the money is held, which was never asked for' };
    case 50:
      return { kind: 'refused', refusal: { code: payTime > 0 ? 'payment_reversed' : problem } };
    default:
      return judgeState(state);
  }
}

/** Of a receipt that is neither paid nor cancelled. */
export function judgeState(state: number): Outcome | 'unpaid' {
  if (state === 0) return 'unpaid';
  // At Payme a person looks at it.
  if (state === 20) return { kind: 'waiting', reason: 'review' };
  // 1, 2, 3, 6, 30: being worked on. 21: being cancelled, followed to its end. Any other: nobody knows what it means.
  return { kind: 'unknown' };
}

/** Only for a person's eyes. */
const currencyName = (currency: number | null): string => (currency === null ? 'XXX' : `#${currency}`);
