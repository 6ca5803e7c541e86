/** A state that a customer comes to by card: they act first, and then the checkout is shown, for what happens in its frame cannot be driven. */
import type { CardCustomer } from '../customers.ts';
import type { Director, Opening } from '../scenario-runner.ts';
import { testPhone } from '../test-cards.ts';
import type { CustomerState } from './state.ts';

type CardAct = (customer: CardCustomer, director: Director) => Promise<unknown>;

export function byCard(id: string, words: string, act: CardAct, opening: Opening = { phone: testPhone }): CustomerState {
  return {
    id,
    words,
    means: 'real',
    currency: 'UZS',
    async show(director) {
      await act(await director.customer({ methods: 'card', ...opening }), director);
      await director.arrive();
    },
  };
}
