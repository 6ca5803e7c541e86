/** Where money moves: a receipt that enters a state takes it, freezes it or gives it back. Never twice for one receipt, whoever asks. */
import type { CardBook } from './card-book.ts';
import type { Receipt, ReceiptState } from './receipt.ts';

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

export interface Till {
  /** Brings a receipt into a state. @returns false if the card could not pay: then the receipt waits for a payment again */
  enter(receipt: Receipt, state: ReceiptState, at: number): boolean;
  debitOf(receipt: Receipt): Debit | undefined;
  debits(): readonly Debit[];
  reset(): void;
}

export function createTill(cards: CardBook): Till {
  let debits = new Map<Receipt, Debit>();
  let frozen = new Set<Receipt>();

  function freeze(receipt: Receipt): boolean {
    if (debits.has(receipt) || frozen.has(receipt)) return true;
    const { card, amount } = receipt;
    if (!card || cards.balance(card.number) < amount) return false;
    cards.setBalance(card.number, cards.balance(card.number) - amount);
    frozen.add(receipt);
    return true;
  }
  function take(receipt: Receipt, at: number): boolean {
    if (!freeze(receipt)) return false;
    const { id, amount, currency, card } = receipt;
    if (!frozen.delete(receipt) || !card) return true;
    const fourDigits = card.number.slice(-4);
    debits.set(receipt, { receipt: id, amount, currency, card: fourDigits, at: new Date(at).toISOString(), refundedAt: null });
    receipt.payTime = at;
    return true;
  }
  function giveBack(receipt: Receipt, at: number): void {
    receipt.cancelTime = at;
    const debit = debits.get(receipt);
    const { card, amount } = receipt;
    const had = frozen.delete(receipt) || (debit && debit.refundedAt === null);
    if (debit) debit.refundedAt ??= new Date(at).toISOString();
    if (had && card) cards.setBalance(card.number, cards.balance(card.number) + amount);
    if (!had) letGo(receipt);
  }

  return {
    enter(receipt, state, at) {
      const able = takes.has(state) ? take(receipt, at) : state === 5 ? freeze(receipt) : true;
      receipt.state = able ? state : 0;
      if (state === 50) giveBack(receipt, at);
      if (receipt.state === 0) letGo(receipt);
      return able;
    },
    debitOf: (receipt) => debits.get(receipt),
    debits: () => [...debits.values()],
    reset() {
      debits = new Map();
      frozen = new Set();
    },
  };
}

/** A payment that comes to nothing. */
function letGo(receipt: Receipt): void {
  if (receipt.card) receipt.card.spent = false;
  receipt.card = null;
}

/** By then the money has gone: 3 and 30 are about the supplier's books only. */
const takes: ReadonlySet<ReceiptState> = new Set([3, 4, 30]);
