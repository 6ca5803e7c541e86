/** What became of an attempt, in the words every method shares. */
import type { EvidenceRecord, Refusal } from './records.ts';

export type Outcome =
  /** An upstream says that it took this money. */
  | { kind: 'paid'; evidence: Pick<EvidenceRecord, 'upstream' | 'upstreamId' | 'amount' | 'currency'> }
  /** Proven: no money was taken. */
  | { kind: 'refused'; refusal: Refusal }
  /** Neither is proven; look again later. */
  | { kind: 'unknown' }
  /** Only a person can tell. `why` is for the operator. */
  | { kind: 'review'; why: string };
