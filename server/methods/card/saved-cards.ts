/** The cards that a customer saved with a merchant, of the cashbox that is in use: a token of another one opens nothing there. */
import type { SavedCard } from '#contract';
import { newId } from '../../payments/model/ids.ts';
import { hasPaid } from '../../payments/model/payment-state.ts';
import type { AttemptRecord, CardRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { callPayme, isUnknownToken } from './call-payme.ts';
import { decryptCard, type StoredCard } from './card-session.ts';

export const savedCards = async (
  { store }: Pick<CardDeps, 'store'>,
  account: CardAccount,
  merchantId: string,
  label: string,
): Promise<CardRecord[]> => (await store.cards(merchantId, label)).filter((card) => card.account === account.id);

/** Null for a card of somebody else, too. */
export const savedCard = async (
  parts: Pick<CardDeps, 'store'>,
  account: CardAccount,
  merchantId: string,
  label: string,
  id: string,
): Promise<CardRecord | null> => (await savedCards(parts, account, merchantId, label)).find((card) => card.id === id) ?? null;

export const savedCardView = ({ id, number }: CardRecord): SavedCard => ({ id, number });

/** A saved card is not wanted any more: at once for everybody here, and at Payme as soon as it can be reached. */
export const removeCard = ({ store, clock }: Pick<CardDeps, 'store' | 'clock'>, card: CardRecord): Promise<void> =>
  store.updateCard({ ...card, removedAt: clock.now() });

/**
 * What is left to do with tokens when nobody waits any more: a card that paid and was to be saved becomes a saved card; every other token is
 * removed at Payme; then it is erased here. Found by rows, so a crash in between only delays it.
 */
/** More than rest at a time, or those of one cashbox that cannot be reached would keep all others waiting. */
const atOnce = 200;
/** So long a token is tried to be removed; after that it is only forgotten. */
const patienceMs = 24 * 3_600_000;
const restMs = 60_000;
/** Until when a cashbox, or one token of it, is not asked again: in memory, since nothing but calls hangs on it. */
const rests = new WeakMap<CardAccount, Map<string, number>>();

export async function purgeCardTokens(parts: CardDeps): Promise<void> {
  for (const attempt of await parts.store.attemptsWithStaleSecret('card', atOnce)) {
    await tidyAttempt(parts, attempt).catch(async (cause: unknown) => {
      parts.observer.failure('tidy', cause);
      // Sealed with another key, say: it must not stand before the others for ever.
      if (isOver(parts, attempt.endedAt)) await parts.store.eraseSecret(attempt.id);
    });
  }
  for (const card of await parts.store.removedCards(atOnce)) {
    await forget(parts, card).catch(async (cause: unknown) => {
      parts.observer.failure('tidy', cause);
      if (isOver(parts, card.removedAt)) await parts.store.deleteCard(card.id);
    });
  }
}

async function tidyAttempt(parts: CardDeps, attempt: AttemptRecord): Promise<void> {
  const { store } = parts;
  const payment = await store.payment(attempt.paymentId);
  const account = payment && parts.account(payment.merchantId);
  if (!account) return store.eraseSecret(attempt.id);
  const card = decryptCard(parts.sealer, attempt);
  if (card.savedId !== undefined) await renew(parts, card.savedId, card.token);
  else if (card.save && hasPaid(attempt)) await save(parts, account, payment, attempt, card);
  else if (!(await isRemoved(parts, account, card.token, attempt.id)) && !isOver(parts, attempt.endedAt)) return;
  await store.eraseSecret(attempt.id);
}

async function save(
  parts: CardDeps,
  account: CardAccount,
  { merchantId, label }: { merchantId: string; label: string },
  attempt: AttemptRecord,
  { token, number, mark }: StoredCard,
): Promise<void> {
  const { store, sealer, clock } = parts;
  // Saved anew, the same card takes the place of the older one.
  const same = (await store.cards(merchantId, label)).filter((card) => card.mark === mark && card.attemptId !== attempt.id);
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
  for (const card of same) await removeCard(parts, card);
}

/** Payme may have answered another token for a saved card: the newest counts. */
async function renew({ store, sealer }: CardDeps, cardId: string, token: string): Promise<void> {
  const card = await store.card(cardId);
  if (!card || sealer.open(card.sealed, cardId) === token) return;
  await store.updateCard({ ...card, sealed: sealer.seal(token, cardId) });
}

async function forget(parts: CardDeps, card: CardRecord): Promise<void> {
  const account = parts.account(card.merchantId);
  const removed =
    !account ||
    account.id !== card.account ||
    (await isRemoved(parts, account, parts.sealer.open(card.sealed, card.id), card.id));
  if (removed || isOver(parts, card.removedAt)) await parts.store.deleteCard(card.id);
}

/**
 * Also where Payme does not know it any more. Any other refusal leaves it as good as it was, so it is tried again.
 * @param id Of the row that keeps it.
 */
async function isRemoved({ observer, clock }: CardDeps, account: CardAccount, token: string, id: string): Promise<boolean> {
  const resting = rests.get(account) ?? new Map<string, number>();
  rests.set(account, resting);
  if ([id, everyToken].some((what) => (resting.get(what) ?? 0) > clock.now())) return false;
  const said = await callPayme(observer, 'cards.remove', () => account.client.cardsRemove({ token }));
  resting.delete(id);
  if (said.kind === 'ok' ? said.result.success : said.kind === 'refused' && isUnknownToken(said)) return true;
  resting.set(said.kind === 'fault' ? everyToken : id, clock.now() + restMs);
  return false;
}

const isOver = ({ clock }: CardDeps, since: number | null): boolean => clock.now() - (since ?? 0) >= patienceMs;

const everyToken = '*';
