/**
 * A customer tells of a transfer by its number: claim the number, write down that it will be activated, activate it once,
 * write down what came of it.
 */
import { readTransactionNumber, type Transfer } from '#contract';
import type { Screenshot } from '../../clients/paykassma/screenshot-form.ts';
import { ContestedClaim } from '../../payments/attempts/record-intent.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import { StoreUnavailable } from '../../payments/model/store-unavailable.ts';
import { activate } from './activate.ts';
import { numberGuard } from './number-guard.ts';
import { walletOf } from './wallet-of.ts';
import type { TransferParts, WalletAccount } from './wallet-parts.ts';

export interface ToldTransfer {
  /** As typed or pasted. */
  transactionNumber: string;
  screenshot?: Screenshot;
}

/**
 * Resolves when the outcome is written down: the payment's view says which. Throws for what changes nothing:
 * `method_unavailable`, `number_format`, `screenshot_format`, `too_many_attempts`, `payment_processing`, `payment_expired`.
 */
export async function submitTransfer(parts: TransferParts, payment: PaymentRecord, told: ToldTransfer): Promise<void> {
  const account = parts.account(payment.merchantId);
  const action = shownTransfer(await parts.store.attempts(payment.id));
  if (!account || !action) throw new ProblemError('method_unavailable');
  const number = readTransactionNumber(told.transactionNumber, action.number);
  if (number === null) throw new ProblemError('number_format', { field: 'transactionNumber' });
  if (action.screenshot !== (told.screenshot !== undefined)) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  const attempt = await parts.payments.submit(payment.id, {
    method: 'wallet',
    entered: number,
    tail: number.slice(-Math.min(4, Math.floor(number.length / 2))) || null,
    // Read by the rule of this wallet, so it must not be sent as another's that was chosen in another tab meanwhile.
    guard: (earlier) =>
      shownTransfer(earlier)?.walletType === action.walletType
        ? numberGuard(number)(earlier)
        : { code: 'payment_processing', field: 'walletType' },
  });
  try {
    const { outcome, calls } = await pay(parts, account, payment, attempt, number, told.screenshot);
    await parts.payments.conclude(payment.id, attempt.id, outcome, calls);
  } catch (cause) {
    // Our own bug, or a store that fails: what was sent is not known here.
    await parts.payments.conclude(payment.id, attempt.id, { kind: 'unknown' }, 0).catch(() => undefined);
    throw cause;
  }
}

const shownTransfer = (attempts: readonly AttemptRecord[]): Transfer | undefined =>
  attempts.flatMap(({ action }) => (action?.kind === 'transfer' ? [action] : [])).at(-1);

async function pay(
  parts: TransferParts,
  account: WalletAccount,
  payment: PaymentRecord,
  attempt: AttemptRecord,
  number: string,
  screenshot: Screenshot | undefined,
): Promise<{ outcome: Outcome; calls: 0 | 1 }> {
  const { action } = attempt;
  if (action?.kind !== 'transfer') throw new Error('a transfer is told of without having been asked for');
  const wallet = walletOf(action.walletType);
  try {
    await parts.payments.commitIntent(payment.id, attempt.id, {
      operation: wallet.family === 'manual' ? 'possible-transaction' : 'activate',
      upstream: account.id,
      naturalKey: attempt.id,
      notes: { wallet: wallet.walletType, number },
      // Wallets print letters in capitals; typed small they are the same number.
      claim: { account: account.id, thing: `${wallet.walletType}:${number.toUpperCase()}` },
      late: true,
    });
  } catch (cause) {
    if (cause instanceof ContestedClaim)
      return { outcome: { kind: 'review', why: 'another payment claims this number' }, calls: 0 };
    // The number was not sent, and nobody else would ever send it, though the intent may have been written down: hence the call that is counted.
    if (cause instanceof StoreUnavailable)
      return { outcome: { kind: 'asked', refusal: { code: 'provider_unavailable' }, watched: false }, calls: 1 };
    if (!(cause instanceof ProblemError)) throw cause;
    const { field } = cause.extras;
    return { outcome: { kind: 'asked', refusal: { code: cause.code, ...(field && { field }) }, watched: false }, calls: 0 };
  }
  const activation = {
    walletType: wallet.walletType,
    currency: payment.currency,
    label: payment.label,
    amount: action.amount,
    key1: number,
    customTransactionId: attempt.id,
  };
  return { outcome: await activate(parts, account, activation, screenshot), calls: 1 };
}
