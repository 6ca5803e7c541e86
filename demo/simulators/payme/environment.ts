/**
 * What every method of the simulated Payme gets to work with (`Environment`), how a call says who calls (`readAuth`), and what the
 * ledger records of a call (`Call`).
 */
import type { CardBook } from './card-book.ts';
import type { ReceiptBook } from './receipt-book.ts';
import type { Settings } from './settings.ts';

export interface Cashbox {
  /** 24 hexadecimal digits. */
  id: string;
  key: string;
}

export interface Environment {
  cashbox: Cashbox;
  settings: Settings;
  cards: CardBook;
  receipts: ReceiptBook;
  /** Milliseconds since the epoch, by the simulated clock. */
  now: number;
}

/** What the header `X-Auth` holds: `{id}` from a page, `{id}:{key}` from a server. */
export type AuthForm = 'none' | 'id' | 'key' | 'unknown_id' | 'wrong_key';

export function readAuth(header: unknown, cashbox: Cashbox): AuthForm {
  if (typeof header !== 'string' || header === '') return 'none';
  const [id, ...rest] = header.split(':');
  if (id !== cashbox.id) return 'unknown_id';
  if (rest.length === 0) return 'id';
  return rest.join(':') === cashbox.key ? 'key' : 'wrong_key';
}

/** One call as the ledger records it, without credentials, full card numbers and SMS codes. */
export interface Call {
  /** When it arrived: ISO 8601, by the simulated clock. */
  at: string;
  /** The RPC method; `?` if the request was not read. */
  method: string;
  auth: AuthForm;
  /** The id of the receipt that it names or creates. */
  receipt?: string;
  /** The last four digits of the card that it is about. */
  card?: string;
  /** The first 24 digits of its token: they open nothing. */
  token?: string;
  /** What the service did: `ok`, `state:<state>`, `error:<code>`; `none`: nothing yet. */
  outcome: string;
  /** The fault that it met, as `<when>:<kind>`. */
  fault?: string;
}
