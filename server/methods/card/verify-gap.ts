/**
 * Reads what Payme took in the time that a restored database does not know, and stores it. A receipt of ours carries the attempt's
 * id and the order's at the beginning of its description.
 */
import type { Receipt } from '../../clients/payme/types.ts';
import { isReleased } from '../../payments/attempts/apply-evidence.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import type { UnitOfWork } from '../../payments/attempts/update-payment.ts';
import { isAttemptOf } from '../../payments/model/ids.ts';
import { leavesOrderFree } from '../../payments/model/payment-state.ts';
import type { AttemptRecord, EvidenceRecord, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs } from '../../payments/model/time.ts';
import type { Payments } from '../../payments/payments.ts';
import { recoverAttempt, recoverPayment } from '../../payments/recover-payment.ts';
import { type CardAccount, type CardDeps, cardCurrency } from './account.ts';
import { callPayme } from './call-payme.ts';
import { accountValue, lostAttemptOf, type OurReceipt, paymentOfReceipt, readOurReceipt } from './our-receipt.ts';
import { interpretReceipt } from './receipt.ts';

export interface GapDeps extends Pick<CardDeps, 'observer' | 'clock' | 'store'> {
  payments: Payments;
  unitOfWork: UnitOfWork;
}

/** What the receipts of one merchant showed. */
export interface CardGap {
  merchantId: string;
  /** How many receipts of ours there are since then. */
  receipts: number;
  /** How many of them the database knew, with their money. */
  known: number;
  /** Receipts whose money, or its amount, the database did not know, by what was done: stored with a payment that it knows, or with one that was lost. */
  stored: string[];
  recovered: string[];
  /**
   * Receipts that Payme is still working on: read again before anything is spent. Also those of a cashbox that merchants share, of
   * which nobody can tell whose they are: a person has to.
   */
  unfinished: string[];
  /**
   * Receipts of a payment that is lost, while another payment of its order, `paymentId`, is not over here: most likely that was canceled
   * or refunded since, and the order paid again. A person has to end it here first, and then this is run again.
   */
  blocked: { receipt: string; paymentId: string; status: PaymentRecord['status'] }[];
  /**
   * Receipts whose money is stored with another payment, `paymentId`, than the one that Payme names: a shop may have named it for that. A
   * person has to dispose of it there, and then this is run again.
   */
  elsewhere: { receipt: string; paymentId: string }[];
  /**
   * Receipts of a payment that is here, `paymentId`, and whose money a person has declared there never to have come. Payme has it as paid,
   * so a person has to reopen the payment and decide again, and then this is run again.
   */
  declaredVoid: { receipt: string; paymentId: string }[];
  /** Receipts that are returned at Payme, while the database has their payment as paid. */
  returned: string[];
  /** How many receipts could not be read. */
  unreadable: number;
}

/** It can be run again: what is stored already stays as it is. @returns Null if Payme could not be read to the end. */
export async function verifyCardGap(
  deps: GapDeps,
  account: CardAccount,
  merchant: Pick<PaymentRecord, 'merchantId' | 'test'>,
  since: number,
  /** The other merchants on the same cashbox. */
  sharers: readonly string[] = [],
): Promise<CardGap | null> {
  const listed = await listReceipts(deps, account, since);
  if (!listed) return null;
  const { merchantId } = merchant;
  const gap: CardGap = {
    merchantId,
    receipts: 0,
    known: 0,
    stored: [],
    recovered: [],
    unfinished: [],
    blocked: [],
    elsewhere: [],
    declaredVoid: [],
    returned: [],
    unreadable: listed.unreadable,
  };
  for (const receipt of listed.receipts) {
    const ours = readOurReceipt(receipt, account);
    if (!ours) continue;
    gap.receipts += 1;
    await verifyReceipt(deps, account, merchant, ours, gap, sharers);
  }
  return gap;
}

const pageSize = 50;

/** Payme lists the newest first. A receipt that is made while we read moves others to the next page, so some come twice. */
async function listReceipts({ observer, clock }: GapDeps, { client }: CardAccount, since: number) {
  // We do not know whether Payme includes the ends of a range.
  const range = { from: since - dayMs, to: clock.now() + dayMs, count: pageSize };
  const receipts = new Map<string, Receipt>();
  let unreadable = 0;
  for (let offset = 0; ; offset += pageSize) {
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll({ ...range, offset }));
    if (answer.kind !== 'ok') return null;
    for (const receipt of answer.result.receipts) receipts.set(receipt.id, receipt);
    unreadable += answer.result.unreadable;
    if (answer.result.receipts.length + answer.result.unreadable < pageSize) break;
  }
  return { receipts: [...receipts.values()].sort((a, b) => a.createTime - b.createTime), unreadable };
}

const inProgress: ReadonlySet<number> = new Set([1, 2, 3, 5, 6, 20, 30]);

async function verifyReceipt(
  deps: GapDeps,
  account: CardAccount,
  merchant: Pick<PaymentRecord, 'merchantId' | 'test'>,
  ours: OurReceipt,
  gap: CardGap,
  sharers: readonly string[],
): Promise<void> {
  const { store } = deps;
  const { receipt, attemptId } = ours;
  const attempt = await store.attempt(attemptId);
  if (inProgress.has(receipt.state)) gap.unfinished.push(receipt.id);
  if ((receipt.state === 21 || receipt.state === 50) && attempt?.status === 'paid') gap.returned.push(receipt.id);
  const outcome = interpretReceipt(receipt, account.upstream);
  if (outcome === 'unpaid' || (outcome.kind !== 'paid' && outcome.kind !== 'needs_review') || !outcome.evidence) return;
  if (attempt) {
    const { amount, currency } = outcome.evidence;
    const known = await store.evidenceOf(account.upstream, receipt.id);
    const isHere = known?.paymentId === attempt.paymentId;
    if (await isOnlyTheShopsWord(store, attempt, isHere ? known : null, { merchant, sharers })) {
      gap.unfinished.push(receipt.id);
      return;
    }
    const isVoid = isHere && isReleased(known);
    if (isVoid) gap.declaredVoid.push({ receipt: receipt.id, paymentId: known.paymentId });
    if (isHere && known.amount === amount && known.currency === currency) {
      if (!isVoid) gap.known += 1;
      // It is no word of the shop any more.
      if (known.reportedBy !== null) await settle(deps, attempt, { kind: 'paid', evidence: outcome.evidence });
      return;
    }
    // A shop may have named another amount (`recover-from-shop.ts`). Payme's own replaces it, also in another currency.
    if (await isKeptElsewhere(deps, account, receipt, attempt.paymentId, gap)) return;
    await settle(deps, attempt, isHere ? { kind: 'paid', evidence: outcome.evidence } : outcome);
    if (!isVoid) gap.stored.push(receipt.id);
    return;
  }
  const lost = lostAttemptOf(ours);
  const payment = await paymentOfReceipt(store, account, merchant.merchantId, ours);
  if (sharers.length > 0 && !payment) {
    // Two merchants may have an order of the same name, so the order does not say whose lost payment it was.
    const others = await Promise.all(sharers.map((id) => paymentOfReceipt(store, account, id, ours)));
    if (others.every((other) => other === null)) gap.unfinished.push(receipt.id);
    return;
  }
  if (await isKeptElsewhere(deps, account, receipt, payment?.id ?? null, gap)) return;
  if (payment) {
    await recoverAttempt(deps.unitOfWork, payment.id, lost);
    await settle(deps, { id: attemptId, paymentId: payment.id }, outcome);
    gap.stored.push(receipt.id);
    return;
  }
  const { from, field } = account.settings.account;
  const value = accountValue(ours, field);
  const made = await recoverPayment(
    store,
    deps.clock.now(),
    {
      ...merchant,
      id: from === 'paymentId' && value !== undefined ? value : null,
      orderId: ours.orderId,
      label: from === 'label' && value !== undefined ? value : 'unknown',
      amount: receipt.amount,
      currency: cardCurrency.code,
    },
    lost,
  );
  if (made === null) {
    const all = await store.paymentsOfOrder(merchant.merchantId, ours.orderId);
    const other = all.find((one) => !leavesOrderFree(one));
    if (!other) throw new Error(`the order of the receipt ${receipt.id} changed while it was verified`);
    gap.blocked.push({ receipt: receipt.id, paymentId: other.id, status: other.status });
    return;
  }
  const { evidence } = outcome;
  const why = 'paid after the backup, and the payment itself is lost';
  await settle(deps, { id: attemptId, paymentId: made }, { kind: 'needs_review', why, evidence });
  gap.recovered.push(receipt.id);
}

/**
 * Whether the money of the receipt is stored with another payment and not released there. Then it is in the report: as known where a person has
 * moved it or recorded its return, else for a person to look at.
 */
async function isKeptElsewhere(
  { store }: GapDeps,
  { upstream }: CardAccount,
  { id }: Receipt,
  paymentId: string | null,
  gap: CardGap,
): Promise<boolean> {
  const stored = await store.evidenceOf(upstream, id);
  if (!stored || stored.paymentId === paymentId || isReleased(stored)) return false;
  if (stored.disposition === 'moved' || stored.disposition === 'returned') gap.known += 1;
  else gap.elsewhere.push({ receipt: id, paymentId: stored.paymentId });
  return true;
}

/**
 * Whether only a shop has said that the attempt is of its payment (`recover-from-shop.ts`), while the receipt may be another merchant's: the
 * attempt's id does not show the payment, and the cashbox is shared or not of this merchant.
 */
async function isOnlyTheShopsWord(
  store: Pick<GapDeps['store'], 'payment'>,
  { id, paymentId, status }: AttemptRecord,
  known: EvidenceRecord | null,
  { merchant, sharers }: { merchant: Pick<PaymentRecord, 'merchantId'>; sharers: readonly string[] },
): Promise<boolean> {
  if (isAttemptOf(id, paymentId)) return false;
  const isNamedByShop = known ? known.reportedBy === 'shop' : status === 'needs_review';
  return isNamedByShop && (sharers.length > 0 || (await store.payment(paymentId))?.merchantId !== merchant.merchantId);
}

async function settle(
  { payments, store }: GapDeps,
  attempt: Pick<AttemptRecord, 'id' | 'paymentId'>,
  outcome: Parameters<ReturnType<typeof openSession>['settle']>[0],
): Promise<void> {
  await openSession(payments, attempt, await store.intents(attempt.id)).settle(outcome);
}
