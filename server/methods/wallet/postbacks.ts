/**
 * Receives Paykassma's postbacks. One that is not correctly signed is refused; every signed one is stored before it has any
 * effect, so that a crash loses nothing. Each report of money becomes evidence, once, however often it is applied.
 */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { minorUnitDigits } from '#contract';
import {
  largestPostback,
  openPostback,
  type Postback,
  type PostbackSettings,
  type PostbackTransaction,
} from '../../clients/paykassma/postback.ts';
import { type AttemptWriter, openSession } from '../../payments/attempts/attempt-session.ts';
import { OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
import { newId } from '../../payments/model/ids.ts';
import type { Clock, Outcome, Telemetry } from '../../payments/model/ports.ts';
import type { PaymentRecord, PostbackRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { hourMs } from '../../payments/model/time.ts';
import { matchesAddressList } from '../client-address.ts';
import { claimReported, classifyPostback } from './classify-postback.ts';
import { itemKeyOf, limitVersions, plainText, storeItem, storeUnreadable, takeItem } from './postback-items.ts';

/** What postbacks need of a Paykassma account. It is a part of `WalletAccount`. */
interface PostbackAccount {
  id: string;
  upstream: string;
  settings: Omit<PostbackSettings, 'minorUnitDigits'> & { postbackAddresses?: readonly string[] | undefined };
}

interface PostbackDeps {
  /** Null for a merchant that does not sell by wallet. */
  account(merchantId: string): PostbackAccount | null;
  clock: Clock;
  observer: Pick<Telemetry, 'upstreamCall' | 'failure'>;
  store: Store;
  payments: AttemptWriter;
}

/**
 * `POST /postbacks/paykassma/:merchant`. Answers `{"status":"ok"}` only if the postback is stored; Paykassma sends it again
 * otherwise.
 */
export const postbackRoutes: FastifyPluginAsync<PostbackDeps> = async (app, deps) => {
  // The signature covers the bytes, so nothing may parse them first. The content type of a postback says nothing.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const schema = { hide: true };
  // Somebody may have typed the address into Paykassma's cabinet with a slash at its end, or after the server's address. Money must
  // not be lost by that.
  for (const address of ['', '/'].flatMap((start) => ['', '/'].map((end) => `${start}/postbacks/paykassma/:merchant${end}`))) {
    app.post<{ Params: { merchant: string } }>(address, { schema, bodyLimit: largestPostback }, async (request) => {
      const { merchant } = request.params;
      const account = deps.account(merchant);
      if (!account || !isAllowedSource(account.settings.postbackAddresses, request.ip)) throw new ProblemError('not_found');
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (await receivePostback(deps, merchant, account, raw)) return { status: 'ok' };
      request.log.warn({ merchantId: merchant }, 'a postback that is not signed as configured');
      throw new ProblemError('unauthorized', { detail: 'the signature is not right' });
    });
  }
};

/** Whether the address is on a list of addresses and subnets. Without a list every address is allowed. */
export const isAllowedSource = (list: readonly string[] | undefined, address: string): boolean =>
  !list || matchesAddressList(list)(address);

/** True once the postback is stored; false if it is not proven to come from Paykassma. Throws if it cannot be stored. */
export async function receivePostback(
  deps: PostbackDeps,
  merchantId: string,
  account: PostbackAccount,
  raw: Uint8Array,
): Promise<boolean> {
  const opened = openPostback(raw, postbackSettings(account.settings));
  if (opened.kind === 'refused') {
    deps.observer.upstreamCall('paykassma', 'postback', opened.reason);
    return false;
  }
  const fresh: PostbackRecord = {
    id: newId('pbk'),
    merchantId,
    upstream: account.id,
    digest: createHash('sha256').update(raw).digest('hex'),
    body: new TextDecoder().decode(raw),
    status: 'received',
    receivedAt: deps.clock.now(),
  };
  const known = await deps.store.postbackByDigest(merchantId, fresh.digest);
  if (!known) await limitVersions(deps, merchantId, opened.digest);
  const isNew = !known && (await deps.store.insertPostback(fresh));
  const stored = isNew ? fresh : (known ?? (await deps.store.postbackByDigest(merchantId, fresh.digest)));
  if (!stored) throw new Error('a postback that is stored already must be found');
  // It is stored, so Paykassma gets its answer even if this fails: `applyStoredPostbacks` applies it later.
  if (stored.status === 'received') await tryToApply(deps, stored);
  return true;
}

/** How postbacks to this account are signed and read. */
const postbackSettings = ({ accessKey, privateKey, signedPath }: PostbackAccount['settings']): PostbackSettings => ({
  accessKey,
  privateKey,
  signedPath,
  minorUnitDigits,
});

/** `applyStoredPostbacks` leaves younger postbacks alone, because their own requests may be applying them. */
const restMs = 30_000;
const postbacksPerPass = 50;
/** When the unmatched postbacks of a store were tried last. */
const unmatchedTriedAt = new WeakMap<Store, number>();

/** A person has decided about a transaction: its postback is looked at again soon, and no longer counts as unmatched. */
export const retryUnmatched = (store: Store): boolean => unmatchedTriedAt.delete(store);

/**
 * Applies what was stored and had no effect yet, because the process died or the store failed. Postbacks for which no payment was
 * found are tried again after each start and each hour, since their merchant may have been missing from the merchants file.
 */
export async function applyStoredPostbacks(deps: PostbackDeps): Promise<void> {
  const now = deps.clock.now();
  if (now - (unmatchedTriedAt.get(deps.store) ?? 0) >= hourMs) {
    unmatchedTriedAt.set(deps.store, now);
    await applyUnmatched(deps);
  }
  for (const postback of await deps.store.waitingPostbacks(deps.clock.now() - restMs, postbacksPerPass))
    await tryToApply(deps, postback);
}

async function applyUnmatched(deps: PostbackDeps): Promise<void> {
  for (let after = ''; ; ) {
    const postbacks = await deps.store.unmatchedPostbacks(after, postbacksPerPass);
    for (const postback of postbacks) await tryToApply(deps, postback);
    const last = postbacks.at(-1);
    if (!last || postbacks.length < postbacksPerPass) return;
    after = last.id;
  }
}

const tryToApply = (deps: PostbackDeps, postback: PostbackRecord): Promise<void> =>
  applyPostback(deps, postback).catch((cause: unknown) => deps.observer.failure('postback', cause));

/**
 * Settles the attempts that a stored postback speaks of. May be repeated. A postback that cannot be read, or has a transaction of
 * no payment of ours, is kept as `unmatched`, and each such transaction as an item for a person; it is never matched by label and
 * amount. A signed postback about a payout is none of our business, and counts as applied.
 */
async function applyPostback(deps: PostbackDeps, postback: PostbackRecord): Promise<void> {
  const account = deps.account(postback.merchantId);
  const opened = account && openPostback(Buffer.from(postback.body), postbackSettings(account.settings));
  let matched = opened?.kind === 'signed';
  if (account && opened?.kind === 'unreadable') matched = await storeUnreadable(deps, postback, account.id);
  if (account && opened?.kind === 'signed' && opened.postback.direction !== 'outgoing') {
    const { shape, transactions } = opened.postback;
    for (const transaction of transactions) {
      const applied = await applyTransaction(deps, account, shape, transaction);
      // The postback stays `received` and is applied again later. Its other transactions count only once.
      if (applied === 'later') return;
      // A refused transaction took no money, so there is nothing to match.
      const decided =
        applied || (transaction.outcome !== 'refused' && (await storeItem(deps, postback, account.id, transaction)));
      matched = decided && matched;
    }
  }
  deps.observer.upstreamCall('paykassma', 'postback', matched ? 'applied' : 'unmatched');
  // An unmatched postback is reported the first time only.
  if (!matched && postback.status === 'unmatched') return;
  if (!matched)
    deps.observer.failure(
      'postback',
      new OperatorNotice(`postback ${postback.id} names no attempt of ours: it waits in the queue to be matched or dismissed`),
    );
  await deps.store.updatePostback({ ...postback, status: matched ? 'applied' : 'unmatched' });
}

/**
 * True if the transaction is of an attempt of this account. It is looked up by account and not by merchant: if two merchants
 * share an account, the postbacks of both come to one address.
 */
async function applyTransaction(
  deps: PostbackDeps,
  { id: accountId, upstream }: PostbackAccount,
  shape: Postback['shape'],
  transaction: PostbackTransaction,
): Promise<boolean | 'later'> {
  const id = plainText(transaction.customTransactionId);
  const attempt = id === null ? null : await deps.store.attempt(id);
  const payment = attempt && (await deps.store.payment(attempt.paymentId));
  if (attempt?.method !== 'wallet' || !payment || deps.account(payment.merchantId)?.id !== accountId) return false;
  const outcome = classifyPostback(shape, transaction, payment, attempt, upstream);
  if (!outcome) return false;
  const intents = await deps.store.intents(attempt.id);
  // While the answer to our own call is on its way, a doubtful postback waits for it. The answer came from the server we called,
  // so it may settle e.g. an amount that no signature covers.
  const answered = attempt.status !== 'processing' || attempt.leaseUntil <= deps.clock.now();
  if (outcome.kind === 'needs_review' && !answered && intents.some(({ status }) => status === 'intended')) return 'later';
  const own = await claimReported(deps, accountId, shape, transaction, attempt, outcome);
  const settled = await afterMatchByHand(deps, accountId, transaction, payment, own);
  if (settled) await openSession(deps.payments, attempt, intents).settle(settled);
  return true;
}

/**
 * What is left to settle if a person has matched the transaction before, because it was not known then whose it is. Its money is
 * counted, so it must not count again. Where the person was wrong about the payment or the amount, a person has to look again.
 * @returns Null if nothing is left.
 */
async function afterMatchByHand(
  deps: PostbackDeps,
  accountId: string,
  transaction: PostbackTransaction,
  payment: PaymentRecord,
  outcome: Outcome,
): Promise<Outcome | null> {
  const reported = outcome.kind === 'paid' || outcome.kind === 'needs_review' ? outcome.evidence : undefined;
  const item = reported && (await takeItem(deps, accountId, transaction, payment.id));
  if (!reported || !item?.paymentId) return outcome;
  const ids = [reported.upstreamId, itemKeyOf(transaction)];
  const counted = (await deps.store.evidence(item.paymentId)).find(({ upstreamId }) => ids.includes(upstreamId));
  const here = item.paymentId === payment.id;
  // A signed amount confirms what a person has typed in, or replaces it. Which of two signed ones is right, only a person can find out.
  const byPerson = counted && (counted.reportedBy !== null || counted.disposition !== null || !counted.counted);
  if (here && transaction.signed.amount !== null && reported.amount > 0 && byPerson && counted.attemptId === reported.upstreamId)
    return { kind: 'paid', evidence: { ...reported, upstreamId: counted.upstreamId } };
  // 0: no signature covers the amount, so it contradicts nobody.
  if (here && (reported.amount === 0 || counted?.amount === reported.amount)) return null;
  await deps.store.raiseFlag({
    id: newId('flg'),
    merchantId: payment.merchantId,
    paymentId: item.paymentId,
    kind: 'decision_contradicted',
    // A flag is raised once for a subject, and each other amount is news.
    subject: here ? `${item.id}:${reported.amount}:${reported.currency}` : item.id,
    reason: here
      ? 'A postback that was matched by hand came again with another amount.'
      : `A postback that was matched by hand came again, and it names payment ${payment.id}.`,
    amount: reported.amount,
    currency: reported.currency,
    raisedAt: deps.clock.now(),
    closedAt: null,
    closedBy: null,
    note: null,
  });
  if (here) return null;
  return { kind: 'needs_review', why: 'a person has matched this transaction to another payment', evidence: reported };
}
