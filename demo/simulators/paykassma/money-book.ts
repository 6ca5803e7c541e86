/** The ledger of the simulated Paykassma: who paid what into which account, and who claimed it. All synchronous, so atomic. */
import { randomInt } from 'node:crypto';
import type * as z from 'zod';
import { identifierOf, type WalletAccount, walletAccounts } from './wallet-account.ts';

/** Money that a customer has sent in the app. Amounts are minor units in here, and as on the wire in the ledger. */
export interface Transfer {
  wallet: string;
  identifier: string;
  amount: number;
  currency: string;
  transaction_number: string;
  /** Who has claimed it, for good. */
  custom_transaction_id: string | null;
  at: string;
}

/** A claim that came in by `activate` or `possible-transaction`. In the wire's own names. */
export interface Transaction {
  custom_transaction_id: string;
  wallet_type: string;
  label: string;
  key1: string;
  currency_code: string;
  /** As it was asked for. */
  amount: number;
  /** As it was credited; null = it has not been. */
  deposit_amount: number | null;
  status: 'activated' | 'accepted' | 'pending' | 'possible' | 'refused';
  at: string;
}

export interface MoneyBook {
  /** The customer pays. @returns the transfer, with a number that nobody else has. */
  transfer(to: WalletAccount, amount: number, at: string): Transfer;
  findTransfer(wallet: string, number: string): Transfer | undefined;
  findTransaction(customTransactionId: string): Transaction | undefined;
  add(transaction: Transaction): Transaction;
  /** Credits a claim; the transfer, if there is one, is spent by it. */
  credit(transaction: Transaction, amount: number, transfer?: Transfer): void;
  transfers(): readonly Transfer[];
  transactions(): readonly Transaction[];
  reset(): void;
  /** Takes the place of all that was there; amounts in minor units. */
  load(state: { transfers: readonly Transfer[]; transactions: readonly Transaction[] }): void;
}

export function createMoneyBook(): MoneyBook {
  let transfers: Transfer[] = [];
  let transactions: Transaction[] = [];
  const book: MoneyBook = {
    transfer(to, amount, at) {
      let number = drawNumber(to);
      // No wallet gives a number without a digit.
      while (!/\d/.test(number) || book.findTransfer(to.type, number)) number = drawNumber(to);
      const transfer: Transfer = {
        wallet: to.type,
        identifier: identifierOf(to),
        amount,
        currency: to.currency,
        transaction_number: number,
        custom_transaction_id: null,
        at,
      };
      transfers.push(transfer);
      return transfer;
    },
    findTransfer: (wallet, number) => transfers.find((one) => one.wallet === wallet && one.transaction_number === number),
    findTransaction: (id) => transactions.find((one) => one.custom_transaction_id === id),
    add(transaction) {
      transactions.push(transaction);
      return transaction;
    },
    credit(transaction, amount, transfer) {
      transaction.status = 'activated';
      transaction.deposit_amount = amount;
      if (transfer) transfer.custom_transaction_id = transaction.custom_transaction_id;
    },
    transfers: () => transfers,
    transactions: () => transactions,
    reset() {
      transfers = [];
      transactions = [];
    },
    load(state) {
      transfers = [...state.transfers];
      transactions = [...state.transactions];
    },
  };
  return book;
}

/** Never one that begins with 1: those are the ones with a meaning of their own. */
function drawNumber({ key1 }: WalletAccount): string {
  const first = key1.signs.replace(/[01]/g, '');
  const rest = Array.from({ length: key1.drawn - 1 }, () => key1.signs[randomInt(key1.signs.length)]);
  return `${first[randomInt(first.length)]}${rest.join('')}`;
}

/** What each account has taken in, minor units. */
export const balancesOf = (transfers: readonly Transfer[]) =>
  walletAccounts.map((account) => ({
    wallet: account.type,
    name: account.name,
    identifier: identifierOf(account),
    currency: account.currency,
    balance: transfers.reduce((sum, { wallet, amount }) => sum + (wallet === account.type ? amount : 0), 0),
  }));

/** What an operation is told, and what it brings about. */
export interface World {
  book: MoneyBook;
  /** ISO 8601. */
  at: string;
  /** Wallets that are switched off. */
  off: ReadonlySet<string>;
}

/** What is answered, and what follows. */
export interface Outcome {
  status: number;
  body: Record<string, unknown> | string;
  /** Credited just now, so a postback is due. */
  credited?: Transaction;
  /** To be credited a while later, and told by postback. */
  creditLater?: Transaction;
  slow?: true;
}

export const fail = (message: unknown, status = 200): Outcome => ({ status, body: { status: 'fail', message } });
export const noWallet = 'No payment system found with such params or payment system is disabled';

/** A list of problems by field, with 422: as Laravel does. A guess. */
export const invalid = (error: z.ZodError): Outcome =>
  fail(
    Object.fromEntries(
      error.issues.map((issue) => [issue.path.join('.') || 'request', [`The ${issue.path.join('.')} is invalid.`]]),
    ),
    422,
  );
