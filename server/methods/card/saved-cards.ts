/**
 * Saved cards of a merchant's customers, and the tokens that are left when an attempt is over. A token belongs to one cashbox, so
 * only the cards of the cashbox that the merchant uses now are shown.
 */
import type { SavedCard } from '#contract';
import { newId } from '../../payments/model/ids.ts';
import { hasPaid } from '../../payments/model/payment-state.ts';
import type { AttemptRecord, CardRecord } from '../../payments/model/records.ts';
import { dayMs, minuteMs } from '../../payments/model/time.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { callPayme, isUnknownToken } from './call-payme.ts';
import { decryptCard, type StoredCard } from './card-session.ts';

/** Newest first. */
export const savedCards = async (
  { store }: Pick<CardDeps, 'store'>,
  account: CardAccount,
  merchantId: string,
  label: string,
): Promise<CardRecord[]> => (await store.cards(merchantId, label)).filter((card) => card.account === account.id);

/** Null if there is no such card, and also if it is somebody else's. */
export const savedCard = async (
  deps: Pick<CardDeps, 'store'>,
  account: CardAccount,
  merchantId: string,
  label: string,
  id: string,
): Promise<CardRecord | null> => (await savedCards(deps, account, merchantId, label)).find((card) => card.id === id) ?? null;

export const savedCardView = ({ id, number }: CardRecord): SavedCard => ({ id, number });

/** The card disappears here at once. Its token is removed at Payme by `purgeCardTokens`, as soon as Payme can be reached. */
export const removeCard = ({ store, clock }: Pick<CardDeps, 'store' | 'clock'>, card: CardRecord): Promise<void> =>
  store.updateCard({ ...card, removedAt: clock.now() });

/**
 * How many tokens one pass looks at. It is more than wait at a time, so that an unreachable cashbox does not keep all others
 * waiting.
 */
const tokensPerPass = 200;
/** How long we try to remove a token at Payme. After that it is only erased here. */
const patienceMs = dayMs;

/**
 * Deals with the tokens that no attempt needs any more. The token of a card that paid and was to be saved becomes a saved card;
 * any other token is removed at Payme; then it is erased from the attempt. It works on stored rows, so a crash only delays it.
 */
export async function purgeCardTokens(deps: CardDeps): Promise<void> {
  for (const attempt of await deps.store.attemptsWithStaleSecret('card', tokensPerPass)) {
    await purgeAttempt(deps, attempt).catch(async (cause: unknown) => {
      deps.observer.failure('tidy', cause);
      // The token may be sealed under a key that is gone. It must not keep its place at the front of the rows for ever.
      if (isOverdue(deps, attempt.endedAt)) await deps.store.eraseSecret(attempt.id);
    });
  }
  for (const card of await deps.store.removedCards(tokensPerPass)) {
    await deleteRemovedCard(deps, card).catch(async (cause: unknown) => {
      deps.observer.failure('tidy', cause);
      if (isOverdue(deps, card.removedAt)) await deps.store.deleteCard(card.id);
    });
  }
}

const isOverdue = ({ clock }: CardDeps, since: number | null): boolean => clock.now() - (since ?? 0) >= patienceMs;

async function purgeAttempt(deps: CardDeps, attempt: AttemptRecord): Promise<void> {
  const { store } = deps;
  const payment = await store.payment(attempt.paymentId);
  const account = payment && deps.account(payment.merchantId);
  if (!account) return store.eraseSecret(attempt.id);
  const card = decryptCard(deps.sealer, attempt);
  if (card.savedId !== undefined) await renewToken(deps, card.savedId, card.token);
  else if (card.save && hasPaid(attempt)) await saveCard(deps, account, payment, attempt, card);
  else if (!(await removeAtPayme(deps, account, card.token, attempt.id)) && !isOverdue(deps, attempt.endedAt)) return;
  await store.eraseSecret(attempt.id);
}

/** If the customer has saved the same card before, the new one replaces it. */
async function saveCard(
  deps: CardDeps,
  account: CardAccount,
  { merchantId, label }: { merchantId: string; label: string },
  attempt: AttemptRecord,
  { token, number, mark, olderMarks = [] }: StoredCard,
): Promise<void> {
  const { store, sealer, clock } = deps;
  const same = (await store.cards(merchantId, label)).filter(
    (card) => [mark, ...olderMarks].includes(card.mark) && card.attemptId !== attempt.id,
  );
  const id = newId('card');
  await store.insertCard({
    id,
    merchantId,
    label,
    account: account.id,
    sealed: sealer.seal(token, id),
    number,
    mark,
    attemptId: attempt.id,
    savedAt: clock.now(),
    removedAt: null,
  });
  for (const card of same) await removeCard(deps, card);
}

/** Payme may have returned another token for a saved card when it paid. The newest one counts. */
async function renewToken({ store, sealer }: CardDeps, cardId: string, token: string): Promise<void> {
  const card = await store.card(cardId);
  if (!card || sealer.open(card.sealed, cardId) === token) return;
  await store.updateCard({ ...card, sealed: sealer.seal(token, cardId) });
}

async function deleteRemovedCard(deps: CardDeps, card: CardRecord): Promise<void> {
  const account = deps.account(card.merchantId);
  const removed =
    !account ||
    account.id !== card.account ||
    (await removeAtPayme(deps, account, deps.sealer.open(card.sealed, card.id), card.id));
  if (removed || isOverdue(deps, card.removedAt)) await deps.store.deleteCard(card.id);
}

/**
 * Until when we do not try again: for a cashbox that did not answer, or for one token that Payme refused to remove. It is in
 * memory only, because a restart costs no more than a few calls.
 */
const pauses = new WeakMap<CardAccount, Map<string, number>>();
const pauseMs = minuteMs;
const wholeCashbox = '*';

/**
 * True if the token is gone at Payme, also if Payme no longer knew it. After any other decline the token is still valid, so it is
 * tried again.
 * @param rowId The id of the row that stores the token.
 */
async function removeAtPayme(
  { observer, clock }: CardDeps,
  account: CardAccount,
  token: string,
  rowId: string,
): Promise<boolean> {
  const paused = pauses.get(account) ?? new Map<string, number>();
  pauses.set(account, paused);
  if ([rowId, wholeCashbox].some((key) => (paused.get(key) ?? 0) > clock.now())) return false;
  const answer = await callPayme(observer, 'cards.remove', () => account.client.cardsRemove({ token }));
  paused.delete(rowId);
  if (answer.kind === 'ok' ? answer.result.success : answer.kind === 'refused' && isUnknownToken(answer)) return true;
  paused.set(answer.kind === 'fault' ? wholeCashbox : rowId, clock.now() + pauseMs);
  return false;
}
