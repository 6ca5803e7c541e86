/** Every state a customer can meet, in the order they meet them. */
import { cardMoneyStates } from './card-money-states.ts';
import { cardStates } from './card-states.ts';
import { smsStates } from './code-states.ts';
import { discountStates } from './discount-states.ts';
import { endedStates } from './ended-states.ts';
import { enteringStates } from './entering-states.ts';
import { openingStates } from './opening-states.ts';
import { refusedStates } from './refused-states.ts';
import type { CustomerState } from './state.ts';
import { waitingStates } from './waiting-states.ts';
import { walletStates } from './wallet-states.ts';

export const customerStates: [words: string, states: CustomerState[]][] = [
  ['Opening', openingStates],
  ['Entering', enteringStates],
  ['Codes by SMS', smsStates],
  ['Discounts', discountStates],
  ['Wallets', walletStates],
  ['Cards', cardStates],
  ['Charging a card', cardMoneyStates],
  ['Refused', refusedStates],
  ['Waiting', waitingStates],
  ['Over', endedStates],
];

/** Undefined where there is none of this name. */
export const findState = (id: string): CustomerState | undefined =>
  customerStates.flatMap(([, states]) => states).find((state) => state.id === id);
