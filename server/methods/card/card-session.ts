/** One request's work on an attempt by card: it records each call before it is made, and settles the attempt with the outcome. */
import * as z from 'zod';
import { ProblemCode } from '#contract';
import type { Card } from '../../clients/payme/types.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import { noEffect } from '../../payments/attempts/record-intent.ts';
import { declineBy, ProblemError } from '../../payments/model/errors.ts';
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
  recordIntent(kind: 'preparation' | 'charge' | 'safeguard', call: PaymeCall): Promise<IntentRecord>;
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
    recordIntent(kind, call) {
      const { amount, discount } = session.payment;
      const recorded = paymeIntent(attempt.id, call);
      return calls.recordIntent(kind === 'charge' ? { ...recorded, kind, amountDue: amount - discount } : { ...recorded, kind });
    },
    async storeCard(card) {
      const sealed = encryptCard(deps.sealer, attempt.id, card);
      await deps.payments.storeSecret(payment.id, attempt.id, { sealed, lastCharacters: card.number.slice(-4) });
    },
  };
  await calls.run(async () => calls.settle(await declineOnProblem(run, session)));
}

const decimal = z.string().regex(/^\d+$/);

/**
 * The calls to Payme that are recorded, and what is noted of each. Notes that are not listed are left alone, since another version
 * may have written them.
 */
const PaymeCall = z.discriminatedUnion('operation', [
  z.object({ operation: z.enum(['cards.get_verify_code', 'cards.verify', 'receipts.create']), notes: z.object({}) }),
  z.object({
    operation: z.literal('receipts.pay'),
    notes: z.object({
      /** Payme's id of the receipt, here and below. */
      receipt: z.string(),
      /** Why Payme declined to charge the card. */
      declined: z.optional(ProblemCode),
      /** How many readings found the receipt at state 0; at how many milliseconds since 1970 the last one that was needed did. */
      zeros: decimal.optional(),
      stillSince: decimal.optional(),
    }),
  }),
  z.object({
    operation: z.literal('receipts.cancel'),
    /** `refund`: the cancel returns the money, and this is its number among those that do, from 1 on. */
    notes: z.object({ receipt: z.string(), refund: decimal.optional() }),
  }),
  z.object({
    operation: z.literal('receipts.send'),
    /** `outcome`: as in `noEffect`. */
    notes: z.object({ receipt: z.string(), outcome: z.literal(noEffect.outcome).optional() }),
  }),
]);
export type PaymeCall = z.infer<typeof PaymeCall>;
export type PayNotes = Extract<PaymeCall, { operation: 'receipts.pay' }>['notes'];

/** What is recorded of a call to Payme. The attempt's id is what Payme knows it by. */
export const paymeIntent = (attemptId: string, call: PaymeCall): IntentCall => ({
  ...call,
  upstream: 'payme',
  naturalKey: attemptId,
});

/** The calls of an attempt that is known from elsewhere. `receipt`: Payme's id of its receipt; null if nobody knows it. */
export const lostCalls = (attemptId: string, receipt: string | null): IntentCall[] => [
  paymeIntent(attemptId, { operation: 'receipts.create', notes: {} }),
  ...(receipt === null ? [] : [paymeIntent(attemptId, { operation: 'receipts.pay', notes: { receipt } })]),
];

/** A recorded call to Payme, with the notes of its operation. */
export type PaymeIntent = Omit<IntentRecord, keyof PaymeCall> & PaymeCall;

/** Throws if the notes do not fit the operation. Only we write them, so that is a bug of ours. */
export function readPaymeIntent(intent: IntentRecord): PaymeIntent {
  if (isPaymeIntent(intent)) return intent;
  throw new Error(`the intent ${intent.id} does not have the notes of ${intent.operation}`);
}

const isPaymeIntent = (intent: IntentRecord): intent is PaymeIntent => PaymeCall.safeParse(intent).success;

/**
 * `recordIntent` throws where a call must not be made, because the time is over or money has come in another way. Nothing was
 * sent then, so the attempt is declined.
 */
async function declineOnProblem(run: (session: CardSession) => Promise<Outcome>, session: CardSession): Promise<Outcome> {
  try {
    return await run(session);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    return { kind: 'declined', decline: declineBy(cause) };
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
  /** A keyed hash by which the same card is recognised. */
  mark: z.string(),
  /** The hashes under older keys, by which a card is recognised that was saved before keys were exchanged; absent without any. */
  olderMarks: z.array(z.string()).optional(),
  /** The customer wants to save the card. */
  save: z.boolean(),
  /** The id of the saved card that pays; absent for a new card. */
  savedId: z.string().optional(),
  /** The payer's phone, 12 digits. */
  phone: z.string().optional(),
});
export type StoredCard = z.infer<typeof StoredCard>;

/** What the same card is recognised by. It covers the masked number and the expiry, which is not stored itself. */
export function cardMarks(
  sealer: Sealer,
  { number, expire }: Pick<Card, 'number' | 'expire'>,
): Pick<StoredCard, 'mark' | 'olderMarks'> {
  const [mark = '', ...olderMarks] = sealer.fingerprints(`card ${number} ${expire}`);
  return { mark, ...(olderMarks.length > 0 && { olderMarks }) };
}

const encryptCard = (sealer: Sealer, attemptId: string, card: StoredCard): string => sealer.seal(JSON.stringify(card), attemptId);

/** Throws if nothing is sealed, or was sealed under another key. */
export function decryptCard(sealer: Sealer, { id, sealed }: Pick<AttemptRecord, 'id' | 'sealed'>): StoredCard {
  if (sealed === null) throw new Error('an attempt by card without its token');
  return StoredCard.parse(JSON.parse(sealer.open(sealed, id)));
}
