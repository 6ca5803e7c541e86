/** What goes wrong in the field, by what one then sees. A read is tried three times, so it takes three to make it fail. */
import type { Mishap } from './mishap.ts';
import { nextCalls } from './next-calls.ts';
import { paymeMishaps } from './payme-mishaps.ts';
import type { Fault, PostbackOrder } from './qa-client.ts';

export const answerLost = nextCalls(1, { op: 'use_code', when: 'after', kind: 'reset' });
export const useCut = nextCalls(1, { op: 'use_code', when: 'before', kind: 'reset' });
export const useSlow = nextCalls(1, { op: 'use_code', when: 'before', kind: 'slow', ms: 9_000 });
/** The first read is the look-up of the code; the others ask what became of it, three at a time. */
export const cannotBeAsked = (reads: number): Fault[] =>
  nextCalls(reads + 1, { op: 'get_code', when: 'before', kind: 'reset' }).slice(1);

const paycodesMishaps: Omit<Mishap, 'of'>[] = [
  { id: 'lost', words: 'Code used, answer lost', faults: answerLost },
  { id: 'unknown', words: 'Answer lost, unknown for half a minute', faults: [...answerLost, ...cannotBeAsked(9)] },
  { id: 'cut', words: 'Cut before the code is used', faults: useCut },
  { id: 'html', words: 'Code used, answer is HTML', faults: nextCalls(1, { op: 'use_code', when: 'after', kind: 'html' }) },
  { id: 'slow', words: 'Use takes 9 seconds', faults: useSlow },
  { id: 'lookup500', words: 'Look-up answers 500', faults: nextCalls(3, { op: 'get_code', when: 'before', kind: 'http500' }) },
  { id: 'down', words: 'Next 10 calls cut', faults: nextCalls(10, { op: '*', when: 'before', kind: 'reset' }) },
];

const activate = { op: 'transaction/activate', kind: 'reset' } as const;
const postbacks = (id: string, words: string, order: PostbackOrder): Omit<Mishap, 'of'> => ({
  id: `postback-${id}`,
  words: `Postbacks ${words}`,
  faults: [],
  postbacks: order,
});

const paykassmaMishaps: Omit<Mishap, 'of'>[] = [
  { id: 'activate-lost', words: 'Number taken, answer lost', faults: nextCalls(1, { ...activate, when: 'after' }) },
  { id: 'activate-cut', words: 'Cut before the number is taken', faults: nextCalls(1, { ...activate, when: 'before' }) },
  {
    id: 'wallets-down',
    words: 'Nobody says which wallets there are',
    faults: nextCalls(10, { op: 'payment-systems/available', when: 'before', kind: 'http500' }),
  },
  postbacks('before', 'before the answer', { beforeAnswer: true }),
  postbacks('late', '30 s late', { delayMs: 30_000, laterMs: 30_000 }),
  postbacks('twice', 'twice', { copies: 2 }),
  postbacks('forged', 'wrongly signed', { wrongSignature: true }),
  postbacks('tenfold', 'say ×10, unsigned', { unsignedTimes: 10 }),
  postbacks('legacy', 'in the older form', { mode: 'legacy' }),
];

export const mishaps: Mishap[] = [
  ...paycodesMishaps.map((mishap): Mishap => ({ ...mishap, of: 'paycodes' })),
  ...paykassmaMishaps.map((mishap): Mishap => ({ ...mishap, of: 'paykassma' })),
  ...paymeMishaps.map((mishap): Mishap => ({ ...mishap, of: 'payme' })),
];
