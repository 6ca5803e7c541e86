/**
 * What is kept of a card while an attempt goes on: its token, never its number. Sealed for this attempt; erased when the token has been
 * removed at Payme or has become a saved card's.
 */
import * as z from 'zod';
import type { Card } from '../../clients/payme/answers.ts';
import type { Sealer } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';

const KeptCard = z.strictObject({
  token: z.string(),
  /** Masked. */
  number: z.string(),
  mark: z.string(),
  /** The customer wants it saved. */
  save: z.boolean(),
  /** Of a saved card: its id. */
  savedId: z.string().optional(),
  /** The payer's, 12 digits. */
  phone: z.string().optional(),
});
export type KeptCard = z.infer<typeof KeptCard>;

/** The same card has the same one again: of its masked number and its expiry, which is kept nowhere itself. */
export const markOf = (sealer: Sealer, { number, expire }: Pick<Card, 'number' | 'expire'>): string =>
  sealer.fingerprint(`card ${number} ${expire}`);

export const sealCard = (sealer: Sealer, attemptId: string, card: KeptCard): string =>
  sealer.seal(JSON.stringify(card), attemptId);

/** Throws where nothing is sealed, or under another key. */
export function openCard(sealer: Sealer, { id, sealed }: Pick<AttemptRecord, 'id' | 'sealed'>): KeptCard {
  if (sealed === null) throw new Error('an attempt by card without its token');
  return KeptCard.parse(JSON.parse(sealer.open(sealed, id)));
}
