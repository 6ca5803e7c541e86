/** The payment is over, or on its way back. */

import type { CardCustomer } from '../customers.ts';
import { credited, drawNumber, half } from '../meaningful-numbers.ts';
import { pretendPayme } from '../pretend-payme.ts';
import type { Director } from '../scenario-runner.ts';
import { byCard } from './by-card.ts';
import type { CustomerState } from './state.ts';
import { byWallet } from './wallet-states.ts';

const day = 86_400_000;
/** As good as never, for who looks at the payment. */
const longMs = 600_000;

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
  byCard('refunding', 'Money on its way back', (customer, director) => giveBack(customer, director, longMs)),
  byCard('refunded', 'Refunded', async (customer, director) => {
    await giveBack(customer, director, 1);
    await customer.until(({ status }) => status === 'refunded');
  }),
  {
    id: 'canceled',
    words: 'Canceled by the shop',
    means: 'real',
    async show(director) {
      await director.open();
      await director.atShop('cancel');
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

async function giveBack(customer: CardCustomer, director: Director, cancelMs: number): Promise<void> {
  await pretendPayme.behave({ cancelMs });
  await customer.pay();
  await director.atShop('refund');
}
