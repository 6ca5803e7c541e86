/** The SMS code was right: what becomes of the money. */
import type { CardCustomer } from '../customers.ts';
import { payCut, payLost } from '../payme-mishaps.ts';
import { pretendPayme } from '../pretend-payme.ts';
import type { Director } from '../scenario-runner.ts';
import { goodCard, testCards } from '../test-cards.ts';
import { byCard } from './by-card.ts';
import type { CustomerState } from './state.ts';

const day = 86_400_000;
/** A moment longer than a receipt has to stand still before it is given up. */
const restMs = 61_000;

export const cardMoneyStates: CustomerState[] = [
  byCard('card-paid', 'Paid by card', (customer) => customer.pay()),
  byCard('card-no-funds', 'Not enough money on it', async (customer) => {
    await pretendPayme.behave({ balances: { [goodCard]: 10_000 } });
    await customer.pay();
  }),
  byCard('card-declined', 'Card declined', async (customer) => {
    await pretendPayme.behave({ failAt: { [goodCard]: 'receipts.pay' } });
    await customer.pay();
  }),
  byCard('card-declined-slowly', 'Declined after 10 seconds', (customer) => customer.pay(slowCard)),
  byCard('card-checking', 'Charging, answer lost', async (customer) => {
    await pretendPayme.behave({ refuse: { 'receipts.check': -32_400, 'receipts.get': -32_400 } });
    await pretendPayme.faults(payLost, goodCard);
    await customer.pay();
  }),
  byCard('card-stepwise', 'Charging in steps, then paid', async (customer) => {
    await pretendPayme.behave({ pay: 'stepwise' });
    await customer.pay();
  }),
  byCard('card-settled-paid', 'Answer lost, then paid', async (customer) => {
    await pretendPayme.faults(payLost, goodCard);
    await customer.pay();
  }),
  byCard('card-settled-refused', 'Never charged, try again', async (customer, director) => {
    await pretendPayme.faults(payCut, goodCard);
    await customer.pay();
    await standStill(customer, director);
  }),
  byCard('card-reversed', 'Charged and given back', async (customer) => {
    await payInSteps(customer);
    await pretendPayme.moveReceipt(3, 50);
    await customer.recheck();
    await customer.until(({ status }) => status === 'open');
  }),
  byCard('card-review', 'Payme’s operator looks at it', async (customer) => {
    await payInSteps(customer);
    await pretendPayme.moveReceipt(20);
    await customer.recheck();
    await customer.until(({ nextAction }) => nextAction.kind === 'wait' && nextAction.reason === 'review');
  }),
];

const slowCard = testCards.at(-1)?.number;

/** The receipt stays where it was put. */
async function payInSteps(customer: CardCustomer): Promise<void> {
  await pretendPayme.behave({ pay: 'stepwise', stepMs: day });
  await customer.pay();
}

/** Reading by reading, until the receipt is given up. */
async function standStill(customer: CardCustomer, director: Director): Promise<void> {
  for (let times = 0; times < mostReadings && (await customer.view()).status === 'processing'; times += 1) {
    await director.moveClock(restMs);
    await customer.recheck();
    await pretendPayme.untilRead(times + 1);
  }
  await customer.until(({ status }) => status === 'open');
}

/** Three of them, and one more a while later; each may be one of two. */
const mostReadings = 6;
