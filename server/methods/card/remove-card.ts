/** A saved card is not wanted any more: at once for everybody here, and at Payme as soon as it can be reached. */
import type { CardRecord } from '../../payments/model/records.ts';
import type { CardParts } from './card-parts.ts';

export const removeCard = ({ store, clock }: Pick<CardParts, 'store' | 'clock'>, card: CardRecord): Promise<void> =>
  store.updateCard({ ...card, removedAt: clock.now() });
