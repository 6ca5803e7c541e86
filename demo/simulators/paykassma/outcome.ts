/** What an operation is told, and what it brings about. */
import type * as z from 'zod';
import type { MoneyBook, Transaction } from './money-book.ts';

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
