/** The payment is over, or on its way back. */
import type { ByHand } from '../qa-api.ts';
import type { CustomerState } from './customer-state.ts';

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
  byHand('succeeded-late', 'Paid late', 'late'),
  byHand('underpaid', 'Paid in part', 'underpaid'),
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
      if (to === 'refunding' || to === 'refunded') await director.pay();
      await director.moveByHand(to);
    },
  };
}
