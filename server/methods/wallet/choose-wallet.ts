/** A customer chooses a wallet: ask Paykassma where to transfer to, and show that. */
import { type ChooseWalletRequest, minorUnitDigits, type NextAction, type Requisite, type Transfer } from '#contract';
import type { CreateAnswer } from '../../clients/paykassma/answers.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import { assertCanStart } from '../../payments/attempts/admission.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { TransferDeps, WalletAccount } from './account.ts';
import type { Availability } from './availability.ts';
import { findWallet, type Wallet } from './wallets.ts';

/**
 * The first answer of a payment stands: the customer may be paying to it already. Throws `method_unavailable`,
 * `no_requisites`, and what `start` throws; then nothing was changed.
 */
export async function chooseWallet(parts: TransferDeps, payment: PaymentRecord, wanted: ChooseWalletRequest): Promise<void> {
  const { walletType, acknowledge = false } = wanted;
  const account = parts.account(payment.merchantId);
  const wallet = account && enabledWallet(account, payment, walletType);
  if (!wallet || !payment.methods.includes('wallet')) throw new ProblemError('method_unavailable', { field: 'walletType' });
  const due = payment.amount - payment.discount;
  const same = (action: NextAction) => action.kind === 'transfer' && action.walletType === walletType && action.amount === due;
  const start = { method: 'wallet' as const, acknowledge, same };

  const earlier = await parts.store.attempts(payment.id);
  const shown = (await assertCanStart(parts.store, payment, earlier, start, parts.clock.now()))?.action;
  const redeemed = shown ? null : await parts.redeemDiscount(payment.id);
  // The whole may be due again: nothing is shown before the customer has seen that.
  if (redeemed?.kind === 'refused') throw new ProblemError(redeemed.refusal.code, redeemed.refusal);
  const action = shown ?? (await askWhere(parts, account, wallet, payment));
  await parts.payments.showInstructions(payment.id, { ...start, action, due });
}

async function askWhere(
  { observer, availability }: TransferDeps,
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

/** What Paykassma says of where to transfer to, as rows to show. An open map: any key that we do not know is a caption. */
type Params = readonly (readonly [key: string, value: string | boolean | null])[];

const mostRows = 10;

/** Null where there is nothing to transfer to. */
export function readRequisites(
  params: Params,
  { captions, accountTypeHints }: Pick<Wallet, 'captions' | 'accountTypeHints'>,
): Pick<Transfer, 'requisites' | 'how' | 'exactAmount'> | null {
  const meta = new Map(params);
  const requisites: Requisite[] = [];
  for (const [key, value] of params) {
    if (key === 'is_check_amount' || key === 'account_type' || typeof value !== 'string') continue;
    const shown = plain(value, 200);
    const caption = plain(key, 60);
    const ours = Object.hasOwn(captions, key) ? captions[key] : undefined;
    if (shown !== '' && caption !== '') requisites.push(ours ? { key: ours, value: shown } : { key, caption, value: shown });
  }
  if (requisites.length === 0 || requisites.length > mostRows) return null;
  const kind = String(meta.get('account_type'));
  const how = accountTypeHints && Object.hasOwn(accountTypeHints, kind) ? accountTypeHints[kind] : undefined;
  return { requisites, ...(how && { how }), exactAmount: meta.get('is_check_amount') === true };
}

/** A text that cannot hide or turn round its neighbours; '' where it is longer than anything to be copied by hand. */
function plain(text: string, most: number): string {
  const clean = text.replace(/\p{C}/gu, '').trim();
  return clean.length <= most ? clean : '';
}

/** The wallets a payment can be made by: sold by this merchant, in this currency, of this amount, and taking transfers now. */
type Wanted = Pick<PaymentRecord, 'currency' | 'amount' | 'discount' | 'label' | 'walletType'>;

/** In the order that Paykassma gives, where it gave one. */
export function availableWallets(account: WalletAccount, availability: Availability, payment: Wanted): Wallet[] {
  const known = availability.known({ account, currency: payment.currency, label: payment.label });
  const sold = account.settings.wallets.map(findWallet).filter((wallet) => fits(wallet, payment));
  if (known === null) return sold;
  return known.map((type) => sold.find(({ walletType }) => walletType === type)).filter((wallet) => wallet !== undefined);
}

/** The wallet, available or not: null where it cannot pay this. */
export const enabledWallet = (account: WalletAccount, payment: Wanted, walletType: string): Wallet | null =>
  account.settings.wallets.map(findWallet).find((wallet) => wallet.walletType === walletType && fits(wallet, payment)) ?? null;

function fits(wallet: Wallet, { currency, amount, discount, walletType }: Wanted): boolean {
  if (wallet.currency !== currency || (walletType !== null && wallet.walletType !== walletType)) return false;
  // `possible-transaction` takes whole major units only.
  return wallet.family !== 'manual' || (amount - discount) % 10 ** minorUnitDigits(currency) === 0;
}
