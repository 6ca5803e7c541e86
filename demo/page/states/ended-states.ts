/** The payment is over, or on its way back. */
import type { CardCustomer } from '../customers.ts';
import { answerLost, cannotBeAsked, credited, drawNumber, half, nextCalls, notFound, useCut } from '../faults.ts';
import { pretendPayme } from '../pretend-payme.ts';
import type { ScenarioRunner } from '../scenario-runner.ts';
import { byCard, type CustomerState } from './state.ts';
import { byWallet, tellTwice } from './wallet-states.ts';

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

async function giveBack(customer: CardCustomer, director: ScenarioRunner, cancelMs: number): Promise<void> {
  await pretendPayme.behave({ cancelMs });
  await customer.pay();
  await director.atShop('refund');
}

/** The click is made and its outcome is not known yet. */
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

/** A try that did not pay: the customer may try again in place. */
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
