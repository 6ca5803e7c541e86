/** The click is made and its outcome is not known yet. */

import { answerLost, cannotBeAsked, useCut } from '../faults.ts';
import { notFound } from '../meaningful-numbers.ts';
import type { CustomerState } from './state.ts';
import { byWallet, tellTwice } from './wallet-states.ts';

const hour = 3_600_000;

export const waitingStates: CustomerState[] = [
  {
    id: 'slow-click',
    words: 'Slow network at the click',
    means: 'real',
    async show(director) {
      await director.open({ line: true });
      await director.line('slow');
      director.startPaying();
    },
  },
  {
    id: 'slow-answer',
    words: 'Slow answer, then paid',
    means: 'real',
    async show(director) {
      await director.open();
      director.startPaying('SLOW0001');
    },
  },
  { id: 'checking', words: 'Checking', means: 'real', show: (director) => director.payInDoubt() },
  {
    id: 'long-wait',
    words: '“I paid, nothing happened”',
    means: 'real',
    async show(director) {
      await director.payInDoubt();
      await director.moveClock(hour);
      await director.refresh();
    },
  },
  {
    id: 'settled-paid',
    words: 'In doubt, then paid',
    means: 'real',
    async show(director) {
      await director.open();
      await director.faults([...answerLost, ...cannotBeAsked(3)]);
      await director.pay();
    },
  },
  {
    id: 'settled-refused',
    words: 'In doubt, then refused',
    means: 'real',
    async show(director) {
      await director.open();
      await director.faults(useCut, 'RACE0001');
      await director.pay('RACE0001');
    },
  },
  // Another payment claims the number too.
  byWallet('needs-review', 'A person looks at it', (director) => tellTwice(director, notFound)),
];
