/** What a payment service answers when a person asks what became of an attempt. */
import type { EvidenceRecord } from './records.ts';

/** What a payment service says of an attempt at this moment. */
export type Reading =
  | { kind: 'paid'; evidence: Pick<EvidenceRecord, 'upstream' | 'upstreamId' | 'amount' | 'currency'> }
  /** `closed`: nothing can be paid by it any more. Otherwise a call that was lost may still arrive. */
  | { kind: 'not_paid'; closed: boolean }
  /** The money was taken and has been given back. */
  | { kind: 'returned' }
  /** What would be read is of another attempt: a shop has named it after a restore (`recover-from-shop.ts`). */
  | { kind: 'not_ours' }
  /** The service still works on it. */
  | { kind: 'in_progress' }
  /** The service could not be reached, or its answer says nothing. */
  | { kind: 'unreadable' };
