/** One call as the ledger keeps it. The secret is never part of it. */
export interface Call {
  /** When it came in: ISO 8601, by the simulated clock. */
  at: string;
  operation: Operation;
  wallet_type?: string | undefined;
  key1?: string | undefined;
  custom_transaction_id?: string | undefined;
  /** The `status` that the service decided on, `wrong_secret`, or `http500`; `none` = nothing, or nothing yet. */
  outcome: string;
  /** The fault that met it, as `<when>:<kind>`. */
  fault?: string;
}

export const operations = [
  'payment-systems/available',
  'transaction/create',
  'transaction/activate',
  'possible-transaction',
] as const;
export type Operation = (typeof operations)[number];
