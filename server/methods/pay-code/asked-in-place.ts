/** A code that came by SMS and is wrong is asked for again where the customer is: beside what they had to send. */
import type { Outcome } from '../../payments/model/outcome.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';

export const askedInPlace = (outcome: Outcome, { action }: Pick<AttemptRecord, 'action'>): Outcome =>
  outcome.kind === 'refused' && action?.kind === 'send_sms' && action.then === 'enter_code'
    ? { ...outcome, kind: 'asked', watched: false }
    : outcome;
