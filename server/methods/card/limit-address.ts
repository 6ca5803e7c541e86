/** Slows down whoever tries many cards from one address. Counted in a row, under a keyed hash of the address. */
import { ProblemError } from '../../payments/model/problem-error.ts';
import { addressOf } from '../client-address.ts';
import type { CardAccount, CardParts } from './card-parts.ts';
import { hourMs } from './rate-limits.ts';

/** Counts one card more. Throws `too_many_attempts`. */
export async function limitAddress(
  { store, sealer, clock }: CardParts,
  { id, settings }: CardAccount,
  ip: string,
): Promise<void> {
  const subject = sealer.fingerprint(`${id} ${addressOf(ip)}`);
  const { count, resetsAt } = await store.countTry('card_address', subject, clock.now(), hourMs);
  if (count > settings.limits.cardsPerAddress)
    throw new ProblemError('too_many_attempts', { retryAt: new Date(resetsAt).toISOString() });
}
