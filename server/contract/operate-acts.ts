/**
 * What a person or the merchant's server may do about a payment that waits for them: requests and answers of `/v1/payments/:id/…`
 * and of the operator's `/operate/…`. Amounts are minor units.
 */
import * as z from 'zod/mini';
import { Transfer } from './next-action.ts';
import { AttemptStatus, EvidenceView, Payment } from './payment.ts';
import { atLeast, atMost, longestMerchantId, PaymentMethod } from './payment-basics.ts';

const id = z.string().check(z.regex(/^\w{1,64}$/));
/** Why, in the words of whoever acts. It stays in the history of the payment. */
const note = z.string().check(atLeast(3), atMost(500));
const amount = z.int().check(z.gte(0), z.lte(1_000_000_000_000));
const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
/** The version of the payment that whoever acts has seen. If the payment has moved since, the answer is 409. */
const version = z.int().check(z.gte(1));
/** E.g. the wallet's transaction number, or the number of a transfer back. */
const reference = z.string().check(atLeast(1), atMost(longestMerchantId));

/**
 * `POST …/resolve`: what became of the money of one attempt. `amount` and `currency`: what was paid, for `paid` and `returned`; 0 for
 * `not_paid`. `upstreamId`: what paid, where the attempt does not name it already.
 */
export const ResolvePayment = z.strictObject({
  outcome: z.enum(['paid', 'not_paid', 'returned']),
  attemptId: id,
  amount,
  currency,
  upstreamId: z.optional(reference),
  note,
  version,
});
export type ResolvePayment = z.infer<typeof ResolvePayment>;

/** `POST …/accept`: too little money is accepted as enough. */
export const AcceptPayment = z.strictObject({ note, version });
export type AcceptPayment = z.infer<typeof AcceptPayment>;

/** `POST …/reopen`: what a person decided was wrong, so the payment waits for a person again. */
export const ReopenPayment = z.strictObject({ note, version });
export type ReopenPayment = z.infer<typeof ReopenPayment>;

/**
 * `POST …/refund`. Without `byHand` the whole payment is returned by the payment service. With it, somebody has returned `amount`
 * already, and this records it; then `version` or an Idempotency-Key is required.
 */
export const RefundPayment = z.nullish(
  z.strictObject({
    byHand: z.optional(z.strictObject({ amount: z.int().check(z.gte(1)), currency, reference: z.optional(reference), note })),
    note: z.optional(note),
    version: z.optional(version),
  }),
);
export type RefundPayment = z.infer<typeof RefundPayment>;

/**
 * `POST …/dispose`: what becomes of money that is not counted. `counted`: it pays this payment. `moved`: it pays `toPaymentId`, a
 * payment of the same merchant and currency. `returned`: it was given back. `void`: there never was such money.
 */
export const DisposeEvidence = z.strictObject({
  upstreamId: reference,
  disposition: z.enum(['counted', 'moved', 'returned', 'void']),
  toPaymentId: z.optional(id),
  note,
  version,
});
export type DisposeEvidence = z.infer<typeof DisposeEvidence>;

/** `POST /operate/postbacks/:id/match`. `amount`, `currency`: from Paykassma's cabinet, where the signature does not cover them. */
export const MatchPostback = z.strictObject({
  paymentId: id,
  amount: z.optional(amount.check(z.gte(1))),
  currency: z.optional(currency),
  note,
});
export type MatchPostback = z.infer<typeof MatchPostback>;

const text = z.string().check(atLeast(1), atMost(190));
const moment = z.iso.datetime({ offset: true });

/**
 * `POST /operate/payments/recover`: a payment that a restored backup does not know, or knows as it was before. `payment`: as the shop
 * has it from the last webhook about it. Fields that are not listed here are ignored.
 */
export const RecoverPayment = z.strictObject({
  merchantId: id,
  payment: z.object({
    id: z.string().check(z.regex(/^pay_[0-9a-z]{26}$/)),
    orderId: text,
    label: text,
    amount: z.int().check(z.gte(1), z.lte(1_000_000_000_000)),
    currency,
    version: z.int().check(z.gte(1), z.lte(1_000_000_000)),
    attempts: z
      .array(
        z.object({
          id: z.string().check(z.regex(/^att_[0-9a-z]{26}$/)),
          method: PaymentMethod,
          status: AttemptStatus,
          startedAt: moment,
          lastCharacters: z.nullable(z.string().check(atMost(4))),
          submittedReference: z.nullable(reference),
          transfer: z.nullable(Transfer),
        }),
      )
      .check(atMost(100)),
    evidence: z
      .array(
        z.object({
          attemptId: z.nullable(z.string()),
          upstreamId: reference,
          amount,
          currency,
          disposition: EvidenceView.shape.disposition,
        }),
      )
      .check(atMost(100)),
  }),
  note,
});
export type RecoverPayment = z.infer<typeof RecoverPayment>;

/** A payment as far as it has to be shown before it is entered again; the rest of it is kept as it is. */
export type KeptPayment = Pick<RecoverPayment['payment'], 'id' | 'orderId' | 'amount' | 'currency'>;

/** The payment in what a shop has kept: the body of a webhook, or of an answer about the payment. Null if there is none in it. */
export function keptPayment(content: unknown): KeptPayment | null {
  const { data } = Object(content) as { data?: { payment?: unknown } };
  const payment = Object(data?.payment ?? content) as Partial<Record<keyof KeptPayment, unknown>>;
  const { id: paymentId, orderId, amount: due, currency: code } = payment;
  const isWhole =
    typeof paymentId === 'string' && typeof orderId === 'string' && typeof due === 'number' && typeof code === 'string';
  return isWhole ? (payment as KeptPayment) : null;
}

/** A decision about something that needs no more than a reason: to dismiss a postback or a flag, to confirm or reject an act. */
export const WithNote = z.strictObject({ note });
export type WithNote = z.infer<typeof WithNote>;

/**
 * An act above the merchant's threshold waits for a second person. `outdated`: the payment has changed since it was requested, so it
 * was not done and cannot be confirmed any more; `decidedBy` is null then.
 */
export const Approval = z.object({
  id: z.string(),
  paymentId: z.string(),
  act: z.enum(['resolve', 'accept', 'reopen', 'refund', 'dispose']),
  /** What will be done when it is confirmed, in one sentence. */
  summary: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['pending', 'confirmed', 'rejected', 'outdated']),
  requestedBy: z.string(),
  requestedAt: z.string(),
  note: z.string(),
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(z.string()),
});
export type Approval = z.infer<typeof Approval>;

/** The answer to an act of the merchant's server. `approval`: nothing was done yet (202), because a second person has to confirm it. */
export const DecidedPayment = z.extend(Payment, { approval: z.optional(Approval) });
export type DecidedPayment = z.infer<typeof DecidedPayment>;

/** The answer to an act of an operator: the payment as it is now. `approval`: nothing was done yet, because a second person has to confirm it. */
export const ActResult = z.object({ payment: Payment, approval: z.optional(Approval) });
export type ActResult = z.infer<typeof ActResult>;
