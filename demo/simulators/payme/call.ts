/** One call as the ledger keeps it. Credentials, full card numbers and SMS codes are never part of it. */
import type { AuthForm } from './read-auth.ts';

export interface Call {
  /** When it came in: ISO 8601, by the simulated clock. */
  at: string;
  /** The RPC method; `?` if the request was not read. */
  method: string;
  auth: AuthForm;
  /** The id of the receipt that it names, or made. */
  receipt?: string;
  /** The last four digits of the card that it is about. */
  card?: string;
  /** The first 24 digits of the token that it bears: they open nothing. */
  token?: string;
  /** What the service did: `ok`, `state:<state>`, `error:<code>`; `none` = nothing, or nothing yet. */
  outcome: string;
  /** The fault that met it, as `<when>:<kind>`. */
  fault?: string;
}
