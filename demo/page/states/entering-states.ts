/** While there is something to enter. */
import { useSlow } from '../faults.ts';
import type { CustomerState } from './state.ts';

export const enteringStates: CustomerState[] = [
  { id: 'open', words: 'Ready to pay, test badge', means: 'real', show: (director) => director.open() },
  simulated('live', 'Without the test badge'),
  { id: 'choose', words: 'Several ways to pay', means: 'real', currency: 'UZS', show: (director) => director.open() },
  simulated('long', 'Long texts'),
  {
    id: 'running-out',
    words: 'Runs out in 5 seconds',
    means: 'real',
    async show(director) {
      await director.open({ lifetime: 60 });
      await director.moveClock(55_000);
      await director.refresh();
    },
  },
  {
    id: 'offline',
    words: 'Offline',
    means: 'real',
    async show(director) {
      await director.open({ line: true });
      await director.line('cut');
      await director.refresh();
    },
  },
  {
    id: 'two-tabs',
    words: 'Two tabs: one pays',
    means: 'real',
    async show(director) {
      director.choose({ width: 'both' });
      await director.open();
      await director.faults(useSlow);
      director.startPaying();
    },
  },
];

function simulated(id: 'live' | 'long', words: string): CustomerState {
  return {
    id,
    words,
    means: 'simulated',
    async show(director) {
      await director.line(id);
      await director.open({ line: true });
    },
  };
}

/** Before there is anything to enter, and where there never will be. */
export const openingStates: CustomerState[] = [
  {
    id: 'loading',
    words: 'Loading, slow network',
    means: 'real',
    async show(director) {
      await director.line('slow');
      await director.open({ line: true, wait: false });
    },
  },
  {
    id: 'late-secret',
    words: 'Client secret 5 s late',
    means: 'real',
    show: (director) => director.open({ secret: 'late', wait: false }),
  },
  {
    id: 'load-failure',
    words: 'Secret opens nothing',
    means: 'real',
    show: (director) => director.open({ secret: 'stranger' }),
  },
  {
    id: 'no-connection',
    words: 'No connection at all',
    means: 'real',
    async show(director) {
      await director.line('cut');
      await director.open({ line: true });
    },
  },
  {
    id: 'session-expired',
    words: 'Session expired',
    means: 'real',
    async show(director) {
      await director.open({ line: true });
      await director.line('stranger');
      await director.refresh();
    },
  },
  {
    id: 'no-method',
    words: 'No way to pay left',
    means: 'real',
    show: (director) => director.open({ methods: 'wallet' }),
  },
];
