/** States before the customer clicks: while something can be entered, while the checkout loads, and where it cannot load. */
import { useSlow } from '../faults.ts';
import type { CustomerState } from './state.ts';

export const enteringStates: CustomerState[] = [
  { id: 'open', words: 'Ready to pay, test badge', means: 'real', show: (runner) => runner.open() },
  simulated('live', 'Without the test badge'),
  { id: 'choose', words: 'Several ways to pay', means: 'real', currency: 'UZS', show: (runner) => runner.open() },
  simulated('long', 'Long texts'),
  {
    id: 'running-out',
    words: 'Expires in 5 seconds',
    means: 'real',
    async show(runner) {
      await runner.open({ lifetime: 60 });
      await runner.moveClock(55_000);
      await runner.refresh();
    },
  },
  {
    id: 'offline',
    words: 'Offline',
    means: 'real',
    async show(runner) {
      await runner.open({ line: true });
      await runner.line('cut');
      await runner.refresh();
    },
  },
  {
    id: 'two-tabs',
    words: 'Two tabs: one pays',
    means: 'real',
    async show(runner) {
      runner.choose({ width: 'both' });
      await runner.open();
      await runner.faults(useSlow);
      runner.startPaying();
    },
  },
];

function simulated(id: 'live' | 'long', words: string): CustomerState {
  return {
    id,
    words,
    means: 'simulated',
    async show(runner) {
      await runner.line(id);
      await runner.open({ line: true });
    },
  };
}

/** While the checkout loads, and where it cannot load. */
export const openingStates: CustomerState[] = [
  {
    id: 'loading',
    words: 'Loading, slow network',
    means: 'real',
    async show(runner) {
      await runner.line('slow');
      await runner.open({ line: true, wait: false });
    },
  },
  {
    id: 'late-secret',
    words: 'Client secret 5 s late',
    means: 'real',
    show: (runner) => runner.open({ secret: 'late', wait: false }),
  },
  {
    id: 'unknown-secret',
    words: 'Unknown client secret',
    means: 'real',
    show: (runner) => runner.open({ secret: 'unknown' }),
  },
  {
    id: 'no-connection',
    words: 'No connection',
    means: 'real',
    async show(runner) {
      await runner.line('cut');
      await runner.open({ line: true });
    },
  },
  {
    id: 'session-expired',
    words: 'Session expired',
    means: 'real',
    async show(runner) {
      await runner.open({ line: true });
      await runner.line('unknown-secret');
      await runner.refresh();
    },
  },
  {
    id: 'no-method',
    words: 'No payment method',
    means: 'real',
    show: (runner) => runner.open({ methods: 'wallet' }),
  },
];
