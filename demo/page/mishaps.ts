/** What goes wrong in the field, by what one then sees. A read is tried three times, so it takes three to make it fail. */
import type { Fault } from './qa-client.ts';

export interface Mishap {
  /** In the address of the page. */
  id: string;
  words: string;
  faults: Fault[];
}

/** The next so many calls. */
export const next = (count: number, fault: Omit<Fault, 'nth'>): Fault[] =>
  Array.from({ length: count }, (_, index) => ({ ...fault, nth: index + 1 }));

export const answerLost = next(1, { op: 'use_code', when: 'after', kind: 'reset' });
export const useCut = next(1, { op: 'use_code', when: 'before', kind: 'reset' });
export const useSlow = next(1, { op: 'use_code', when: 'before', kind: 'slow', ms: 9_000 });
/** The first read is the look-up of the code; the others ask what became of it, three at a time. */
export const cannotBeAsked = (reads: number): Fault[] =>
  next(reads + 1, { op: 'get_code', when: 'before', kind: 'reset' }).slice(1);

export const mishaps: Mishap[] = [
  { id: 'lost', words: 'Code used, answer lost', faults: answerLost },
  { id: 'unknown', words: 'Answer lost, unknown for half a minute', faults: [...answerLost, ...cannotBeAsked(9)] },
  { id: 'cut', words: 'Cut before the code is used', faults: useCut },
  { id: 'html', words: 'Code used, answer is HTML', faults: next(1, { op: 'use_code', when: 'after', kind: 'html' }) },
  { id: 'slow', words: 'Use takes 9 seconds', faults: useSlow },
  { id: 'lookup500', words: 'Look-up answers 500', faults: next(3, { op: 'get_code', when: 'before', kind: 'http500' }) },
  { id: 'down', words: 'Next 10 calls cut', faults: next(10, { op: '*', when: 'before', kind: 'reset' }) },
];
