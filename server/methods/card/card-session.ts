/** One request's work on an attempt by card: it records each call before it is made, and settles the attempt with the outcome. */
import * as z from 'zod';
import type { Card } from '../../clients/payme/types.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { IntentCall, Outcome, Sealer } from '../../payments/model/ports.ts';
import type { AttemptInFlight, AttemptRecord, IntentRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardPaymentDeps } from './account.ts';

export interface CardSession {
  deps: CardPaymentDeps;
  account: CardAccount;
  payment: PaymentRecord;
  attempt: AttemptInFlight;
  /**
   * Records a call; await it before the call is made. A `charge` takes what is due, a `safeguard` makes sure that nothing more is
   * taken.
   * @throws {ProblemError} where the call must not be made
   */
  recordIntent(
    kind: 'preparation' | 'charge' | 'safeguard',
    operation: string,
    notes?: Record<string, string>,
  ): Promise<IntentRecord>;
  /** Stores the card with the attempt, sealed. */
  storeCard(card: StoredCard): Promise<void>;
}

/** Resolves when the outcome of `run` is stored. */
export async function runCardSession(
  deps: CardPaymentDeps,
  account: CardAccount,
  payment: PaymentRecord,
  attempt: AttemptInFlight,
  run: (session: CardSession) => Promise<Outcome>,
): Promise<void> {
  const calls = openSession(deps.payments, attempt, await deps.store.intents(attempt.id));
  const session: CardSession = {
    deps,
    account,
    // Read again now that the attempt has begun: another tab may have changed what is due just before.
    payment: (await deps.store.payment(payment.id)) ?? payment,
    attempt,
    recordIntent(kind, operation, notes = {}) {
      const { amount, discount } = session.payment;
      const call = paymeCall(attempt.id, operation, notes);
      return calls.recordIntent(kind === 'charge' ? { ...call, kind, amountDue: amount - discount } : { ...call, kind });
    },
    async storeCard(card) {
      const sealed = encryptCard(deps.sealer, attempt.id, card);
      await deps.payments.storeSecret(payment.id, attempt.id, { sealed, lastCharacters: card.number.slice(-4) });
    },
  };
  await calls.run(async () => calls.settle(await declineOnProblem(run, session)));
}

/** The intent of a call to Payme. The attempt's id is what Payme knows it by. */
export const paymeCall = (attemptId: string, operation: string, notes: Record<string, string>): IntentCall => ({
  operation,
  upstream: 'payme',
  naturalKey: attemptId,
  notes,
});

/**
 * `recordIntent` throws where a call must not be made, because the time is over or money has come in another way. Nothing was
 * sent then, so the attempt is declined.
 */
async function declineOnProblem(run: (session: CardSession) => Promise<Outcome>, session: CardSession): Promise<Outcome> {
  try {
    return await run(session);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const { field } = cause.extras;
    return { kind: 'declined', decline: { code: cause.code, ...(field && { field }) } };
  }
}

/**
 * What is stored of a card while its attempt goes on: the token, never the number. It is sealed for this attempt and erased when
 * the token was removed at Payme or became that of a saved card.
 */
const StoredCard = z.strictObject({
  token: z.string(),
  /** Masked. */
  number: z.string(),
  /** `cardFingerprint` of the card. */
  mark: z.string(),
  /** The customer wants to save the card. */
  save: z.boolean(),
  /** The id of the saved card that pays; absent for a new card. */
  savedId: z.string().optional(),
  /** The payer's phone, 12 digits. */
  phone: z.string().optional(),
});
export type StoredCard = z.infer<typeof StoredCard>;

/** A keyed hash by which the same card is recognised. It covers the masked number and the expiry, which is not stored itself. */
export const cardFingerprint = (sealer: Sealer, { number, expire }: Pick<Card, 'number' | 'expire'>): string =>
  sealer.fingerprint(`card ${number} ${expire}`);

const encryptCard = (sealer: Sealer, attemptId: string, card: StoredCard): string => sealer.seal(JSON.stringify(card), attemptId);

/** Throws if nothing is sealed, or was sealed under another key. */
export function decryptCard(sealer: Sealer, { id, sealed }: Pick<AttemptRecord, 'id' | 'sealed'>): StoredCard {
  if (sealed === null) throw new Error('an attempt by card without its token');
  return StoredCard.parse(JSON.parse(sealer.open(sealed, id)));
}
