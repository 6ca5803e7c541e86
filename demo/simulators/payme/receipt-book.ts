/**
 * The receipts with their planned changes of state, which happen by the simulated clock as soon as anybody reads, and the money
 * they move.
 */
import * as z from 'zod';
import { type Card, type CardBook, drawId } from './card-book.ts';

export interface Step {
  receipt: Receipt;
  to: ReceiptState;
  at: number;
}

/** The whole state. Cards and receipts are named by their index, because a test can make Payme answer the same id twice. */
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
  /** Replaces the planned changes of a receipt. */
  plan(receipt: Receipt, steps: readonly Omit<Step, 'receipt'>[]): void;
  /** Performs every change that is due. */
  settle(now: number): void;
  receipts(): readonly Receipt[];
  reset(): void;
  state(cards: readonly Card[]): ReceiptBookState;
  /** Replaces the whole state. */
  load(state: ReceiptBookState, cards: readonly Card[]): void;
}

export function createReceiptBook(money: MoneyLedger): ReceiptBook {
  let receipts: Receipt[] = [];
  let byId = new Map<string, Receipt>();
  let steps: Step[] = [];
  // Never repeated, also after a reset, so that nobody mistakes an old receipt for a new one.
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
      // Where a test makes an id repeat, it still leads to its first receipt.
      if (!byId.has(id)) byId.set(id, receipt);
      return receipt;
    },
    find: (id) => byId.get(id),
    plan(receipt, planned) {
      steps = [...steps.filter((step) => step.receipt !== receipt), ...planned.map((step) => ({ ...step, receipt }))];
      steps.sort((one, other) => one.at - other.at);
    },
    settle(now) {
      while (steps[0] && steps[0].at <= now) {
        const [{ receipt, to, at }] = steps.splice(0, 1) as [Step];
        if (!money.enter(receipt, to, at)) steps = steps.filter((step) => step.receipt !== receipt);
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
      steps = state.steps.flatMap(({ receipt: index, ...step }) => {
        const receipt = receipts[index];
        return receipt ? [{ ...step, receipt }] : [];
      });
      number = Math.max(number, ...receipts.map((receipt) => receipt.number));
    },
  };
}

/**
 * Payme's own numbers, explained in server/clients/payme/README.md: 4 = paid, 50 = cancelled, 5 = authorized, 21 = being cancelled,
 * 20 = stopped by an operator.
 */
export const ReceiptState = z.literal([0, 1, 2, 3, 4, 5, 6, 20, 21, 30, 50]);
export type ReceiptState = z.infer<typeof ReceiptState>;

/** Amounts in tiyin, times in milliseconds since the epoch, 0 = not yet. */
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
  /** Whether the money is to be authorized before it is captured. */
  hold: boolean;
  /** The card of the payment that was accepted. */
  card: Card | null;
  payer: Readonly<Record<string, unknown>> | null;
  /** Whether its cancellation was requested. */
  canceled: boolean;
  fiscalData: Readonly<Record<string, unknown>> | null;
}

/** Money that was taken from a card. Amount in tiyin. */
export interface Debit {
  receipt: string;
  amount: number;
  currency: number;
  /** The last four digits. */
  card: string;
  /** ISO 8601. */
  at: string;
  /** When it was refunded, always the whole amount; null where it was not. */
  refundedAt: string | null;
}

/** The whole state of the money ledger, by the receipts' indexes. */
export interface MoneyLedgerState {
  taken: readonly { receipt: number; debits: readonly Debit[] }[];
  deducted: readonly number[];
}

/** Moves money when a receipt enters a state: takes it, authorizes it or refunds it, at most once per receipt. */
export interface MoneyLedger {
  /** Moves a receipt into a state. @returns False where the card could not pay: then the receipt waits for a payment again. */
  enter(receipt: Receipt, state: ReceiptState, at: number): boolean;
  /** At most one, as long as this ledger is right. */
  debitsOf(receipt: Receipt): Debit[];
  debits(): readonly Debit[];
  reset(): void;
  state(receipts: readonly Receipt[]): MoneyLedgerState;
  /** Replaces the whole state. */
  load(state: MoneyLedgerState, receipts: readonly Receipt[]): void;
}

export function createMoneyLedger(cards: CardBook): MoneyLedger {
  // A list for each receipt, though it should hold one debit: a mistake must show in the ledger and not be hidden by a key.
  let taken = new Map<Receipt, Debit[]>();
  /** Receipts whose money is no longer on the card, whether taken or only authorized. */
  let deducted = new Set<Receipt>();
  const debitsOf = (receipt: Receipt) => taken.get(receipt) ?? [];
  const move = (number: string, tiyin: number) => cards.setBalance(number, cards.balance(number) + tiyin);

  function authorize(receipt: Receipt): boolean {
    const { card, amount } = receipt;
    if (deducted.has(receipt)) return true;
    if (!card || cards.balance(card.number) < amount) return false;
    move(card.number, -amount);
    deducted.add(receipt);
    return true;
  }
  function take(receipt: Receipt, at: number): boolean {
    if (debitsOf(receipt).length > 0) return true;
    if (!authorize(receipt)) return false;
    const { id, amount, currency } = receipt;
    const card = receipt.card?.number.slice(-4) ?? '';
    const debit: Debit = { receipt: id, amount, currency, card, at: iso(at), refundedAt: null };
    taken.set(receipt, [...debitsOf(receipt), debit]);
    receipt.payTime = at;
    return true;
  }
  function refund(receipt: Receipt, at: number): void {
    receipt.cancelTime = at;
    for (const debit of debitsOf(receipt)) debit.refundedAt = iso(at);
    if (!deducted.delete(receipt)) releaseCard(receipt);
    else if (receipt.card) move(receipt.card.number, receipt.amount);
  }

  return {
    enter(receipt, state, at) {
      const isPaid = takes.has(state) ? take(receipt, at) : state === 5 ? authorize(receipt) : true;
      receipt.state = isPaid ? state : 0;
      if (state === 50) refund(receipt, at);
      if (receipt.state === 0) releaseCard(receipt);
      return isPaid;
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
      const at = (index: number): Receipt => {
        const receipt = receipts[index];
        if (!receipt) throw new Error('money of a receipt that does not exist');
        return receipt;
      };
      taken = new Map(state.taken.map(({ receipt, debits }) => [at(receipt), [...debits]]));
      deducted = new Set(state.deducted.map(at));
    },
  };
}

const iso = (at: number) => new Date(at).toISOString();

/** Resets a receipt whose payment failed. */
function releaseCard(receipt: Receipt): void {
  if (receipt.card) receipt.card.spent = false;
  receipt.card = null;
  receipt.payer = null;
}

/** States in which the money was taken; 3 and 30 differ only in the supplier's books. */
const takes: ReadonlySet<ReceiptState> = new Set([3, 4, 30]);
