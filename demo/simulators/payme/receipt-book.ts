/** The receipts, and what is still to happen to each: by the simulated clock, done as soon as anybody looks. */

import type { Card } from './card.ts';
import { drawId } from './draw-id.ts';
import type { Receipt, ReceiptState } from './receipt.ts';
import type { Till } from './till.ts';

export interface Step {
  receipt: Receipt;
  to: ReceiptState;
  at: number;
}

/** All that the book holds. Cards and receipts are named by their place in their lists: an id may have been told twice. */
export interface ReceiptBookState {
  receipts: readonly (Omit<Receipt, 'card'> & { card: number | null })[];
  steps: readonly (Omit<Step, 'receipt'> & { receipt: number })[];
}

export interface ReceiptBook {
  add(
    order: Pick<Receipt, 'amount' | 'currency' | 'description' | 'detail' | 'account' | 'hold'>,
    now: number,
    id?: string,
  ): Receipt;
  find(id: string): Receipt | undefined;
  /** From now on and no other way. */
  plan(receipt: Receipt, steps: readonly Omit<Step, 'receipt'>[]): void;
  /** Lets everything happen that is due. */
  settle(now: number): void;
  receipts(): readonly Receipt[];
  reset(): void;
  state(cards: readonly Card[]): ReceiptBookState;
  /** Takes the place of all that was there. */
  load(state: ReceiptBookState, cards: readonly Card[]): void;
}

export function createReceiptBook(till: Till): ReceiptBook {
  let receipts: Receipt[] = [];
  let byId = new Map<string, Receipt>();
  let steps: Step[] = [];
  // Never given twice, nor after a reset, so that nobody takes the receipt of one day for that of another.
  let number = 2400;
  return {
    add(order, now, id = drawId(now)) {
      number += 1;
      const receipt: Receipt = {
        id,
        number,
        createTime: now,
        payTime: 0,
        cancelTime: 0,
        state: 0,
        ...order,
        card: null,
        payer: null,
        canceled: false,
        fiscalData: null,
      };
      receipts.push(receipt);
      // An id that is told a second time, by order of a test, goes on to lead to its first receipt.
      if (!byId.has(id)) byId.set(id, receipt);
      return receipt;
    },
    find: (id) => byId.get(id),
    plan(receipt, its) {
      steps = [...steps.filter((step) => step.receipt !== receipt), ...its.map((step) => ({ ...step, receipt }))];
      steps.sort((one, other) => one.at - other.at);
    },
    settle(now) {
      while (steps[0] && steps[0].at <= now) {
        const [{ receipt, to, at }] = steps.splice(0, 1) as [Step];
        if (!till.enter(receipt, to, at)) steps = steps.filter((step) => step.receipt !== receipt);
      }
    },
    receipts: () => receipts,
    reset() {
      receipts = [];
      byId = new Map();
      steps = [];
    },
    state: (cards) => ({
      receipts: receipts.map((receipt) => ({ ...receipt, card: receipt.card && cards.indexOf(receipt.card) })),
      steps: steps.map((step) => ({ ...step, receipt: receipts.indexOf(step.receipt) })),
    }),
    load(state, cards) {
      receipts = state.receipts.map((receipt) => ({ ...receipt, card: cards[receipt.card ?? -1] ?? null }));
      byId = new Map();
      for (const receipt of receipts) if (!byId.has(receipt.id)) byId.set(receipt.id, receipt);
      steps = state.steps.flatMap(({ receipt: place, ...step }) => {
        const receipt = receipts[place];
        return receipt ? [{ ...step, receipt }] : [];
      });
      number = Math.max(number, ...receipts.map((receipt) => receipt.number));
    },
  };
}
