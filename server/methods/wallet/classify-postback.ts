/** What a signed transaction of a postback proves about the attempt that it names, and the claim on its number. */
import type { ReadAmount } from '../../clients/paykassma/exact-json.ts';
import type { Postback, PostbackTransaction } from '../../clients/paykassma/postback.ts';
import type { Clock, EvidenceInput, Outcome } from '../../payments/model/ports.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { transferClaimKey } from './postback-items.ts';

/**
 * What a signed transaction proves about the attempt. Only what the signature covers is believed, and an unsigned amount where it is
 * the one that was asked for. Null if it does not show whether money came.
 */
export function classifyPostback(
  shape: Postback['shape'],
  { outcome, signed, unsigned, transactionId }: PostbackTransaction,
  payment: Pick<PaymentRecord, 'currency' | 'label'>,
  attempt: Pick<AttemptRecord, 'id' | 'action' | 'submittedReference'>,
  upstream: string,
): Outcome | null {
  if (outcome === 'refused') {
    return {
      kind: 'correction_requested',
      decline: { code: 'transfer_refused', field: 'transactionNumber' },
      unconfirmed: false,
    };
  }
  if (outcome !== 'credited' || attempt.action?.kind !== 'transfer') return null;
  const requested = attempt.action.amount;
  const money = (amount: number, currency: string): EvidenceInput => ({ upstream, upstreamId: attempt.id, amount, currency });
  // The evidence is stored even where the amount is not known, as 0: money has come, and that must not be forgotten. A person types
  // the amount in.
  const doubtful = (why: string, amount: ReadAmount | null, currency: string | null): Outcome => ({
    kind: 'needs_review',
    why,
    evidence: money(typeof amount === 'number' ? amount : 0, currency ?? payment.currency),
  });

  const amount = signed.amount ?? unsigned.amount;
  const currency = signed.currency ?? unsigned.currency;
  // A-Pay sends the id of its own order instead of the wallet's number.
  const number = shape === 'apay' ? null : transactionId;
  if (number === null || attempt.submittedReference === null) {
    // No number confirms that it is this transfer, so whatever else the postback says of it has to agree.
    const label = signed.label ?? unsigned.label;
    const wallet = signed.walletType ?? unsigned.walletType;
    if (label !== null && label.trim() !== payment.label.trim())
      return doubtful('credited to another customer than the one of this payment', signed.amount, signed.currency);
    if (wallet !== null && wallet.trim().toLowerCase() !== attempt.action.walletType)
      return doubtful('credited by another wallet than the one that was shown', signed.amount, signed.currency);
  } else if (number.toUpperCase() !== attempt.submittedReference.toUpperCase()) {
    return doubtful('credited under another number than the customer entered', amount, currency);
  }
  if (amount === null || amount === 'inexact' || amount <= 0)
    return doubtful('credited without an amount that can be represented exactly', null, currency);
  // Whoever decides types the amount in, from Paykassma's cabinet: the reported one could be anybody's.
  if (signed.amount === null && (amount !== requested || (currency ?? payment.currency) !== payment.currency)) {
    return doubtful(`an amount that is not signed and differs from the asked one: ${amount} in minor units`, null, null);
  }
  return { kind: 'paid', evidence: money(amount, currency ?? payment.currency) };
}

/**
 * Claims the number of a credited transaction for the attempt that it names, so that nobody can say later that it paid another
 * payment. Where it has paid already, or another customer has submitted it, a person has to look. A person's word that it paid another
 * attempt of the same payment is superseded: the claim goes to the attempt that the service names.
 */
export async function claimReported(
  { store, clock }: { store: Pick<Store, 'claim' | 'claimOf' | 'updateClaim' | 'evidence'>; clock: Clock },
  account: string,
  shape: Postback['shape'],
  { transactionId }: PostbackTransaction,
  { id: attemptId, paymentId, action }: AttemptRecord,
  outcome: Outcome,
): Promise<Outcome> {
  if (outcome.kind !== 'paid' || shape === 'apay' || transactionId === null || action?.kind !== 'transfer') return outcome;
  const key = transferClaimKey(action.walletType, transactionId);
  const claim = { account, key, paymentId, attemptId, status: 'active', contested: false, claimedAt: clock.now() } as const;
  if (await store.claim(claim)) return outcome;
  const existing = await store.claimOf(account, key);
  if (!existing || existing.attemptId === attemptId || existing.status === 'released') return outcome;
  const { evidence } = outcome;
  if (existing.paymentId === paymentId) {
    const hasPaid = (await store.evidence(paymentId)).some((row) => row.attemptId === existing.attemptId);
    if (hasPaid) return { kind: 'needs_review', why: 'the number has paid by another attempt of this payment', evidence };
    await store.updateClaim({ ...existing, attemptId });
    return outcome;
  }
  await store.updateClaim({ ...existing, contested: true });
  return { kind: 'needs_review', why: `the number is that of payment ${existing.paymentId}`, evidence };
}
