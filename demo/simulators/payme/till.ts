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
