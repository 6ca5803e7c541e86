/** A code that takes something off: held, used with the rest, gone, and all of it. */

import { CodeCustomer } from '../code-customer.ts';
import { CardCustomer } from '../customers.ts';
import { pretendPayme } from '../pretend-payme.ts';
import { goodCard, testPhone } from '../test-cards.ts';
import type { CustomerState } from './state.ts';

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
