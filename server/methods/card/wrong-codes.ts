/** How many wrong SMS codes were typed for a token within a day. Counted in a row: neither a new SMS nor a restart makes it less. */
import type { Tries } from '../../payments/model/ports.ts';
import type { CardParts } from './card-parts.ts';

const kind = 'sms_code';
const dayMs = 24 * 3_600_000;

export const wrongCodes = ({ store, sealer, clock }: CardParts, token: string): Promise<Tries> =>
  store.tries(kind, sealer.fingerprint(token), clock.now());

/** Before the guess is made, so that many at once are no more than may be. */
export const countGuess = ({ store, sealer, clock }: CardParts, token: string): Promise<Tries> =>
  store.countTry(kind, sealer.fingerprint(token), clock.now(), dayMs);

/** It was no guess, or a right one. Never fails: it stands between Payme's answer and what follows from it. */
export const forgiveGuess = ({ store, sealer, observer }: CardParts, token: string): Promise<void> =>
  store.giveBackTry(kind, sealer.fingerprint(token)).catch((cause: unknown) => observer.failure('tries', cause));
