/** A state a customer can meet, and how a fresh payment is brought there. */
import type { Director } from '../scenario-runner.ts';

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
  show(director: Director): Promise<void>;
}
