/** A customer chooses a wallet: ask Paykassma where to transfer to, and show that. */
import type { ChooseWalletRequest, NextAction, Transfer } from '#contract';
import type { CreateAnswer } from '../../clients/paykassma/answers.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import { refuseStart } from '../../payments/attempts/admission.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { readRequisites } from './read-requisites.ts';
import type { TransferParts, WalletAccount } from './wallet-parts.ts';
import type { Wallet } from './wallets/wallet.ts';
import { soldWallet } from './wallets-for.ts';

/**
 * The first answer of a payment stands: the customer may be paying to it already. Throws `method_unavailable`,
 * `no_requisites`, and what `start` throws; then nothing was changed.
 */
export async function chooseWallet(parts: TransferParts, payment: PaymentRecord, wanted: ChooseWalletRequest): Promise<void> {
  const { walletType, acknowledge = false } = wanted;
  const account = parts.account(payment.merchantId);
  const wallet = account && soldWallet(account, payment, walletType);
  if (!wallet || !payment.methods.includes('wallet')) throw new ProblemError('method_unavailable', { field: 'walletType' });
  const due = payment.amount - payment.discount;
  const same = (action: NextAction) => action.kind === 'transfer' && action.walletType === walletType && action.amount === due;
  const start = { method: 'wallet' as const, acknowledge, same };

  const earlier = await parts.store.attempts(payment.id);
  const shown = (await refuseStart(parts.store, payment, earlier, start, parts.clock.now()))?.action;
  const burnt = shown ? null : await parts.burnDiscount(payment.id);
  // The whole may be due again: nothing is shown before the customer has seen that.
  if (burnt?.kind === 'refused') throw new ProblemError(burnt.refusal.code, burnt.refusal);
  const action = shown ?? (await askWhere(parts, account, wallet, payment));
  await parts.payments.start(payment.id, { ...start, action, due });
}

async function askWhere(
  { observer, availability }: TransferParts,
  account: WalletAccount,
  wallet: Wallet,
  { amount, discount, currency, label }: PaymentRecord,
): Promise<Transfer> {
  const { walletType, name, number, screenshot } = wallet;
  let answer: CreateAnswer | null = null;
  try {
    answer = await account.client.createTransaction(walletType, { currency, label });
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paykassma', 'create', cause.fault);
  }
  if (answer) observer.upstreamCall('paykassma', 'create', answer.kind);
  const requisites = answer?.kind === 'requisites' ? readRequisites(answer.params, wallet) : null;
  if (requisites) {
    return { kind: 'transfer', walletType, walletName: name, amount: amount - discount, ...requisites, number, screenshot };
  }
  // Nothing to transfer to, or nobody to ask: the same to the customer, who may choose another.
  availability.forget({ account, currency, label });
  throw new ProblemError('no_requisites', { field: 'walletType' });
}
