/**
 * A customer tells of a transfer by its number: claim the number, write down that it will be activated, activate it once,
 * write down what came of it.
 */
import { readTransactionNumber, type Transfer } from '#contract';
import type { Activation, Screenshot } from '../../clients/paykassma/client.ts';
import type { ReadAmount } from '../../clients/paykassma/minor-units.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import { type AttemptSession, openSession } from '../../payments/attempts/attempt-session.ts';
import { DuplicateClaimError } from '../../payments/attempts/record-intent.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import { StoreUnavailable } from '../../payments/model/store-unavailable.ts';
import type { TransferDeps, WalletAccount, WalletDeps } from './account.ts';
import { findWallet } from './wallets.ts';

export interface SubmittedTransfer {
  /** As typed or pasted. */
  transactionNumber: string;
  screenshot?: Screenshot;
}

/**
 * Resolves when the outcome is written down: the payment's view says which. Throws for what changes nothing:
 * `method_unavailable`, `number_format`, `screenshot_format`, `too_many_attempts`, `payment_processing`, `payment_expired`.
 */
export async function submitTransfer(parts: TransferDeps, payment: PaymentRecord, told: SubmittedTransfer): Promise<void> {
  const account = parts.account(payment.merchantId);
  const action = shownTransfer(await parts.store.attempts(payment.id));
  if (!account || !action) throw new ProblemError('method_unavailable');
  const number = readTransactionNumber(told.transactionNumber, action.number);
  if (number === null) throw new ProblemError('number_format', { field: 'transactionNumber' });
  if (action.screenshot !== (told.screenshot !== undefined)) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  const attempt = await parts.payments.acceptSubmission(payment.id, {
    method: 'wallet',
    entered: number,
    tail: number.slice(-Math.min(4, Math.floor(number.length / 2))) || null,
    // Read by the rule of this wallet, so it must not be sent as another's that was chosen in another tab meanwhile.
    guard: (earlier) =>
      shownTransfer(earlier)?.walletType === action.walletType
        ? checkTransactionNumberLimit(number)(earlier)
        : { code: 'payment_processing', field: 'walletType' },
  });
  const session = openSession(parts.payments, attempt);
  try {
    await session.settle(await pay(parts, account, payment, session, attempt, number, told.screenshot));
  } catch (cause) {
    // Our own bug, or a store that fails: what was sent is not known here.
    await session.settle({ kind: 'unknown' }).catch(() => undefined);
    throw cause;
  }
}

const shownTransfer = (attempts: readonly AttemptRecord[]): Transfer | undefined =>
  attempts.flatMap(({ action }) => (action?.kind === 'transfer' ? [action] : [])).at(-1);

async function pay(
  parts: TransferDeps,
  account: WalletAccount,
  payment: PaymentRecord,
  session: AttemptSession,
  attempt: AttemptRecord,
  number: string,
  screenshot: Screenshot | undefined,
): Promise<Outcome> {
  const { action } = attempt;
  if (action?.kind !== 'transfer') throw new Error('a transfer is told of without having been asked for');
  const wallet = findWallet(action.walletType);
  try {
    await session.recordIntent({
      kind: 'submitted_transfer',
      operation: wallet.family === 'manual' ? 'possible-transaction' : 'activate',
      upstream: account.id,
      naturalKey: attempt.id,
      notes: { wallet: wallet.walletType, number },
      // Wallets print letters in capitals; typed small they are the same number.
      claim: { account: account.id, thing: `${wallet.walletType}:${number.toUpperCase()}` },
    });
  } catch (cause) {
    if (cause instanceof DuplicateClaimError) return { kind: 'review', why: 'another payment claims this number' };
    // The number was not sent, and nobody else would ever send it, though the intent may have been written down.
    if (cause instanceof StoreUnavailable) return { kind: 'asked', refusal: { code: 'provider_unavailable' }, watched: false };
    if (!(cause instanceof ProblemError)) throw cause;
    const { field } = cause.extras;
    return { kind: 'asked', refusal: { code: cause.code, ...(field && { field }) }, watched: false };
  }
  const activation = {
    walletType: wallet.walletType,
    currency: payment.currency,
    label: payment.label,
    amount: action.amount,
    key1: number,
    customTransactionId: attempt.id,
  };
  return activateTransfer(parts, account, activation, screenshot);
}

/** Sends the number of a transfer to Paykassma, once, and says what came of it. The intent must be committed before. */
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
        return asked('transfer_not_found', true);
      case 'refused':
        // Our ids are sent once: a gateway on the way has repeated the call, and the first of the two may have been credited.
        return answer.fields.includes('custom_transaction_id') ? { kind: 'unknown' } : asked('transfer_refused', false);
    }
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paykassma', operation, cause.fault);
    return cause.fault === 'not_sent'
      ? { kind: 'asked', refusal: { code: 'provider_unavailable' }, watched: false }
      : { kind: 'unknown' };
  }
}

/** Without an amount that can be said it is money all the same, and a person has to look. */
function credited(upstream: string, upstreamId: string, amount: ReadAmount, currency: string): Outcome {
  const money = { upstream, upstreamId, currency };
  return amount === 'inexact' || amount === 0
    ? { kind: 'review', why: 'an amount that cannot be said exactly', evidence: { ...money, amount: 0 } }
    : { kind: 'paid', evidence: { ...money, amount } };
}

const asked = (code: 'transfer_not_found' | 'transfer_refused', watched: boolean): Outcome => ({
  kind: 'asked',
  refusal: { code, field: 'transactionNumber' },
  watched,
});

/**
 * At most five numbers for one payment: whoever mistypes more often needs a person, and whoever guesses gets no further. One that
 * was refused may be told again, though not without end: each time is a call.
 */
const mostNumbers = 5;
const mostTimes = 20;

export const checkTransactionNumberLimit =
  (number: string) =>
  (earlier: readonly AttemptRecord[]): Refusal | null => {
    const told = earlier.flatMap(({ method, entered }) => (method === 'wallet' && entered !== null ? [entered] : []));
    const numbers = new Set(told).add(number);
    return numbers.size > mostNumbers || told.length >= mostTimes ? { code: 'too_many_attempts' } : null;
  };
