/** What is known of a spending call before it is written down. */
import type { IntentRecord } from './records.ts';

export type NewIntent = Pick<IntentRecord, 'operation' | 'upstream' | 'naturalKey' | 'notes'>;
