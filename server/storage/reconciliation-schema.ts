/** The tables of the daily comparison with the payment services' lists. `schema.ts` has the rest, and says what the types mean. */

export interface PeriodicWorkTable {
  name: string;
  cursor: string | null;
  next_at: number;
  lease_until: number;
}

export interface ReconciliationsTable {
  id: string;
  merchant_id: string;
  day: string;
  source: string;
  status: string;
  problem: string | null;
  requested_by: string | null;
  started_at: number;
  ended_at: number | null;
  lease_until: number;
  there: number;
  here: number;
  foreign: number;
  differences: number;
}

export interface DifferencesTable {
  reconciliation_id: string;
  kind: string;
  upstream_id: string;
  payment_id: string | null;
  their_amount: number | null;
  their_currency: string | null;
  our_amount: number | null;
  our_currency: string | null;
  at: number;
  reason: string;
}

export interface ReconciliationSchema {
  periodic_work: PeriodicWorkTable;
  reconciliations: ReconciliationsTable;
  reconciliation_differences: DifferencesTable;
}
