/** A state that a customer comes to by SMS: they act first, and then the checkout is shown. 25.00 PLN, unless said otherwise. */
import { CodeCustomer } from '../code-customer.ts';
import type { Director, Opening } from '../scenario-runner.ts';
import type { CustomerState } from './state.ts';

type CodeAct = (customer: CodeCustomer, director: Director) => Promise<unknown>;

/** @param amount Of the payment, as typed. */
export function byCode(
  id: string,
  words: string,
  act: CodeAct,
  { amount, ...opening }: Opening & { amount?: string } = {},
): CustomerState {
  return {
    id,
    words,
    means: 'real',
    async show(director) {
      if (amount) director.choose({ amount });
      await act(new CodeCustomer(await director.begin(opening)), director);
      await director.arrive();
    },
  };
}
