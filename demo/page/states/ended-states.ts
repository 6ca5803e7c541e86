/** States where the payment is over, where its outcome is not known yet, and where a try was declined. */
import type { CardCustomer } from '../customers.ts';
import { answerLost, credited, drawNumber, half, nextCalls, notFound, readsFail, useCut } from '../faults.ts';
import { paymeOperator } from '../payme-operator.ts';
import type { ScenarioRunner } from '../scenario-runner.ts';
import { byCard, type CustomerState } from './state.ts';
import { byWallet, submitTwice } from './wallet-states.ts';

const day = 86_400_000;
/** Long enough for a tester to look at the payment. */
const longMs = 600_000;

export const endedStates: CustomerState[] = [
  {
    id: 'succeeded',
    words: 'Paid',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.pay();
    },
  },
  byCard('succeeded-fiscal', 'Paid, with a fiscal receipt', async (customer, runner) => {
    await customer.pay();
    await runner.atShop('fiscalReceipt');
  }),
  byWallet('succeeded-late', 'Paid late', async (runner) => {
    await runner.openTransfer();
    await runner.moveClock(day);
    await runner.refresh();
    await runner.submitNumber(drawNumber(credited));
  }),
  byWallet('underpaid', 'Paid in part', async (runner) => {
    await runner.openTransfer();
    await runner.submitNumber(drawNumber(half));
  }),
  byCard('refunding', 'Refund in progress', (customer, runner) => refund(customer, runner, longMs)),
  byCard('refunded', 'Refunded', async (customer, runner) => {
    await refund(customer, runner, 1);
    await customer.until(({ status }) => status === 'refunded');
  }),
  {
    id: 'canceled',
    words: 'Canceled by the shop',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.atShop('cancel');
    },
  },
  {
    id: 'expired',
    words: 'Expired',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.moveClock(day);
      await runner.refresh();
    },
  },
];

async function refund(customer: CardCustomer, runner: ScenarioRunner, cancelMs: number): Promise<void> {
  await paymeOperator.behave({ cancelMs });
  await customer.pay();
  await runner.atShop('refund');
}

const hour = 3_600_000;

/** The customer has clicked, and the outcome is not known yet. */
export const waitingStates: CustomerState[] = [
  {
    id: 'slow-click',
    words: 'Slow network at the click',
    means: 'real',
    async show(runner) {
      await runner.open({ line: true });
      await runner.line('slow');
      runner.startPaying();
    },
  },
  {
    id: 'slow-answer',
    words: 'Slow answer, then paid',
    means: 'real',
    async show(runner) {
      await runner.open();
      runner.startPaying('SLOW0001');
    },
  },
  { id: 'checking', words: 'Checking', means: 'real', show: (runner) => runner.payWithLostAnswer() },
  {
    id: 'checking-long',
    words: 'Checking for an hour',
    means: 'real',
    async show(runner) {
      await runner.payWithLostAnswer();
      await runner.moveClock(hour);
      await runner.refresh();
    },
  },
  {
    id: 'lost-then-paid',
    words: 'Code answer lost, then paid',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.faults([...answerLost, ...readsFail(3)]);
      await runner.pay();
    },
  },
  {
    id: 'lost-then-declined',
    words: 'Code answer lost, then declined',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.faults(useCut, 'RACE0001');
      await runner.pay('RACE0001');
    },
  },
  // Another payment claims the number too.
  byWallet('needs-review', 'Needs review', (runner) => submitTwice(runner, notFound)),
];

/** The try was declined: the customer may try again. */
export const declinedStates: CustomerState[] = [
  declined('wrong-code', 'Wrong code', 'NOPE2345'),
  declined('format-error', 'Not a code', 'ABC'),
  declined('used-code', 'Used code', 'USED0001'),
  declined('expired-code', 'Expired code', 'OLD00001'),
  declined('early-code', 'Not valid yet', 'SOON0001'),
  declined('value-too-low', 'Worth too little', 'LOW00001'),
  declined('value-too-high', 'Worth too much', 'HIGH0001'),
  declined('code-used-meanwhile', 'Code used meanwhile', 'RACE0001'),
  declined('provider-down', 'PayCodes fails', 'FAIL0001'),
  {
    id: 'too-many-tries',
    words: 'Too many tries',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.guessWrongly(8);
      await runner.pay();
    },
  },
  {
    id: 'connection-lost',
    words: 'Connection lost at the click',
    means: 'real',
    async show(runner) {
      await runner.open({ line: true });
      await runner.line('cut');
      await runner.pay();
    },
  },
  {
    id: 'maintenance',
    words: 'PayCodes in maintenance',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.faults(nextCalls(30, { op: 'get_code', when: 'before', kind: 'html' }));
      await runner.pay();
    },
  },
];

function declined(id: string, words: string, code: string): CustomerState {
  return {
    id,
    words,
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.pay(code);
    },
  };
}
