/** A customer chooses a wallet: which wallets they can choose, and where Paykassma tells them to transfer to. */
import { type ChooseWalletRequest, minorUnitDigits, type NextAction, type Requisite, type Transfer } from '#contract';
import { UpstreamError } from '../../clients/http.ts';
import type { CreateAnswer } from '../../clients/paykassma/answers.ts';
import { assertCanStart } from '../../payments/attempts/admission.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { isoTime, minuteMs } from '../../payments/model/time.ts';
import type { Payments } from '../../payments/payments.ts';
import type { WalletAccount, WalletDeps } from './account.ts';
import type { Availability } from './availability.ts';
import { findWallet, type Wallet } from './wallets.ts';

export interface ChooseWalletDeps extends WalletDeps {
  availability: Availability;
  store: Store;
  payments: Payments;
  /** Redeems the discount code of a payment, if it has one, before the customer is shown where to send the rest. */
  redeemDiscount(paymentId: string): Promise<{ kind: 'clear' } | { kind: 'declined'; decline: Decline }>;
}

/**
 * Shows the customer where to transfer to. If they have seen requisites of this wallet for the same amount before, the same ones
 * are shown again, because they may be paying to them already.
 * @throws {ProblemError} if nothing was changed: `method_unavailable`, `no_requisites`, `payment_changed`, the problem of a discount
 * that could not be redeemed, and what `showInstructions` throws
 */
export async function chooseWallet(deps: ChooseWalletDeps, payment: PaymentRecord, body: ChooseWalletRequest): Promise<void> {
  const { walletType, acknowledge = false } = body;
  const account = deps.account(payment.merchantId);
  const wallet = account && enabledWallet(account, payment, walletType);
  if (!wallet || !payment.methods.includes('wallet')) throw new ProblemError('method_unavailable', { field: 'walletType' });
  const due = payment.amount - payment.discount;
  const same = (action: NextAction) => action.kind === 'transfer' && action.walletType === walletType && action.amount === due;
  const start = { method: 'wallet' as const, acknowledge, same };

  const earlier = await deps.store.attempts(payment.id);
  const shown = (await assertCanStart(deps.store, payment, earlier, start, deps.clock.now()))?.action;
  if (!shown) await assertFewUnredeemed(deps, payment);
  // Before the discount, whose code would be used up although there is nothing to transfer to.
  const action = shown ?? (await requestRequisites(deps, account, wallet, payment));
  if (!shown) await redeemFor(deps, payment.id, due);
  await deps.payments.showInstructions(payment.id, { ...start, action, due });
}

/** Redeems the discount that is part of what is due. Nothing is redeemed that was typed while Paykassma was asked. */
async function redeemFor({ store, clock, redeemDiscount }: ChooseWalletDeps, paymentId: string, due: number): Promise<void> {
  const now = await store.payment(paymentId);
  if (!now || now.amount - now.discount !== due) throw new ProblemError('payment_changed');
  const discount = await redeemDiscount(paymentId);
  if (discount.kind === 'clear') return;
  await store.hitRateLimit(unredeemed, paymentId, clock.now(), 10 * minuteMs);
  // The full amount may be due again. The customer must see that before anything else is shown.
  throw new ProblemError(discount.decline.code, discount.decline);
}

/**
 * How often in ten minutes Paykassma is asked for a payment while its discount cannot be redeemed. Nothing is shown then, so the limit of
 * attempts does not see it.
 */
const mostUnredeemed = 10;
const unredeemed = 'wallet_unredeemed';

async function assertFewUnredeemed({ store, clock }: ChooseWalletDeps, { id, discountCode }: PaymentRecord): Promise<void> {
  if (!discountCode || discountCode.status === 'redeemed') return;
  const { count, resetsAt } = await store.readRateLimit(unredeemed, id, clock.now());
  if (count >= mostUnredeemed) throw new ProblemError('provider_unavailable', { retryAt: isoTime(resetsAt) });
}

async function requestRequisites(
  { observer, availability }: ChooseWalletDeps,
  account: WalletAccount,
  wallet: Wallet,
  { amount, discount, currency, label }: PaymentRecord,
): Promise<Transfer> {
  const { walletType, name, number, screenshot, languages } = wallet;
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
    const due = amount - discount;
    const spoken = { languages: [...languages] };
    return { kind: 'transfer', walletType, walletName: name, ...spoken, amount: due, ...requisites, number, screenshot };
  }
  // Paykassma has no requisites, or did not answer. To the customer it is the same: they may choose another wallet.
  availability.forget({ account, currency, label });
  throw new ProblemError('no_requisites', { field: 'walletType' });
}

/** Paykassma's answer is an open map of captions and values. */
type Params = readonly (readonly [key: string, value: string | boolean | null])[];

/** With more rows than this an answer is not what we think it is. */
const mostRows = 10;

/**
 * The requisites as rows to show; null if there is nothing to transfer to. A key without a translated caption is its own caption.
 */
function readRequisites(
  params: Params,
  { captions, accountTypeHints }: Pick<Wallet, 'captions' | 'accountTypeHints'>,
): Pick<Transfer, 'requisites' | 'how' | 'exactAmount'> | null {
  const meta = new Map(params);
  const requisites: Requisite[] = [];
  for (const [key, value] of params) {
    if (key === 'is_check_amount' || key === 'account_type' || typeof value !== 'string') continue;
    const text = plainText(value, 200);
    const caption = plainText(key, 60);
    const translated = Object.hasOwn(captions, key) ? captions[key] : undefined;
    if (text !== '' && caption !== '')
      requisites.push(translated ? { key: translated, value: text } : { key, caption, value: text });
  }
  if (requisites.length === 0 || requisites.length > mostRows) return null;
  const accountType = String(meta.get('account_type'));
  const how = accountTypeHints && Object.hasOwn(accountTypeHints, accountType) ? accountTypeHints[accountType] : undefined;
  return { requisites, ...(how && { how }), exactAmount: meta.get('is_check_amount') === true };
}

/**
 * The text without control and format characters, which could hide or reverse the text beside it; '' if it is longer than
 * anything that a customer would copy by hand.
 */
function plainText(text: string, maxLength: number): string {
  const clean = text.replace(/\p{C}/gu, '').trim();
  return clean.length <= maxLength ? clean : '';
}

type WalletChoice = Pick<PaymentRecord, 'currency' | 'amount' | 'discount' | 'label' | 'walletType'>;

/**
 * The wallets that can pay this and accept transfers now, in Paykassma's order; in the merchant's order if Paykassma's is not
 * known.
 */
export function availableWallets(account: WalletAccount, availability: Availability, payment: WalletChoice): Wallet[] {
  const known = availability.known({ account, currency: payment.currency, label: payment.label });
  const enabled = account.settings.wallets.map(findWallet).filter((wallet) => canPay(wallet, payment));
  if (known === null) return enabled;
  return known.map((type) => enabled.find(({ walletType }) => walletType === type)).filter((wallet) => wallet !== undefined);
}

/** The wallet, whether it is available now or not; null if the merchant does not accept it or it cannot pay this. */
const enabledWallet = (account: WalletAccount, payment: WalletChoice, walletType: string): Wallet | null =>
  account.settings.wallets.map(findWallet).find((wallet) => wallet.walletType === walletType && canPay(wallet, payment)) ?? null;

function canPay(wallet: Wallet, { currency, amount, discount, walletType }: WalletChoice): boolean {
  if (wallet.currency !== currency || (walletType !== null && wallet.walletType !== walletType)) return false;
  // `possible-transaction` takes whole major units only.
  return wallet.family !== 'manual' || (amount - discount) % 10 ** minorUnitDigits(currency) === 0;
}
