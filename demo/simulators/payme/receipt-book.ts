/** The receipts, and what is still to happen to each: by the simulated clock, done as soon as anybody looks. */

import * as z from 'zod';
import { type Card, type CardBook, drawId } from './card-book.ts';

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

/** A receipt as this Payme keeps it. Amounts in tiyin, times in milliseconds since the epoch, 0 = not yet. */
/** Payme's own numbers (payme.md §4): 4 = paid, 50 = cancelled, 5 = held, 21 = being cancelled, 20 = in the hands of an operator. */
export const ReceiptState = z.literal([0, 1, 2, 3, 4, 5, 6, 20, 21, 30, 50]);
export type ReceiptState = z.infer<typeof ReceiptState>;

export interface Receipt {
  id: string;
  /** The running number that the customer sees. */
  number: number;
  createTime: number;
  payTime: number;
  cancelTime: number;
  state: ReceiptState;
  amount: number;
  /** ISO 4217 number; 860 = UZS. */
  currency: number;
  description: string;
  detail: unknown;
  /** As it was sent. */
  account: Readonly<Record<string, unknown>>;
  /** It asked to be held before it is paid. */
  hold: boolean;
  /** The card of the payment that was accepted. */
  card: Card | null;
  payer: Readonly<Record<string, unknown>> | null;
  /** Somebody has asked for its cancellation. */
  canceled: boolean;
  fiscalData: Readonly<Record<string, unknown>> | null;
}

/** Where money moves: a receipt that enters a state takes it, freezes it or gives it back. Never twice for one receipt, whoever asks. */
/** Money that was taken from a card. Amount in tiyin. */
export interface Debit {
  receipt: string;
  amount: number;
  currency: number;
  /** The last four digits. */
  card: string;
  /** ISO 8601. */
  at: string;
  /** When it was given back, whole; null = it was not. */
  refundedAt: string | null;
}

/** All that the till holds, by the receipts' places in their list. */
export interface TillState {
  taken: readonly { receipt: number; debits: readonly Debit[] }[];
  deducted: readonly number[];
}

export interface Till {
  /** Brings a receipt into a state. @returns false if the card could not pay: then the receipt waits for a payment again */
  enter(receipt: Receipt, state: ReceiptState, at: number): boolean;
  /** None or one, as long as this till is right. */
  debitsOf(receipt: Receipt): Debit[];
  debits(): readonly Debit[];
  reset(): void;
  state(receipts: readonly Receipt[]): TillState;
  /** Takes the place of all that was there. */
  load(state: TillState, receipts: readonly Receipt[]): void;
}

export function createTill(cards: CardBook): Till {
  // A list for each, though it should be of one: a mistake is to be seen in the ledger, not to be covered by a key.
  let taken = new Map<Receipt, Debit[]>();
  /** Whose money is no longer on the card, taken or only held. */
  let deducted = new Set<Receipt>();
  const debitsOf = (receipt: Receipt) => taken.get(receipt) ?? [];
  const move = (number: string, tiyin: number) => cards.setBalance(number, cards.balance(number) + tiyin);

  function freeze(receipt: Receipt): boolean {
    const { card, amount } = receipt;
    if (deducted.has(receipt)) return true;
    if (!card || cards.balance(card.number) < amount) return false;
    move(card.number, -amount);
    deducted.add(receipt);
    return true;
  }
  function take(receipt: Receipt, at: number): boolean {
    if (debitsOf(receipt).length > 0) return true;
    if (!freeze(receipt)) return false;
    const { id, amount, currency } = receipt;
    const card = receipt.card?.number.slice(-4) ?? '';
    const debit: Debit = { receipt: id, amount, currency, card, at: iso(at), refundedAt: null };
    taken.set(receipt, [...debitsOf(receipt), debit]);
    receipt.payTime = at;
    return true;
  }
  function giveBack(receipt: Receipt, at: number): void {
    receipt.cancelTime = at;
    for (const debit of debitsOf(receipt)) debit.refundedAt = iso(at);
    if (!deducted.delete(receipt)) letGo(receipt);
    else if (receipt.card) move(receipt.card.number, receipt.amount);
  }

  return {
    enter(receipt, state, at) {
      const able = takes.has(state) ? take(receipt, at) : state === 5 ? freeze(receipt) : true;
      receipt.state = able ? state : 0;
      if (state === 50) giveBack(receipt, at);
      if (receipt.state === 0) letGo(receipt);
      return able;
    },
    debitsOf,
    debits: () => [...taken.values()].flat(),
    reset() {
      taken = new Map();
      deducted = new Set();
    },
    state: (receipts) => ({
      taken: [...taken].map(([receipt, debits]) => ({ receipt: receipts.indexOf(receipt), debits })),
      deducted: [...deducted].map((receipt) => receipts.indexOf(receipt)),
    }),
    load(state, receipts) {
      const at = (place: number): Receipt => {
        const receipt = receipts[place];
        if (!receipt) throw new Error('money of a receipt that does not exist');
        return receipt;
      };
      taken = new Map(state.taken.map(({ receipt, debits }) => [at(receipt), [...debits]]));
      deducted = new Set(state.deducted.map(at));
    },
  };
}

const iso = (at: number) => new Date(at).toISOString();

/** A payment that comes to nothing. */
function letGo(receipt: Receipt): void {
  if (receipt.card) receipt.card.spent = false;
  receipt.card = null;
  receipt.payer = null;
}

/** By then the money has gone: 3 and 30 are about the supplier's books only. */
const takes: ReadonlySet<ReceiptState> = new Set([3, 4, 30]);
