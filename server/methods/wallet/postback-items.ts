/**
 * The transactions of signed postbacks that belong to no attempt of ours. Each is stored once for the operator, whatever
 * postbacks repeat it. A person matches it to a payment (`match-postback.ts`), or its own attempt turns up after all. Here is also the
 * limit on the rows that one postback can become.
 */
import type { PostbackTransaction } from '../../clients/paykassma/postback.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import { newId } from '../../payments/model/ids.ts';
import type { PostbackItemRecord } from '../../payments/model/operator-records.ts';
import type { Clock } from '../../payments/model/ports.ts';
import type { PostbackRecord } from '../../payments/model/records.ts';
import type { Queries } from '../../payments/model/store.ts';
import { dayMs, isoTime } from '../../payments/model/time.ts';
import { wallets } from './wallets.ts';

interface ItemDeps {
  store: Pick<Queries, 'insertPostbackItem' | 'postbackItemByKey' | 'matchPostbackItem'>;
  clock: Clock;
}

/**
 * Identifies the transaction within its account: `<wallet>:<transaction id>`, spelled as the claim of a number that a customer
 * submits. A transaction without an id is identified by what the signature covers of it.
 */
export function itemKeyOf({ transactionId, signed, unsigned, digest }: PostbackTransaction): string {
  const wallet = plainText(signed.walletType ?? unsigned.walletType);
  const id = plainText(transactionId);
  return wallet === null || id === null ? `digest:${digest}` : transferClaimKey(wallet, id);
}

/**
 * Stores a transaction that belongs to no attempt of ours.
 * @returns False if it waits for a person; true if a person has matched or dismissed it before.
 */
export async function storeItem(
  { store, clock }: ItemDeps,
  postback: PostbackRecord,
  account: string,
  transaction: PostbackTransaction,
): Promise<boolean> {
  const { signed, unsigned } = transaction;
  const amount = signed.amount ?? unsigned.amount;
  return isDecided(store, {
    ...newItem(postback, account, clock.now()),
    itemKey: itemKeyOf(transaction),
    wallet: plainText(signed.walletType ?? unsigned.walletType),
    transactionId: plainText(transaction.transactionId),
    customTransactionId: plainText(transaction.customTransactionId),
    label: plainText(signed.label ?? unsigned.label),
    amount: typeof amount === 'number' && amount > 0 ? amount : null,
    currency: signed.currency ?? unsigned.currency,
    // What does not show whether money came proves no amount either, even if the signature covers it.
    signedAmount:
      transaction.outcome === 'credited' && typeof signed.amount === 'number' && signed.amount > 0 && signed.currency !== null,
  });
}

/** Stores a signed postback of no known form as a single item of which nothing could be read. As `storeItem`. */
export const storeUnreadable = ({ store, clock }: ItemDeps, postback: PostbackRecord, account: string): Promise<boolean> =>
  isDecided(store, { ...newItem(postback, account, clock.now()), itemKey: `postback:${postback.digest}` });

const newItem = ({ id, merchantId, receivedAt }: PostbackRecord, account: string, now: number) => ({
  id: newId('itm'),
  postbackId: id,
  merchantId,
  account,
  wallet: null,
  transactionId: null,
  customTransactionId: null,
  label: null,
  amount: null,
  currency: null,
  signedAmount: false,
  status: 'unmatched' as const,
  paymentId: null,
  matchedBy: null,
  note: null,
  receivedAt: Math.min(receivedAt, now),
  matchedAt: null,
});

async function isDecided(store: ItemDeps['store'], item: PostbackItemRecord): Promise<boolean> {
  if (await store.insertPostbackItem(item)) return false;
  return (await store.postbackItemByKey(item.account, item.itemKey))?.status !== 'unmatched';
}

/**
 * A transaction is about to be applied to the payment of its own attempt: its item, if there is one, becomes `matched`, so that
 * nobody matches it by hand any more.
 * @returns The item if a person was first and has matched it: then its money is counted. Otherwise null.
 */
export async function takeItem(
  { store, clock }: ItemDeps,
  account: string,
  transaction: PostbackTransaction,
  paymentId: string,
): Promise<PostbackItemRecord | null> {
  const key = itemKeyOf(transaction);
  const item = await store.postbackItemByKey(account, key);
  if (item?.status !== 'unmatched') return item?.status === 'matched' && item.matchedBy !== null ? item : null;
  if (await store.matchPostbackItem({ ...item, status: 'matched', paymentId, matchedAt: clock.now() })) return null;
  const decided = await store.postbackItemByKey(account, key);
  return decided?.status === 'matched' && decided.matchedBy !== null ? decided : null;
}

/** Null for a text that is too long for an id, or contains control or format characters, which no column and no index takes. */
export const plainText = (text: string | null): string | null => (text !== null && /^[^\p{C}]{1,190}$/u.test(text) ? text : null);

/**
 * What a transfer is claimed by. Most wallets print letters in capitals, and a number typed in small letters is the same number; of
 * the others the record says so.
 */
export const transferClaimKey = (walletType: string, number: string): string =>
  `${walletType}:${wallets.get(walletType)?.number.mixedCase ? number : number.toUpperCase()}`;

/** A real postback comes in a few versions, as its status changes. */
const versionsInDay = 20;

/**
 * Counts one more version of a postback. Whoever has seen one signed postback can change what its signature does not cover, and each
 * version is stored. A refused one is not lost: Paykassma sends a postback that is not answered with `ok` again.
 * @param signed The digest of what the signature covers.
 * @throws ProblemError `too_many_attempts`
 */
export async function limitVersions(
  { store, clock }: { store: Pick<Queries, 'hitRateLimit'>; clock: Clock },
  merchantId: string,
  signed: string,
): Promise<void> {
  const { count, resetsAt } = await store.hitRateLimit('postback', `${merchantId} ${signed}`, clock.now(), dayMs);
  if (count > versionsInDay) throw new ProblemError('too_many_attempts', { retryAt: isoTime(resetsAt) });
}
