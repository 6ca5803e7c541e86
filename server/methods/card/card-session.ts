/** One piece of work on an attempt by card, from its beginning to what came of it. */

import * as z from 'zod';
import type { Card } from '../../clients/payme/types.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import type { IntentCall, Outcome } from '../../payments/model/outcome.ts';
import type { Sealer } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardPaymentDeps } from './account.ts';

export interface CardSession {
  parts: CardPaymentDeps;
  account: CardAccount;
  payment: PaymentRecord;
  attempt: AttemptRecord;
  /** Writes a call down before it is made. Throws a ProblemError where it must not be made. */
  commit(operation: string, notes?: Record<string, string>, spends?: boolean): Promise<IntentRecord>;
  /** Puts the card away, sealed. */
  keep(card: StoredCard): Promise<void>;
}

export async function runCardSession(
  parts: CardPaymentDeps,
  account: CardAccount,
  payment: PaymentRecord,
  attempt: AttemptRecord,
  run: (work: CardSession) => Promise<Outcome>,
): Promise<void> {
  const session = openSession(parts.payments, attempt, await parts.store.intents(attempt.id));
  const work: CardSession = {
    parts,
    account,
    // As it is since the attempt has begun: what is due may have changed in another tab just before.
    payment: (await parts.store.payment(payment.id)) ?? payment,
    attempt,
    commit(operation, notes = {}, spends = false) {
      const { amount, discount } = work.payment;
      const call = paymeCall(attempt.id, operation, notes);
      if (spends) return session.recordIntent({ ...call, kind: 'charge', amountDue: amount - discount });
      // A cancel is made also where other money has paid meanwhile: a receipt that may still be paid must not be left behind.
      return session.recordIntent({ ...call, kind: operation === 'receipts.cancel' ? 'safeguard' : 'preparation' });
    },
    async keep(card) {
      const sealed = encryptCard(parts.sealer, attempt.id, card);
      await parts.payments.storeSecret(payment.id, attempt.id, { sealed, tail: card.number.slice(-4) });
    },
  };
  try {
    await session.settle(await orRefused(run, work));
  } catch (cause) {
    // Our own bug, or a store that fails: what was sent is not known here, so the reconciler finds out.
    await session.settle({ kind: 'unknown' }).catch(() => undefined);
    throw cause;
  }
}

export const paymeCall = (attemptId: string, operation: string, notes: Record<string, string>): IntentCall => ({
  operation,
  upstream: 'payme',
  naturalKey: attemptId,
  notes,
});

/** A call that must not be made ends the attempt before it: the time is over, or money has come another way. */
async function orRefused(run: (work: CardSession) => Promise<Outcome>, work: CardSession): Promise<Outcome> {
  try {
    return await run(work);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const { field } = cause.extras;
    return { kind: 'refused', refusal: { code: cause.code, ...(field && { field }) } };
  }
}

/**
 * What is kept of a card while an attempt goes on: its token, never its number. Sealed for this attempt; erased when the token has been
 * removed at Payme or has become a saved card's.
 */
const StoredCard = z.strictObject({
  token: z.string(),
  /** Masked. */
  number: z.string(),
  mark: z.string(),
  /** The customer wants it saved. */
  save: z.boolean(),
  /** Of a saved card: its id. */
  savedId: z.string().optional(),
  /** The payer's, 12 digits. */
  phone: z.string().optional(),
});
export type StoredCard = z.infer<typeof StoredCard>;

/** The same card has the same one again: of its masked number and its expiry, which is kept nowhere itself. */
export const cardFingerprint = (sealer: Sealer, { number, expire }: Pick<Card, 'number' | 'expire'>): string =>
  sealer.fingerprint(`card ${number} ${expire}`);

export const encryptCard = (sealer: Sealer, attemptId: string, card: StoredCard): string =>
  sealer.seal(JSON.stringify(card), attemptId);

/** Throws where nothing is sealed, or under another key. */
export function decryptCard(sealer: Sealer, { id, sealed }: Pick<AttemptRecord, 'id' | 'sealed'>): StoredCard {
  if (sealed === null) throw new Error('an attempt by card without its token');
  return StoredCard.parse(JSON.parse(sealer.open(sealed, id)));
}
