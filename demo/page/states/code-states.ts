/** A code that comes by SMS, a code that is sent by SMS, and what is not taken of either. */
import { CardCustomer, CodeCustomer, goodCard, testPhone } from '../customers.ts';
import { pretendPayme } from '../pretend-payme.ts';
import { qaClient } from '../qa-client.ts';
import { byCode, type CustomerState } from './state.ts';

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

/** A code that takes something off: held, used with the rest, gone, and all of it. */
/** Less 5.00, and less a tenth, as much as a good code is worth. */
const lessFive = '30.00';
const lessTenth = '27.77';
/** The director's own: another one each time. */
const good = undefined;

export const discountStates: CustomerState[] = [
  typed('discount', 'Discount', lessFive, 'DISC5PLN'),
  typed('discount-twice', 'A second discount', lessFive, 'DISC5PLN', 'FIVE0001'),
  typed('discount-used', 'Discount used before', lessTenth, 'DISCUSED'),
  typed('discount-refused', 'Discount gone at the last moment', lessTenth, 'DISCRACE', good),
  typed('discount-unknown', 'Its use is not answered', lessTenth, 'DISCLOST', good),
  typed('discount-paid', 'Paid with a discount', lessFive, 'DISC5PLN', good),
  typed('discount-full', 'All of it off', '25.00', 'DISCFULL'),
  {
    id: 'discount-lost',
    words: 'Discount used elsewhere first, by card',
    means: 'real',
    currency: 'UZS',
    async show(director) {
      const [faster, payment] = [
        await director.begin({ phone: testPhone }),
        await director.begin({ methods: 'card', phone: testPhone }),
      ];
      for (const one of [faster, payment]) await new CodeCustomer(one).type('UZSP0002');
      for (const one of [faster, payment]) await new CardCustomer(one).pay();
      await director.arrive();
    },
  },
  {
    id: 'discount-declined',
    words: 'Discount used, card declined',
    means: 'real',
    currency: 'UZS',
    async show(director) {
      await pretendPayme.behave({ failAt: { [goodCard]: 'receipts.pay' } });
      const payment = await director.begin({ methods: 'card', phone: testPhone });
      await new CodeCustomer(payment).type('UZSP0001');
      await new CardCustomer(payment).pay();
      await director.arrive();
    },
  },
];

/** @param codes Typed one after the other. */
function typed(id: string, words: string, amount: string, ...codes: (string | undefined)[]): CustomerState {
  return {
    id,
    words,
    means: 'real',
    async show(director) {
      director.choose({ amount });
      await director.open();
      for (const code of codes) await director.pay(code);
    },
  };
}
