/** Before there is anything to enter, and where there never will be. */
import type { CustomerState } from './state.ts';

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
