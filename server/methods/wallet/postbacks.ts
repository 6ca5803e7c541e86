/** Takes in what Paykassma tells unasked: nothing that is not signed, everything that is, before any effect. */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { minorUnitDigits } from '#contract';
import type { ReadAmount } from '../../clients/paykassma/minor-units.ts';
import type { Postback, PostbackTransaction } from '../../clients/paykassma/postback.ts';
import { largestPostback, openPostback, type PostbackSettings } from '../../clients/paykassma/postback.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import { newId } from '../../payments/model/ids.ts';
import type { EvidenceInput, Outcome } from '../../payments/model/outcome.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, PostbackRecord } from '../../payments/model/records.ts';
import { matchesAddressList } from '../client-address.ts';
import type { TransferDeps, WalletAccount, WalletSettings } from './account.ts';

/** True when it is stored; false where it is not proven to be Paykassma's. Throws where it cannot be stored. */
export async function receivePostback(
  parts: TransferDeps,
  merchantId: string,
  account: WalletAccount,
  raw: Uint8Array,
): Promise<boolean> {
  const opened = openPostback(raw, postbackSettings(account.settings));
  if (opened.kind === 'refused') {
    parts.observer.upstreamCall('paykassma', 'postback', opened.reason);
    return false;
  }
  const fresh: PostbackRecord = {
    id: newId('pbk'),
    merchantId,
    upstream: account.id,
    digest: createHash('sha256').update(raw).digest('hex'),
    body: new TextDecoder().decode(raw),
    status: 'received',
    receivedAt: parts.clock.now(),
  };
  const stored = (await parts.store.insertPostback(fresh)) ? fresh : await parts.store.postbackByDigest(merchantId, fresh.digest);
  if (!stored) throw new Error('a postback that is stored already must be found');
  // Stored, so it will have its effect: the sweep finds what fails here.
  if (stored.status === 'received') {
    await applyPostback(parts, stored).catch((cause: unknown) => parts.observer.failure('postback', cause));
  }
  return true;
}

/** `POST /postbacks/paykassma/:merchant`. Answers `{"status":"ok"}` exactly when the postback is stored. */
export const postbackRoutes: FastifyPluginAsync<TransferDeps> = async (app, parts) => {
  // The signature is over the bytes, so nobody may read them first; the type they come with says nothing.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const schema = { hide: true };
  // Whoever typed the address into Paykassma's cabinet may have ended it with a slash, and the credit must not be lost by that.
  for (const end of ['', '/']) {
    app.post<{ Params: { merchant: string } }>(
      `/postbacks/paykassma/:merchant${end}`,
      { schema, bodyLimit: largestPostback },
      async (request) => {
        const { merchant } = request.params;
        const account = parts.account(merchant);
        if (!account || !isAllowedSource(account.settings.postbackAddresses, request.ip)) throw new ProblemError('not_found');
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (await receivePostback(parts, merchant, account, raw)) return { status: 'ok' };
        request.log.warn({ merchantId: merchant }, 'a postback that is not signed as configured');
        throw new ProblemError('unauthorized', { detail: 'the signature is not right' });
      },
    );
  }
};

/** Whether an address is on a list of addresses and subnets; without a list every one is. */
export const isAllowedSource = (list: readonly string[] | undefined, address: string): boolean =>
  !list || matchesAddressList(list)(address);

/** Lets a stored postback have its effect, once or many times: each word about money is one piece of evidence. */
/** Where it speaks of no payment of ours it stays, as `unmatched`, for a person; never matched by label and amount. */
export async function applyPostback(parts: TransferDeps, postback: PostbackRecord): Promise<void> {
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
  parts: TransferDeps,
  { id: accountId, upstream }: WalletAccount,
  shape: Postback['shape'],
  told: PostbackTransaction,
): Promise<boolean | 'later'> {
  const { customTransactionId: id } = told;
  const attempt = id === null ? null : await parts.store.attempt(id);
  const payment = attempt && (await parts.store.payment(attempt.paymentId));
  if (attempt?.method !== 'wallet' || !payment || parts.account(payment.merchantId)?.id !== accountId) return false;
  const outcome = classifyPostback(shape, told, payment, attempt, upstream);
  if (!outcome) return false;
  const intents = await parts.store.intents(attempt.id);
  // The answer to our own call is on its way, and it is believed where a postback leaves a doubt, e.g. about an amount that is not signed.
  const answered = attempt.status !== 'processing' || attempt.leaseUntil <= parts.clock.now();
  if (outcome.kind === 'review' && !answered && intents.some(({ status }) => status === 'intended')) return 'later';
  await openSession(parts.payments, attempt, intents).settle(outcome);
  return true;
}

/** What a signed word about one of our transfers says of the attempt. Only what the signature covers is believed. */
/** Null where nobody can tell whether it says that money came in. */
export function classifyPostback(
  shape: Postback['shape'],
  told: PostbackTransaction,
  payment: Pick<PaymentRecord, 'currency'>,
  attempt: Pick<AttemptRecord, 'id' | 'action' | 'entered'>,
  upstream: string,
): Outcome | null {
  if (told.outcome === 'refused') {
    return { kind: 'asked', refusal: { code: 'transfer_refused', field: 'transactionNumber' }, watched: false };
  }
  if (told.outcome !== 'credited' || attempt.action?.kind !== 'transfer') return null;
  const asked = attempt.action.amount;
  const money = (amount: number, currency: string): EvidenceInput => ({ upstream, upstreamId: attempt.id, amount, currency });
  // Also without an amount: that money came must not be forgotten because nobody can say how much.
  const doubt = (why: string, amount: ReadAmount | null, currency: string | null): Outcome => ({
    kind: 'review',
    why,
    evidence: money(typeof amount === 'number' ? amount : 0, currency ?? payment.currency),
  });

  const { signed, unsigned } = told;
  const amount = signed.amount ?? unsigned.amount;
  const currency = signed.currency ?? unsigned.currency;
  // A-Pay's id is that of its own order, not the wallet's number.
  const number = shape === 'apay' ? null : told.transactionId;
  if (number !== null && attempt.entered !== null && number.toUpperCase() !== attempt.entered.toUpperCase()) {
    return doubt('credited under another number than the customer told', amount, currency);
  }
  if (amount === null || amount === 'inexact' || amount <= 0)
    return doubt('credited without an amount that can be said exactly', null, currency);
  if (signed.amount === null && (amount !== asked || (currency ?? payment.currency) !== payment.currency)) {
    return doubt('an amount that is not signed and differs from the asked one', amount, currency);
  }
  return { kind: 'paid', evidence: money(amount, currency ?? payment.currency) };
}

/**
 * Applies what was stored and had no effect yet: the process died in between, or the store failed. What no payment was found for is tried again with
 * each start and each hour: its merchant may have been missing from the file.
 */
/** Somebody may be at work on younger ones. */
const restMs = 30_000;

const hourMs = 3_600_000;
const atOnce = 50;
/** When each store's unmatched ones were tried last. */
const triedAt = new WeakMap<TransferDeps['store'], number>();

export async function applyStoredPostbacks(parts: TransferDeps): Promise<void> {
  const now = parts.clock.now();
  if (now - (triedAt.get(parts.store) ?? 0) >= hourMs) {
    triedAt.set(parts.store, now);
    await tryUnmatched(parts);
  }
  for (const postback of await parts.store.waitingPostbacks(parts.clock.now() - restMs, 50)) {
    await applyPostback(parts, postback).catch((cause: unknown) => parts.observer.failure('postback', cause));
  }
}

async function tryUnmatched(parts: TransferDeps): Promise<void> {
  for (let after = ''; ; ) {
    const postbacks = await parts.store.unmatchedPostbacks(after, atOnce);
    for (const postback of postbacks)
      await applyPostback(parts, postback).catch((cause: unknown) => parts.observer.failure('postback', cause));
    const last = postbacks.at(-1);
    if (!last || postbacks.length < atOnce) return;
    after = last.id;
  }
}

/** How postbacks to one account are proven and read. */
export const postbackSettings = ({ accessKey, privateKey, signedPath }: WalletSettings): PostbackSettings => ({
  accessKey,
  privateKey,
  signedPath,
  minorUnitDigits,
});
