/** What the customer sent to the short numbers, and what came back, newest first; with what each cost once it had arrived. */
import type { CodeLedger } from './code-ledger.ts';
import { majorUnits } from './major-units.ts';
import type { PhoneMessage } from './phone-message.ts';

export function codeMessages({ sms, charges }: CodeLedger): PhoneMessage[] {
  const unpaid = [...charges];
  /** The first charge for this number that is not another SMS's: each of them costs the same. */
  const feeOf = (to: string, at: string): string => {
    const place = unpaid.findIndex((charge) => charge.number === to && charge.at >= at);
    const [charge] = place < 0 ? [] : unpaid.splice(place, 1);
    return charge ? `cost ${majorUnits(charge.price, charge.currency)} ${charge.currency}` : '';
  };
  return sms
    .map(({ at, from, to, text, direction }): PhoneMessage => {
      const out = direction === 'mo';
      const fee = out ? feeOf(to, at) : '';
      return {
        at: new Date(at),
        way: out ? 'out' : 'in',
        peer: out ? `To ${to}` : from,
        text,
        code: out ? null : (/: ([A-Z0-9]{4,})$/.exec(text)?.[1] ?? null),
        into: 'checkout',
        ...(fee && { fee }),
      };
    })
    .reverse();
}
