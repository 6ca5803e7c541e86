/** Why an act on a payment is refused: each is thrown before anything is changed. */
import { maybeSamePerson } from '#contract/operate';
import { ProblemError } from '../model/errors.ts';
import type { Actor } from '../model/operator-records.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

/** A field of the request does not fit the payment. */
export const invalid = (field: string, detail: string): ProblemError =>
  new ProblemError('invalid_request', { status: 422, field, detail });

/** The payment does not allow this. `detail` says why, for whoever acts. */
export const refuse = (detail: string): ProblemError => new ProblemError('decision_refused', { detail });

/** Throws `version_conflict` unless the payment is as whoever acts has seen it. */
export function assertVersion(payment: PaymentRecord, seen: number): void {
  if (payment.version === seen) return;
  const detail = `the payment is ${payment.status} now, at version ${payment.version}; version ${seen} was seen`;
  throw new ProblemError('version_conflict', { field: 'version', detail });
}

/**
 * Nobody records the return of money that they declared to be paid, or one person could make up both. Also where evidence or a later
 * decision has superseded their word.
 */
export async function assertDidNotDeclarePaid(payment: PaymentRecord, by: Actor, tx: Queries): Promise<void> {
  const decisions = payment.decidedBy === null ? [] : await tx.decisions(payment.id);
  if (decisions.some(({ outcome, decidedBy }) => outcome === 'paid' && maybeSamePerson(decidedBy, by)))
    throw refuse('who declared money to be paid cannot record its return: ask somebody else');
}
