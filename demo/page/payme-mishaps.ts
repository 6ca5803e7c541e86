/** What goes wrong with cards, by the call of Payme's that it meets. */
import type { Mishap } from './mishap.ts';
import { nextCalls } from './next-calls.ts';

export const payCut = nextCalls(1, { op: 'receipts.pay', when: 'before', kind: 'reset' });
export const payLost = nextCalls(1, { op: 'receipts.pay', when: 'after', kind: 'reset' });

const lost = (id: string, words: string, op: Mishap['faults'][number]['op']): Omit<Mishap, 'of'> => ({
  id: `${id}-lost`,
  words: `${words}, answer lost`,
  faults: nextCalls(1, { op, when: 'after', kind: 'reset' }),
});

export const paymeMishaps: Omit<Mishap, 'of'>[] = [
  lost('sms', 'SMS sent', 'cards.get_verify_code'),
  lost('verify', 'Code taken', 'cards.verify'),
  lost('receipt', 'Receipt made', 'receipts.create'),
  { id: 'pay-lost', words: 'Card charged, answer lost', faults: payLost },
  {
    id: 'pay-html',
    words: 'Card charged, answer is HTML',
    faults: nextCalls(1, { op: 'receipts.pay', when: 'after', kind: 'html' }),
  },
  { id: 'pay-cut', words: 'Cut before the card is charged', faults: payCut },
  {
    id: 'pay-slow',
    words: 'Charging takes 9 seconds',
    faults: nextCalls(1, { op: 'receipts.pay', when: 'before', kind: 'slow', ms: 9_000 }),
  },
  lost('refund', 'Refund begun', 'receipts.cancel'),
  { id: 'payme-down', words: 'Next 10 calls of Payme cut', faults: nextCalls(10, { op: '*', when: 'before', kind: 'reset' }) },
];
