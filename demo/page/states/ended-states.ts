/** The payment is over, or on its way back. */

import { credited, drawNumber, half } from '../meaningful-numbers.ts';
import type { ByHand } from '../qa-api.ts';
import type { CustomerState } from './customer-state.ts';
import { byWallet } from './wallet-states.ts';

const day = 86_400_000;

export const endedStates: CustomerState[] = [
  {
    id: 'succeeded',
    words: 'Paid',
    means: 'real',
    async show(director) {
      await director.open();
      await director.pay();
    },
  },
  byWallet('succeeded-late', 'Paid late', async (director) => {
    await director.openTransfer();
    await director.moveClock(day);
    await director.refresh();
    await director.tell(drawNumber(credited));
  }),
  byWallet('underpaid', 'Paid in part', async (director) => {
    await director.openTransfer();
    await director.tell(drawNumber(half));
  }),
  byHand('refunding', 'Money on its way back', 'refunding'),
  byHand('refunded', 'Refunded', 'refunded'),
  {
    id: 'canceled',
    words: 'Canceled by the shop',
    means: 'real',
    async show(director) {
      await director.open();
      await director.cancel();
    },
  },
  {
    id: 'expired',
    words: 'Time is up',
    means: 'real',
    async show(director) {
      await director.open();
      await director.moveClock(day);
      await director.refresh();
    },
  },
];

function byHand(id: string, words: string, to: ByHand): CustomerState {
  return {
    id,
    words,
    means: 'by hand',
    async show(director) {
      await director.open();
      // Only what was paid can go back.
      await director.pay();
      await director.moveByHand(to);
    },
  };
}
