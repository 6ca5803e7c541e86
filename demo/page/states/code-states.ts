/** A code that comes by SMS, a code that is sent by SMS, and what is not taken of either. */
import type { CodeCustomer } from '../code-customer.ts';
import { qaClient } from '../qa-client.ts';
import { byCode } from './by-code.ts';
import type { CustomerState } from './state.ts';

const minute = 60_000;
/** So long the page waits for an SMS, and a moment. */
const screenMs = 16 * minute;
const lenient = { seller: 'lenient' } as const;

export const smsStates: CustomerState[] = [
  byCode('sms-asked', 'SMS for a code', (customer) => customer.askForCode()),
  byCode('sms-wrong', 'Wrong code from the SMS', async (customer) => {
    await customer.askForCode();
    await customer.type('NOPE2345');
  }),
  byCode('sms-none-yet', 'No code yet', async (customer, director) => {
    await customer.askForCode();
    await director.moveClock(2 * minute);
  }),
  byCode('sms-paid', 'Paid by code from the SMS', async (customer) => {
    await customer.type(await customer.send(await customer.askForCode()));
  }),
  byCode(
    'sms-over',
    'Time is up, its code is unused',
    async (customer, director) => {
      await customer.send(await customer.askForCode());
      await director.moveClock(61 * minute);
      await customer.until(({ status }) => status === 'expired');
    },
    { lifetime: 3_600 },
  ),
  byCode('sms-dear', 'SMS that costs more', (customer) => customer.askForCode(), { ...lenient, amount: '12.50' }),
  byCode('sms-unfit', 'SMS of another price: not offered', async () => undefined, { amount: '12.50' }),
  byCode('reversed', 'Waiting for the SMS', (customer) => customer.askForText()),
  byCode('reversed-long', 'Waiting, screen time over', async (customer, director) => {
    await customer.askForText();
    await director.moveClock(screenMs);
  }),
  byCode('reversed-paid', 'SMS arrives late, then paid', async (customer, director) => {
    await customer.send(await customer.askForText(), screenMs);
    await director.moveClock(screenMs);
    await qaClient.moveClock('paycodes', { advanceMs: screenMs });
    await customer.recheck();
    await customer.until(({ status }) => status === 'succeeded');
  }),
  byCode(
    'reversed-over',
    'Time is up, SMS still counts',
    async (customer, director) => {
      await customer.askForText();
      await director.moveClock(61 * minute);
      await customer.until(({ status }) => status === 'expired');
    },
    { lifetime: 3_600 },
  ),
  byCode('reversed-left', 'Left: its code is used up', async (customer) => {
    const sms = await customer.askForText();
    await customer.leave();
    // Too late: it costs, and pays nothing.
    await customer.send(sms);
  }),
  byCode('reversed-typed', 'Shown code typed', typeShown, lenient),
  {
    id: 'code-excess',
    words: 'Worth too much: use it anyway?',
    means: 'real',
    async show(director) {
      await director.open(lenient);
      await director.pay('HIGH0001');
    },
  },
  {
    id: 'too-many-again',
    words: 'Too many tries again: longer wait',
    means: 'real',
    async show(director) {
      await director.open();
      await director.guessWrongly();
      await director.moveClock(screenMs);
      await director.guessWrongly();
      await director.pay();
    },
  },
];

/** After it was left: as long as it is waited for there is no field. */
async function typeShown(customer: CodeCustomer): Promise<void> {
  const { text } = await customer.askForText();
  await customer.leave();
  await customer.type(text.split(' ').at(-1) ?? '');
}
