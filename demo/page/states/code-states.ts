/** States of codes by SMS, of discounts, and of codes that are not accepted. */
import { CardCustomer, CodeCustomer, goodCard, testPhone } from '../customers.ts';
import { paymeOperator } from '../payme-operator.ts';
import { qaClient } from '../qa-client.ts';
import { byCode, type CustomerState } from './state.ts';

const minute = 60_000;
/** A little longer than the page waits for an SMS. */
const screenMs = 16 * minute;
const lenient = { seller: 'lenient' } as const;

export const smsStates: CustomerState[] = [
  byCode('sms-requested', 'SMS for a code', (customer) => customer.requestCode()),
  byCode('sms-wrong', 'Wrong code from the SMS', async (customer) => {
    await customer.requestCode();
    await customer.type('NOPE2345');
  }),
  byCode('sms-no-code-yet', 'No code yet', async (customer, runner) => {
    await customer.requestCode();
    await runner.moveClock(2 * minute);
  }),
  byCode('sms-paid', 'Paid by code from the SMS', async (customer) => {
    await customer.type(await customer.send(await customer.requestCode()));
  }),
  byCode(
    'sms-expired',
    'Expired, code from the SMS unused',
    async (customer, runner) => {
      await customer.send(await customer.requestCode());
      await runner.moveClock(61 * minute);
      await customer.until(({ status }) => status === 'expired');
    },
    { lifetime: 3_600 },
  ),
  byCode('sms-costs-more', 'SMS that costs more', (customer) => customer.requestCode(), { ...lenient, amount: '12.50' }),
  byCode('sms-not-offered', 'SMS has another price: not offered', async () => undefined, { amount: '12.50' }),
  byCode('reversed', 'Waiting for the SMS', (customer) => customer.requestText()),
  byCode('reversed-still-waiting', 'Still waiting for the SMS', async (customer, runner) => {
    await customer.requestText();
    await runner.moveClock(screenMs);
  }),
  byCode('reversed-paid', 'SMS arrives late, then paid', async (customer, runner) => {
    await customer.send(await customer.requestText(), screenMs);
    await runner.moveClock(screenMs);
    await qaClient.moveClock('paycodes', { advanceMs: screenMs });
    await customer.recheck();
    await customer.until(({ status }) => status === 'succeeded');
  }),
  byCode(
    'reversed-expired',
    'Expired, SMS still counts',
    async (customer, runner) => {
      await customer.requestText();
      await runner.moveClock(61 * minute);
      await customer.until(({ status }) => status === 'expired');
    },
    { lifetime: 3_600 },
  ),
  byCode('reversed-abandoned', 'Shown code abandoned', async (customer) => {
    const sms = await customer.requestText();
    await customer.leave();
    // Too late: the SMS costs money and pays nothing.
    await customer.send(sms);
  }),
  byCode('reversed-typed', 'Shown code typed', typeShown, lenient),
  {
    id: 'code-excess',
    words: 'Worth more: use it anyway?',
    means: 'real',
    async show(runner) {
      await runner.open(lenient);
      await runner.pay('HIGH0001');
    },
  },
  {
    id: 'too-many-again',
    words: 'Too many tries again: longer wait',
    means: 'real',
    async show(runner) {
      await runner.open();
      await runner.guessWrongly(11);
      await runner.pay();
    },
  },
];

/** Types the shown code after leaving it: while the page waits for the SMS there is no field. */
async function typeShown(customer: CodeCustomer): Promise<void> {
  const { text } = await customer.requestText();
  await customer.leave();
  await customer.type(text.split(' ').at(-1) ?? '');
}

/** Prices that a discount of 5.00, or of a tenth, brings down to what a good code is worth. */
const lessFive = '30.00';
const lessTenth = '27.77';
/** Stands for the runner's own good code, another one each time. */
const good = undefined;

/** A discount that is reserved, used with the rest, lost, or pays everything. */
export const discountStates: CustomerState[] = [
  typed('discount', 'Discount', lessFive, 'DISC5PLN'),
  typed('discount-twice', 'A second discount', lessFive, 'DISC5PLN', 'FIVE0001'),
  typed('discount-used', 'Discount used before', lessTenth, 'DISCUSED'),
  typed('discount-used-meanwhile', 'Discount used meanwhile', lessTenth, 'DISCRACE', good),
  typed('discount-unknown', 'Discount, answer lost', lessTenth, 'DISCLOST', good),
  typed('discount-paid', 'Paid with a discount', lessFive, 'DISC5PLN', good),
  typed('discount-full', 'Discount of the whole amount', '25.00', 'DISCFULL'),
  {
    id: 'discount-lost',
    words: 'Discount used meanwhile, then card',
    means: 'real',
    currency: 'UZS',
    async show(runner) {
      const [faster, payment] = [
        await runner.begin({ phone: testPhone }),
        await runner.begin({ methods: 'card', phone: testPhone }),
      ];
      for (const one of [faster, payment]) await new CodeCustomer(one).type('UZSP0002');
      for (const one of [faster, payment]) await new CardCustomer(one).pay();
      await runner.arrive();
    },
  },
  {
    id: 'discount-declined',
    words: 'Discount used, card declined',
    means: 'real',
    currency: 'UZS',
    async show(runner) {
      await paymeOperator.behave({ failAt: { [goodCard]: 'receipts.pay' } });
      const payment = await runner.begin({ methods: 'card', phone: testPhone });
      await new CodeCustomer(payment).type('UZSP0001');
      await new CardCustomer(payment).pay();
      await runner.arrive();
    },
  },
];

/** @param codes Typed one after the other. */
function typed(id: string, words: string, amount: string, ...codes: (string | undefined)[]): CustomerState {
  return {
    id,
    words,
    means: 'real',
    async show(runner) {
      runner.choose({ amount });
      await runner.open();
      for (const code of codes) await runner.pay(code);
    },
  };
}
