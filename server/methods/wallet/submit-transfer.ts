/**
 * A customer submits the number of a transfer that they have made. The number is claimed and its call recorded in one commit,
 * sent to Paykassma once, and the attempt is settled with the answer.
 */
import { type ProblemCode, readTransactionNumber, type Transfer } from '#contract';
import { UpstreamError } from '../../clients/http.ts';
import type { Activation, Screenshot } from '../../clients/paykassma/client.ts';
import type { ReadAmount } from '../../clients/paykassma/exact-json.ts';
import { lastCharacters } from '../../payments/attempts/attempt.ts';
import { type AttemptSession, openSession } from '../../payments/attempts/attempt-session.ts';
import { DuplicateClaimError } from '../../payments/attempts/record-intent.ts';
import { declineBy, ProblemError, StoreUnavailable } from '../../payments/model/errors.ts';
import type { LostAttemptFacts, Outcome } from '../../payments/model/ports.ts';
import type { AttemptInFlight, AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { Payments } from '../../payments/payments.ts';
import type { WalletAccount, WalletDeps } from './account.ts';
import { countNumber, type NumberLimitDeps } from './number-limits.ts';
import { transferClaimKey } from './postback-items.ts';
import { findWallet, type Wallet } from './wallets.ts';

interface TransferDeps extends NumberLimitDeps {
  store: Store;
  payments: Payments;
}

interface SubmittedTransfer {
  /** As typed or pasted. */
  transactionNumber: string;
  screenshot?: Screenshot;
}

/**
 * Resolves when the outcome is stored; the payment's view shows it.
 * @throws {ProblemError} if nothing was changed: `method_unavailable`, `number_format`, `screenshot_format`, `too_many_attempts`,
 * `payment_processing`, `payment_expired`
 */
export async function submitTransfer(
  deps: TransferDeps,
  payment: PaymentRecord,
  { transactionNumber, screenshot }: SubmittedTransfer,
  ip: string,
): Promise<void> {
  const account = deps.account(payment.merchantId);
  const action = lastTransfer(await deps.store.attempts(payment.id));
  if (!account || !action) throw new ProblemError('method_unavailable');
  const number = readTransactionNumber(transactionNumber, action.number);
  if (number === null) throw new ProblemError('number_format', { field: 'transactionNumber' });
  if (action.screenshot !== (screenshot !== undefined)) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  const counted = await countNumber(deps, account, payment, { walletType: action.walletType, number, ip });
  const attempt = await deps.payments
    .acceptSubmission(payment.id, {
      method: 'wallet',
      submittedReference: number,
      lastCharacters: lastCharacters(number) || null,
      // The number was read by the rule of this wallet. It must not be sent as that of another wallet, chosen in another tab
      // meanwhile.
      guard: (earlier) =>
        lastTransfer(earlier)?.walletType === action.walletType
          ? (checkTransactionNumberLimit(number)(earlier) ?? counted.guard(earlier))
          : { code: 'payment_processing', field: 'walletType' },
    })
    .catch(async (cause: unknown) => {
      await counted.giveBack();
      throw cause;
    });
  const session = openSession(deps.payments, attempt);
  await session.run(async () => {
    const outcome = await sendNumber(deps, { account, payment, attempt, session, number, screenshot });
    // First the answer, which cannot be asked for again.
    await session.settle(outcome);
    await counted.settle(attempt.id, outcome);
  });
}

/** The requisites that the customer was shown last. */
const lastTransfer = (attempts: readonly AttemptRecord[]): Transfer | undefined =>
  attempts.flatMap(({ action }) => (action?.kind === 'transfer' ? [action] : [])).at(-1);

/**
 * So many different numbers may be submitted for one payment. Who mistypes more often needs a person, and who guesses is stopped.
 */
const mostNumbers = 5;
/** A number that Paykassma has refused may be submitted again, but each time is a call, so the submissions are limited too. */
const mostSubmissions = 20;
/** Submissions with those that were not sent, because Paykassma or the database could not be reached: each costs rows here. */
const mostTries = 60;
/** The problem of a number that was certainly not sent. */
const unsent: ProblemCode = 'provider_unavailable';

const checkTransactionNumberLimit =
  (number: string) =>
  (earlier: readonly AttemptRecord[]): Decline | null => {
    const submitted = earlier.flatMap(({ method, submittedReference, problem }) =>
      method === 'wallet' && submittedReference !== null ? [{ submittedReference, sent: problem?.code !== unsent }] : [],
    );
    const sent = submitted.flatMap((one) => (one.sent ? [one.submittedReference] : []));
    const numbers = new Set(sent).add(number);
    const tooMany = numbers.size > mostNumbers || sent.length >= mostSubmissions || submitted.length >= mostTries;
    // However long the customer waits, this payment takes no further number.
    return tooMany ? { code: 'too_many_attempts' } : null;
  };

/** A transaction number that the customer submitted for this attempt, as the rule of its wallet reads it. */
interface SubmittedNumber {
  account: WalletAccount;
  payment: PaymentRecord;
  attempt: AttemptInFlight;
  session: AttemptSession;
  number: string;
  screenshot: Screenshot | undefined;
}

/**
 * The calls to Paykassma that are recorded, and what is noted of each. Only the operator reads the notes: the claim says whose the
 * number is.
 */
type TransferCall = { operation: 'activate' | 'possible-transaction'; notes: { wallet: string; number: string } };

const transferCall = ({ walletType, family }: Wallet, number: string): TransferCall => ({
  operation: family === 'manual' ? 'possible-transaction' : 'activate',
  notes: { wallet: walletType, number },
});

/** How the submission of an attempt that a restore has lost is entered again. */
export function lostTransfer(
  { id: account, upstream }: Pick<WalletAccount, 'id' | 'upstream'>,
  { id, action, submittedReference: number }: Pick<AttemptRecord, 'id' | 'action' | 'submittedReference'>,
): LostAttemptFacts {
  if (action?.kind !== 'transfer' || number === null) return { upstream, calls: [], claim: null };
  const call = transferCall(findWallet(action.walletType), number);
  const claim = { account, key: transferClaimKey(action.walletType, number) };
  return { upstream, calls: [{ ...call, upstream: account, naturalKey: id }], claim };
}

async function sendNumber(
  deps: WalletDeps,
  { account, payment, attempt, session, number, screenshot }: SubmittedNumber,
): Promise<Outcome> {
  const { action } = attempt;
  if (action?.kind !== 'transfer') throw new Error('a transaction number for an attempt that shows no requisites');
  const wallet = findWallet(action.walletType);
  try {
    await session.recordIntent({
      ...transferCall(wallet, number),
      kind: 'submitted_transfer',
      upstream: account.id,
      naturalKey: attempt.id,
      claim: { account: account.id, key: transferClaimKey(wallet.walletType, number) },
    });
  } catch (cause) {
    if (cause instanceof DuplicateClaimError) return { kind: 'needs_review', why: 'another payment claims this number' };
    // The number is not sent now, and nobody else will ever send it, though the intent may have been recorded.
    if (cause instanceof StoreUnavailable) return correct({ code: 'provider_unavailable' });
    if (!(cause instanceof ProblemError)) throw cause;
    return correct(declineBy(cause));
  }
  const activation = {
    walletType: wallet.walletType,
    currency: payment.currency,
    label: payment.label,
    amount: action.amount,
    key1: number,
    customTransactionId: attempt.id,
  };
  return activateTransfer(deps, account, activation, screenshot);
}

/** Sends a transaction number to Paykassma, once. Its intent must be recorded before. */
export async function activateTransfer(
  { observer }: Pick<WalletDeps, 'observer'>,
  { upstream, client }: WalletAccount,
  activation: Activation,
  screenshot: Screenshot | undefined,
): Promise<Outcome> {
  const operation = screenshot ? 'possible_transaction' : 'activate';
  try {
    const answer = screenshot
      ? await client.possibleTransaction({ ...activation, screenshot })
      : await client.activate(activation);
    observer.upstreamCall('paykassma', operation, answer.kind);
    switch (answer.kind) {
      case 'credited':
        return credited(upstream, activation.customTransactionId, answer.amount, answer.currency);
      case 'accepted_not_credited':
        return { kind: 'waiting', reason: 'transfer_accepted' };
      case 'pending':
      case 'submitted':
        return { kind: 'waiting', reason: 'transfer_pending' };
      case 'possible_transaction_created':
        return correct({ code: 'transfer_not_found', field: 'transactionNumber' }, true);
      case 'refused':
        // We send each of our ids once. If Paykassma knows it already, a gateway on the way has repeated the call, and the first
        // one may have been credited.
        if (answer.fields.includes('custom_transaction_id')) return { kind: 'unknown' };
        return correct({ code: 'transfer_refused', field: 'transactionNumber' });
    }
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paykassma', operation, cause.fault);
    return cause.fault === 'not_sent' ? correct({ code: 'provider_unavailable' }) : { kind: 'unknown' };
  }
}

/**
 * The customer may correct the number and submit it again.
 * @param unconfirmed Whether Paykassma may still find this transfer, so that the number stays claimed.
 */
const correct = (decline: Decline, unconfirmed = false): Outcome => ({ kind: 'correction_requested', decline, unconfirmed });

/** If the amount cannot be represented exactly, money has come all the same, and a person has to look. */
function credited(upstream: string, upstreamId: string, amount: ReadAmount, currency: string): Outcome {
  const money = { upstream, upstreamId, currency };
  return amount === 'inexact' || amount === 0
    ? { kind: 'needs_review', why: 'an amount that cannot be represented exactly', evidence: { ...money, amount: 0 } }
    : { kind: 'paid', evidence: { ...money, amount } };
}
