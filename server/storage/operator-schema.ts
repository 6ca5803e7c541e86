/** The tables of what people decide and do about payments. `schema.ts` has the rest, and says what the types mean. */

export interface DecisionsTable {
  id: string;
  payment_id: string;
  merchant_id: string;
  attempt_id: string | null;
  account: string | null;
  key: string | null;
  outcome: string;
  amount: number;
  currency: string;
  decided_by: string;
  note: string;
  version_seen: number;
  decided_at: number;
  superseded_by: string | null;
  superseded_at: number | null;
}

export interface RefundsTable {
  id: string;
  payment_id: string;
  merchant_id: string;
  attempt_id: string | null;
  amount: number;
  currency: string;
  how: string;
  status: string;
  requested_by: string;
  reference: string | null;
  note: string;
  requested_at: number;
  ended_at: number | null;
}

export interface ApprovalsTable {
  id: string;
  payment_id: string;
  merchant_id: string;
  act: string;
  body: string;
  amount: number;
  currency: string;
  status: string;
  requested_by: string;
  note: string;
  requested_at: number;
  decided_by: string | null;
  decided_at: number | null;
}

export interface FlagsTable {
  id: string;
  merchant_id: string;
  payment_id: string | null;
  kind: string;
  subject: string;
  reason: string;
  amount: number | null;
  currency: string | null;
  raised_at: number;
  closed_at: number | null;
  closed_by: string | null;
  note: string | null;
}

export interface PostbackItemsTable {
  id: string;
  postback_id: string;
  merchant_id: string;
  account: string;
  item_key: string;
  wallet: string | null;
  transaction_id: string | null;
  custom_transaction_id: string | null;
  label: string | null;
  amount: number | null;
  currency: string | null;
  signed_amount: number;
  status: string;
  payment_id: string | null;
  matched_by: string | null;
  note: string | null;
  received_at: number;
  matched_at: number | null;
}

export interface OperatorLogTable {
  id: string;
  operator: string;
  action: string;
  target: string;
  data: string;
  at: number;
  /** As in `audit`. */
  position: number | null;
  digest: string | null;
  hash: string | null;
}

export interface OperatorSchema {
  decisions: DecisionsTable;
  refunds: RefundsTable;
  approvals: ApprovalsTable;
  flags: FlagsTable;
  postback_items: PostbackItemsTable;
  operator_log: OperatorLogTable;
}
