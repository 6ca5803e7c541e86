/** Lets a stored postback have its effect, once or many times: each word about money is one piece of evidence. */
import { openPostback } from '../../clients/paykassma/postback/open-postback.ts';
import type { Postback, PostbackTransaction } from '../../clients/paykassma/postback/postback.ts';
import type { PostbackRecord } from '../../payments/model/records.ts';
import { judgePostback } from './judge-postback.ts';
import { postbackSettings } from './postback-settings.ts';
import type { TransferParts, WalletAccount } from './wallet-parts.ts';

/** Where it speaks of no payment of ours it stays, as `unmatched`, for a person; never matched by label and amount. */
export async function applyPostback(parts: TransferParts, postback: PostbackRecord): Promise<void> {
  const account = parts.account(postback.merchantId);
  const opened = account && openPostback(Buffer.from(postback.body), postbackSettings(account.settings));
  let matched = opened?.kind === 'signed';
  if (account && opened?.kind === 'signed' && opened.postback.direction !== 'outgoing') {
    const { shape, transactions } = opened.postback;
    for (const told of transactions) {
      const applied = await apply(parts, account, shape, told);
      // It stays `received`, and the sweep applies it again: what it says of other transactions counts once.
      if (applied === 'later') return;
      matched = applied && matched;
    }
  }
  parts.observer.upstreamCall('paykassma', 'postback', matched ? 'applied' : 'unmatched');
  // One that is tried again has been told of.
  if (!matched && postback.status === 'unmatched') return;
  if (!matched) parts.observer.failure('postback', new Error(`postback ${postback.id} is of no payment that we know`));
  await parts.store.updatePostback({ ...postback, status: matched ? 'applied' : 'unmatched' });
}

/** By account, not by merchant: where two of them share one, its postbacks all come to the address of one. */
async function apply(
  parts: TransferParts,
  { id: accountId, upstream }: WalletAccount,
  shape: Postback['shape'],
  told: PostbackTransaction,
): Promise<boolean | 'later'> {
  const { customTransactionId: id } = told;
  const attempt = id === null ? null : await parts.store.attempt(id);
  const payment = attempt && (await parts.store.payment(attempt.paymentId));
  if (attempt?.method !== 'wallet' || !payment || parts.account(payment.merchantId)?.id !== accountId) return false;
  const outcome = judgePostback(shape, told, payment, attempt, upstream);
  if (!outcome) return false;
  const intents = await parts.store.intents(attempt.id);
  // The answer to our own call is on its way, and it is believed where a postback leaves a doubt, e.g. about an amount that is not signed.
  const answered = attempt.status !== 'processing' || attempt.leaseUntil <= parts.clock.now();
  if (outcome.kind === 'review' && !answered && intents.some(({ status }) => status === 'intended')) return 'later';
  await parts.payments.conclude(payment.id, attempt.id, outcome, intents.length);
  return true;
}
