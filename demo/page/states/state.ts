/** A state that a customer can meet, and how a new payment is brought to it. */

import { type CardCustomer, CodeCustomer, testPhone } from '../customers.ts';
import type { Opening, ScenarioRunner } from '../scenario-runner.ts';

export interface CustomerState {
  /** In the address of the page. */
  id: string;
  words: string;
  /**
   * `real`: reached by what a customer, a merchant, a network or a payment service does. `simulated`: the view is changed on its
   * way to the checkout.
   */
  means: 'real' | 'simulated';
  /** ISO 4217; absent for the demo's default. */
  currency?: 'MMK' | 'UZS';
  /** Brings a payment there. Simulators, clocks and line were reset before. */
  show(runner: ScenarioRunner): Promise<void>;
}

type CardAct = (customer: CardCustomer, runner: ScenarioRunner) => Promise<unknown>;

/**
 * A state of a payment by card. The customer acts first, and then the checkout is shown, because its card frame cannot be driven.
 */
export function byCard(id: string, words: string, act: CardAct, opening: Opening = { phone: testPhone }): CustomerState {
  return {
    id,
    words,
    means: 'real',
    currency: 'UZS',
    async show(runner) {
      await act(await runner.customer({ methods: 'card', ...opening }), runner);
      await runner.arrive();
    },
  };
}

type CodeAct = (customer: CodeCustomer, runner: ScenarioRunner) => Promise<unknown>;

/**
 * A state of a payment by code or SMS. The customer acts first, and then the checkout is shown.
 * @param amount As typed; 25.00 PLN by default.
 */
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
    async show(runner) {
      if (amount) runner.choose({ amount });
      await act(new CodeCustomer(await runner.begin(opening)), runner);
      await runner.arrive();
    },
  };
}
