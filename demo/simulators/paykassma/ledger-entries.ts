/** The book as the ledger shows it: in the wire's own names, amounts in major units as on the wire. */
import { balancesOf, type MoneyBook, type Transaction, type Transfer } from './money-book.ts';
import type { PostbackSender, SentPostback } from './postback-sender.ts';

export interface LedgerEntries {
  /** The merchant's accounts, and what has come in there. */
  wallets: ReturnType<typeof balancesOf>;
  /** Every payment that a customer made in an app, oldest first. */
  transfers: readonly Transfer[];
  /** Every claim, oldest first. */
  transactions: readonly Transaction[];
  /** Every postback, oldest first, with what was answered. */
  postbacks: readonly SentPostback[];
}

export function ledgerEntries(book: MoneyBook, postbacks: PostbackSender): LedgerEntries {
  return {
    wallets: balancesOf(book.transfers()).map((wallet) => ({ ...wallet, balance: wallet.balance / 100 })),
    transfers: book.transfers().map((transfer) => ({ ...transfer, amount: transfer.amount / 100 })),
    transactions: book.transactions().map((transaction) => ({
      ...transaction,
      amount: transaction.amount / 100,
      deposit_amount: transaction.deposit_amount === null ? null : transaction.deposit_amount / 100,
    })),
    postbacks: postbacks.sent().map((postback) => structuredClone(postback)),
  };
}
