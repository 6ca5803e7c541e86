/** The books of the simulated Paykassma: transfers into its accounts, and claims. All methods are synchronous, and so atomic. */
import { randomInt } from 'node:crypto';
import type * as z from 'zod';
import { identifierOf, type WalletAccount, walletAccounts } from './wallet-account.ts';

/** A transfer that a customer made in the app. Amounts are minor units here, and major units in the ledger, as on the wire. */
export interface Transfer {
  wallet: string;
  identifier: string;
  amount: number;
  currency: string;
  transaction_number: string;
  /** The claim that it was credited to; null where there is none. */
  custom_transaction_id: string | null;
  at: string;
}

/** A claim by `activate` or `possible-transaction`, with the wire's names. */
export interface Transaction {
  custom_transaction_id: string;
  wallet_type: string;
  label: string;
  key1: string;
  currency_code: string;
  /** The amount that was claimed. */
  amount: number;
  /** The amount that was credited; null where it was not. */
  deposit_amount: number | null;
  status: 'activated' | 'accepted' | 'pending' | 'possible' | 'refused';
  at: string;
}

export interface MoneyBook {
  /** Makes a transfer with a new transaction number. */
  transfer(to: WalletAccount, amount: number, at: string): Transfer;
  findTransfer(wallet: string, number: string): Transfer | undefined;
  findTransaction(customTransactionId: string): Transaction | undefined;
  add(transaction: Transaction): Transaction;
  /** Credits a claim, and uses up its transfer where there is one. */
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
      // Every wallet's number has at least one digit.
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

/** Never begins with 1, as the test numbers do. */
function drawNumber({ key1 }: WalletAccount): string {
  const first = key1.signs.replace(/[01]/g, '');
  const rest = Array.from({ length: key1.drawn - 1 }, () => key1.signs[randomInt(key1.signs.length)]);
  return `${first[randomInt(first.length)]}${rest.join('')}`;
}

/** What was transferred to each account, minor units. */
export const balancesOf = (transfers: readonly Transfer[]) =>
  walletAccounts.map((account) => ({
    wallet: account.type,
    name: account.name,
    identifier: identifierOf(account),
    currency: account.currency,
    balance: transfers.reduce((sum, { wallet, amount }) => sum + (wallet === account.type ? amount : 0), 0),
  }));

/** What an operation works on. */
export interface Environment {
  book: MoneyBook;
  /** ISO 8601. */
  at: string;
  /** Wallets that are switched off. */
  off: ReadonlySet<string>;
}

/** An answer and what follows it. */
export interface Outcome {
  status: number;
  body: Record<string, unknown> | string;
  /** A claim that was credited just now, so that a postback is due. */
  credited?: Transaction;
  /** A claim to credit later, with a postback. */
  creditLater?: Transaction;
  slow?: true;
}

export const fail = (message: unknown, status = 200): Outcome => ({ status, body: { status: 'fail', message } });
export const noWallet = 'No payment system found with such params or payment system is disabled';

/** Errors by field with status 422, as Laravel answers. A guess. */
export const invalid = (error: z.ZodError): Outcome =>
  fail(
    Object.fromEntries(
      error.issues.map((issue) => [issue.path.join('.') || 'request', [`The ${issue.path.join('.')} is invalid.`]]),
    ),
    422,
  );
