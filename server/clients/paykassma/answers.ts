/** What the Paykassma client answers. Values, refusals included; only a broken upstream is thrown (`UpstreamError`). */
import type { ReadAmount } from './minor-units.ts';
import type { RequestField } from './schema.ts';

/**
 * Paykassma's `fail`. Its text is of no stable wording, so it is not even kept; `fields` are those that a message by field
 * names, as far as we sent them.
 */
export interface Refused {
  kind: 'refused';
  fields: readonly RequestField[];
}

export interface AvailableWallet {
  walletType: string;
  /** ISO 4217. */
  currency: string;
  /** Where it stands in a list. */
  order: number;
  name: string;
  /** Inferred: true → the manual family, paid by `possibleTransaction`. */
  isManual: boolean;
  /** Inferred: true → the service wants a picture of the payment. */
  screenshot: boolean;
}

export type AvailableAnswer = { kind: 'available'; wallets: readonly AvailableWallet[] } | Refused;

export type CreateAnswer =
  /**
   * What the customer pays to, in the service's order. An open map: `identifier`, `account_type` and `is_check_amount` are
   * names of the wire, any other key is a caption ready to be shown.
   */
  { kind: 'requisites'; params: readonly (readonly [key: string, value: string | boolean | null])[] } | Refused;

export type ActivateAnswer =
  /** The money is here. The amount may differ from the one that was asked. */
  | { kind: 'credited'; amount: ReadAmount; currency: string }
  /** `ok` without a deposit: the transfer was found and nothing is credited yet. A postback may follow. */
  | { kind: 'accepted_not_credited' }
  /** Being checked. A postback may follow. */
  | { kind: 'pending' }
  /** No such transfer yet; the service goes on looking. A postback may follow. */
  | { kind: 'possible_transaction_created' }
  | Refused;

export type PossibleTransactionAnswer =
  /** Taken for a person to look at. Nothing is credited before a postback says so. */
  { kind: 'submitted' } | Refused;
