/** A try that did not pay: the customer may try again in place. */
import { nextCalls } from '../next-calls.ts';
import type { CustomerState } from './state.ts';

export const refusedStates: CustomerState[] = [
  refused('wrong-code', 'Wrong code', 'NOPE2345'),
  refused('format-error', 'Not a code at all', 'ABC'),
  refused('used-code', 'Used code', 'USED0001'),
  refused('expired-code', 'Expired code', 'OLD00001'),
  refused('early-code', 'Not valid yet', 'SOON0001'),
  refused('value-too-low', 'Worth too little', 'LOW00001'),
  refused('value-too-high', 'Worth too much', 'HIGH0001'),
  refused('taken', 'Taken at the last moment', 'RACE0001'),
  refused('provider-down', 'PayCodes fails', 'FAIL0001'),
  {
    id: 'too-many-tries',
    words: 'Too many tries',
    means: 'real',
    async show(director) {
      await director.open();
      await director.guessWrongly();
      await director.pay();
    },
  },
  {
    id: 'connection-lost',
    words: 'Connection lost at the click',
    means: 'real',
    async show(director) {
      await director.open({ line: true });
      await director.line('cut');
      await director.pay();
    },
  },
  {
    id: 'maintenance',
    words: 'PayCodes in maintenance',
    means: 'real',
    async show(director) {
      await director.open();
      await director.faults(nextCalls(30, { op: 'get_code', when: 'before', kind: 'html' }));
      await director.pay();
    },
  },
];

function refused(id: string, words: string, code: string): CustomerState {
  return {
    id,
    words,
    means: 'real',
    async show(director) {
      await director.open();
      await director.pay(code);
    },
  };
}
