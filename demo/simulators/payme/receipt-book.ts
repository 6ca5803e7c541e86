/** The receipts, and what is still to happen to each: by the simulated clock, done as soon as anybody looks. */
import { drawId } from './draw-id.ts';
import type { Receipt, ReceiptState } from './receipt.ts';
import type { Till } from './till.ts';

export interface Step {
  receipt: Receipt;
  to: ReceiptState;
  at: number;
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
}

export function createReceiptBook(till: Till): ReceiptBook {
  let receipts: Receipt[] = [];
  let byId = new Map<string, Receipt>();
  let steps: Step[] = [];
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
  };
}

/** Never given twice, so that nobody takes the receipt of one day for that of another. */
let number = 2400;
