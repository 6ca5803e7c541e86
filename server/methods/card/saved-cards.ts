/** The cards that a customer saved with a merchant, of the cashbox that is in use: a token of another one opens nothing there. */
import type { SavedCard } from '#contract';
import type { CardRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardParts } from './card-parts.ts';

export const savedCards = async (
  { store }: Pick<CardParts, 'store'>,
  account: CardAccount,
  merchantId: string,
  label: string,
): Promise<CardRecord[]> => (await store.cards(merchantId, label)).filter((card) => card.account === account.id);

/** Null for a card of somebody else, too. */
export const savedCard = async (
  parts: Pick<CardParts, 'store'>,
  account: CardAccount,
  merchantId: string,
  label: string,
  id: string,
): Promise<CardRecord | null> => (await savedCards(parts, account, merchantId, label)).find((card) => card.id === id) ?? null;

export const savedCardView = ({ id, number }: CardRecord): SavedCard => ({ id, number });
