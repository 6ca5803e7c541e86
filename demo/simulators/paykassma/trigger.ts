/** The numbers with a meaning of their own: what `key1` brings about, whoever sends it and however often. Source: paykassma.md §7. */

export interface Trigger {
  answer: 'credited' | 'accepted' | 'pending' | 'possible' | 'refused' | 'broken';
  /** Whether the money comes by postback, a while later. */
  creditLater?: true;
  /** Half of what was asked is credited. */
  half?: true;
  /** The answer is late: longer than any client waits. */
  slow?: true;
  message?: string | Record<string, string[]>;
}

const triggers: Readonly<Record<string, Trigger>> = {
  '1394646476': { answer: 'credited' },
  '1000000001': { answer: 'accepted', creditLater: true },
  '1000000002': { answer: 'pending', creditLater: true },
  '1000000003': { answer: 'possible' },
  '1000000004': { answer: 'possible', creditLater: true },
  '1000000005': { answer: 'refused', message: 'Transaction failed' },
  '1000000006': { answer: 'credited', half: true },
  '1000000007': { answer: 'credited', slow: true },
  '1000000008': { answer: 'broken' },
  '1000000009': { answer: 'refused', message: { key1: ['The transaction number is not valid'], amount: ['Out of limits'] } },
};

/**
 * A number counts once with whoever keeps books, and wallets want theirs longer or shorter: so the digits between are free. `1000000002`,
 * `1048391702` and `10004839170002` are one.
 */
export function triggerOf(key1: string): Trigger | undefined {
  const known = key1.replace(/^10\d{6,}(0[1-9])$/, '10000000$1').replace(/^13946\d{5,}$/, '1394646476');
  return Object.hasOwn(triggers, known) ? triggers[known] : undefined;
}
