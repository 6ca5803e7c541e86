/** A state a customer can meet, and how a fresh payment is brought there. */

import { type CardCustomer, CodeCustomer, testPhone } from '../customers.ts';
import type { Opening, ScenarioRunner } from '../scenario-runner.ts';

export interface CustomerState {
  /** In the address of the page. */
  id: string;
  words: string;
  /**
   * `real`: by what a customer, a merchant, a network or a payment service does. `simulated`: what the checkout is told of the payment is changed on
   * its way.
   */
  means: 'real' | 'simulated';
  /** ISO 4217, where it is not the demo's first. */
  currency?: 'MMK' | 'UZS';
  /** From the first day of the simulator, with clocks right and the line clear. */
  show(director: ScenarioRunner): Promise<void>;
}

/** A state that a customer comes to by card: they act first, and then the checkout is shown, for what happens in its frame cannot be driven. */
type CardAct = (customer: CardCustomer, director: ScenarioRunner) => Promise<unknown>;

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

/** A state that a customer comes to by SMS: they act first, and then the checkout is shown. 25.00 PLN, unless said otherwise. */
type CodeAct = (customer: CodeCustomer, director: ScenarioRunner) => Promise<unknown>;

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
