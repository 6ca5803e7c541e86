/** All states that a customer can meet, in the order of a payment. */
import { cardMoneyStates, cardStates } from './card-states.ts';
import { discountStates, smsStates } from './code-states.ts';
import { declinedStates, endedStates, waitingStates } from './ended-states.ts';
import { enteringStates, openingStates } from './entering-states.ts';
import type { CustomerState } from './state.ts';
import { walletStates } from './wallet-states.ts';

export const customerStates: [words: string, states: CustomerState[]][] = [
  ['Loading', openingStates],
  ['Before paying', enteringStates],
  ['Codes by SMS', smsStates],
  ['Discounts', discountStates],
  ['Wallets', walletStates],
  ['Cards', cardStates],
  ['Charging a card', cardMoneyStates],
  ['Declined', declinedStates],
  ['Waiting', waitingStates],
  ['Ended', endedStates],
];

/** Undefined where there is no state of this id. */
export const findState = (id: string): CustomerState | undefined =>
  customerStates.flatMap(([, states]) => states).find((state) => state.id === id);

/** The words of the group that a state is in; empty where there is no state of this id. */
export const groupOf = (id: string): string =>
  customerStates.find(([, states]) => states.some((state) => state.id === id))?.[0] ?? '';
