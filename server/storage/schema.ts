/** The tables, the same in both engines: text, integers (milliseconds, minor units, 0 or 1) and JSON as text. */
import type { OperatorSchema } from './operator-schema.ts';
import type { ReconciliationSchema } from './reconciliation-schema.ts';
import type { WebhookLogSchema } from './webhook-log-schema.ts';

export interface PaymentsTable {
  id: string;
  merchant_id: string;
  order_id: string;
  /** The order's id while the payment is not over, else null. The column is unique, so an order has one live payment. */
  order_slot: string | null;
  label: string;
  description: string | null;
  status: string;
  version: number;
  sequence: number;
  test: number;
  amount: number;
  discount: number;
  discount_id: string | null;
  amount_paid: number;
  currency: string;
  paid_late: number;
  from_link: number;
  order_already_paid_by: string | null;
  accepted_amount: number | null;
  decided_by: string | null;
  amount_refunded: number;
  approval_id: string | null;
  methods: string;
  wallet_type: string | null;
  locale: string | null;
  phone: string | null;
  /** The digits of the phone from the last to the first, for a search by its end. */
  reversed_phone: string | null;
  items: string | null;
  return_urls: string;
  metadata: string;
  problem: string | null;
  fiscal_receipts: string | null;
  attempt_id: string | null;
  created_at: number;
  updated_at: number;
  expires_at: number;
  paid_at: number | null;
}

interface ClientSecretsTable {
  secret_hash: string;
  payment_id: string;
  created_at: number;
}

export interface AttemptsTable {
  id: string;
  payment_id: string;
  method: string;
  status: string;
  sealed: string | null;
  last_characters: string | null;
  action: string | null;
  submitted_reference: string | null;
  /** The submitted reference from its end, for a search by its last characters. */
  reversed_reference: string | null;
  waiting: string | null;
  problem: string | null;
  started_at: number;
  ended_at: number | null;
  unknown_since: number | null;
  checks: number;
  next_check_at: number | null;
  lease_until: number;
}

export interface DiscountsTable {
  id: string;
  payment_id: string;
  method: string;
  rule: string;
  status: string;
  sealed: string | null;
  last_characters: string | null;
  problem: string | null;
  created_at: number;
  ended_at: number | null;
  checks: number;
  next_check_at: number | null;
  lease_until: number;
}

export interface IntentsTable {
  id: string;
  attempt_id: string;
  payment_id: string;
  operation: string;
  upstream: string;
  natural_key: string;
  notes: string;
  status: string;
  created_at: number;
  ended_at: number | null;
}

export interface EvidenceTable {
  upstream: string;
  upstream_id: string;
  payment_id: string;
  attempt_id: string | null;
  method: string;
  amount: number;
  currency: string;
  taken_at: number;
  counted: number;
  disposition: string | null;
  disposition_payment_id: string | null;
  reported_by: string | null;
}

export interface ClaimsTable {
  account: string;
  key: string;
  payment_id: string;
  attempt_id: string;
  status: string;
  contested: number;
  claimed_at: number;
}

export interface CardsTable {
  id: string;
  merchant_id: string;
  label: string;
  account: string;
  sealed: string;
  number: string;
  mark: string;
  attempt_id: string;
  saved_at: number;
  removed_at: number | null;
}

interface TriesTable {
  kind: string;
  subject: string;
  count: number;
  resets_at: number;
}

export interface PostbacksTable {
  id: string;
  merchant_id: string;
  upstream: string;
  digest: string;
  body: string;
  status: string;
  received_at: number;
}

export interface AuditTable {
  id: string;
  payment_id: string;
  merchant_id: string;
  type: string;
  data: string;
  at: number;
  /** Its link in the hash chain, see `audit/chain.ts`; null for rows of versions that had no chain. */
  position: number | null;
  digest: string | null;
  hash: string | null;
}

/** Where a chain of the audit ends that belongs to no payment. */
interface AuditChainsTable {
  chain: string;
  position: number;
  hash: string;
}

export interface IdempotencyKeysTable {
  scope: string;
  key_hash: string;
  fingerprint: string;
  status: string;
  payment_id: string | null;
  lease_until: number;
  created_at: number;
}

export interface CodeBatchesTable {
  id: string;
  merchant_id: string;
  operation: string;
  key_hash: string;
  fingerprint: string;
  rule: string;
  count: number;
  status: string;
  sealed: string | null;
  created_at: number;
  ended_at: number | null;
}

interface KeyChecksTable {
  purpose: 'sealing' | 'lookup';
  id: string;
  value: string;
}

/** Since when calls may be missing from a database that was restored; `released_at`: when that was verified. */
interface RestoreHoldsTable {
  id: string;
  since: number;
  restored_at: number;
  released_at: number | null;
}

export interface Schema extends OperatorSchema, WebhookLogSchema, ReconciliationSchema {
  payments: PaymentsTable;
  client_secrets: ClientSecretsTable;
  attempts: AttemptsTable;
  discounts: DiscountsTable;
  intents: IntentsTable;
  evidence: EvidenceTable;
  claims: ClaimsTable;
  cards: CardsTable;
  tries: TriesTable;
  counted_tries: TriesTable & Pick<IntentsTable, 'attempt_id'>;
  postbacks: PostbacksTable;
  audit: AuditTable;
  audit_chains: AuditChainsTable;
  idempotency_keys: IdempotencyKeysTable;
  code_batches: CodeBatchesTable;
  key_checks: KeyChecksTable;
  restore_holds: RestoreHoldsTable;
}
