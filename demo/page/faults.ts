/**
 * The faults that a tester can order, named by their effect. A read is tried three times, so it takes three faults to make it
 * fail.
 */

import type { TransferNumber } from '#contract';
import { qaClient } from './qa-client.ts';
import type { Fault, NamedFault, PostbackOrder } from './simulator-api.ts';

/** The same fault for each of the next `count` calls. */
export const nextCalls = (count: number, fault: Omit<Fault, 'nth'>): Fault[] =>
  Array.from({ length: count }, (_, index) => ({ ...fault, nth: index + 1 }));

export const payCut = nextCalls(1, { op: 'receipts.pay', when: 'before', kind: 'reset' });
export const payLost = nextCalls(1, { op: 'receipts.pay', when: 'after', kind: 'reset' });

const lost = (id: string, words: string, op: NamedFault['faults'][number]['op']): Omit<NamedFault, 'of'> => ({
  id: `${id}-lost`,
  words: `${words}, answer lost`,
  faults: nextCalls(1, { op, when: 'after', kind: 'reset' }),
});

export const paymeFaults: Omit<NamedFault, 'of'>[] = [
  lost('sms', 'SMS sent', 'cards.get_verify_code'),
  lost('verify', 'SMS code accepted', 'cards.verify'),
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

export const answerLost = nextCalls(1, { op: 'use_code', when: 'after', kind: 'reset' });
export const useCut = nextCalls(1, { op: 'use_code', when: 'before', kind: 'reset' });
export const useSlow = nextCalls(1, { op: 'use_code', when: 'before', kind: 'slow', ms: 9_000 });
/** Lets the first read succeed, which looks up the code, and makes `reads` later ones fail, which ask what became of it. */
export const readsFail = (reads: number): Fault[] =>
  nextCalls(reads + 1, { op: 'get_code', when: 'before', kind: 'reset' }).slice(1);

const paycodesFaults: Omit<NamedFault, 'of'>[] = [
  { id: 'lost', words: 'Code used, answer lost', faults: answerLost },
  { id: 'unknown', words: 'Answer lost, unknown for half a minute', faults: [...answerLost, ...readsFail(9)] },
  { id: 'cut', words: 'Cut before the code is used', faults: useCut },
  { id: 'html', words: 'Code used, answer is HTML', faults: nextCalls(1, { op: 'use_code', when: 'after', kind: 'html' }) },
  { id: 'slow', words: 'Use takes 9 seconds', faults: useSlow },
  { id: 'lookup500', words: 'Look-up answers 500', faults: nextCalls(3, { op: 'get_code', when: 'before', kind: 'http500' }) },
  { id: 'down', words: 'Next 10 calls cut', faults: nextCalls(10, { op: '*', when: 'before', kind: 'reset' }) },
];

const activate = { op: 'transaction/activate', kind: 'reset' } as const;
const postbacks = (id: string, words: string, order: PostbackOrder): Omit<NamedFault, 'of'> => ({
  id: `postback-${id}`,
  words: `Postbacks ${words}`,
  faults: [],
  postbacks: order,
});

const paykassmaFaults: Omit<NamedFault, 'of'>[] = [
  { id: 'activate-lost', words: 'Number accepted, answer lost', faults: nextCalls(1, { ...activate, when: 'after' }) },
  { id: 'activate-cut', words: 'Cut before the number is accepted', faults: nextCalls(1, { ...activate, when: 'before' }) },
  {
    id: 'wallets-down',
    words: 'List of wallets answers 500',
    faults: nextCalls(10, { op: 'payment-systems/available', when: 'before', kind: 'http500' }),
  },
  postbacks('before', 'before the answer', { beforeAnswer: true }),
  postbacks('late', '30 s late', { delayMs: 30_000, laterMs: 30_000 }),
  postbacks('twice', 'twice', { copies: 2 }),
  postbacks('forged', 'with a wrong signature', { wrongSignature: true }),
  postbacks('tenfold', 'with ten times the amount, unsigned', { unsignedTimes: 10 }),
  postbacks('legacy', 'in the older form', { mode: 'legacy' }),
];

export const namedFaults: NamedFault[] = [
  ...paycodesFaults.map((fault): NamedFault => ({ ...fault, of: 'paycodes' })),
  ...paykassmaFaults.map((fault): NamedFault => ({ ...fault, of: 'paykassma' })),
  ...paymeFaults.map((fault): NamedFault => ({ ...fault, of: 'payme' })),
];

/** Orders a fault by its id, for the next payment. */
export async function orderFault(id: string): Promise<void> {
  const { of, faults, postbacks } = namedFaults.find((fault) => fault.id === id) ?? {};
  for (const fault of faults ?? []) await qaClient.fault(fault, of);
  if (postbacks) await qaClient.sendPostbacks(postbacks);
}

/**
 * A kind of transaction number to which the simulator of Paykassma reacts. The digits between are free: a number counts once, so
 * each click draws another.
 */
export interface TestNumber {
  /** The simulator recognises it by its beginning and end. */
  begins: string;
  ends: string;
  brings: string;
}

const ending = (ends: string, brings: string): TestNumber => ({ begins: '10', ends, brings });

export const credited: TestNumber = { begins: '13946', ends: '', brings: 'paid at once' };
export const accepted = ending('01', 'found, not credited; paid 3 s later');
export const pending = ending('02', 'being checked; paid 3 s later');
export const notFound = ending('03', 'not found; waits for an operator');
export const refused = ending('05', 'refused');
export const half = ending('06', 'half of it is credited');

export const testNumbers: readonly TestNumber[] = [
  credited,
  accepted,
  pending,
  notFound,
  ending('04', 'not found; paid 3 s later'),
  refused,
  half,
  ending('07', 'paid, but answered after 30 s'),
  ending('08', 'the answer is unreadable: stays unknown'),
  ending('09', 'refused, reasons by field'),
];

/** A number of this kind that was not used before, in the form that the wallet requires. */
export function drawNumber({ begins, ends }: TestNumber, rule?: TransferNumber): string {
  const fits = new RegExp(`^(?:${rule?.pattern ?? '.*'})$`);
  const draw = (length: number): string => {
    const between = Array.from({ length: length - begins.length - ends.length }, () => Math.floor(Math.random() * 10));
    return `${begins}${between.join('')}${ends}`;
  };
  const length = [10, 11, 12, 20].find((length) => fits.test(draw(length))) ?? 10;
  return draw(length);
}
