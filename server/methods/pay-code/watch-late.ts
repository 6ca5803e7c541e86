/**
 * A code was read as not used and its attempt has ended, though a call to use it was lost. Such a call may lie in a queue for as long as it
 * likes: the code is read again later, and where it has been used in our name after all, that is money.
 */
import { nextLateCheckIn } from '../../payments/attempts/check-schedule.ts';
import type { Watched } from '../../payments/model/outcome.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import { askedOf } from './asked.ts';
import { clientOf } from './client-of.ts';
import { getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { evidenceOf } from './pricing.ts';
import { unseal } from './sealed-code.ts';

/** Where PayCodes, or the rule, is out of reach. */
const againMs = 10 * 60_000;
/** After that it is over all the same, or a code would lie here for ever; somebody is told. */
const longestLateMs = 7 * 24 * 3_600_000;

export async function watchLate(parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Watched> {
  const { payment, attempt, intents } = unsettled;
  const over: Watched = { kind: 'over', refusal: attempt.problem ?? { code: 'provider_unavailable' } };
  const last = intents.at(-1);
  if (!last || attempt.sealed === null) return over;
  const now = parts.clock.now();
  const untold = (): Watched => {
    if (now - (attempt.endedAt ?? now) < longestLateMs) return { kind: 'again', inMs: againMs };
    parts.observer.failure('pay codes', new Error(`the code of ${attempt.id} may have been used late, and cannot be read`));
    return over;
  };
  const rule = account?.settings.rules.find(({ slug }) => slug === last.notes.rule);
  if (!account || !rule) return untold();
  const answer = await getCode(parts, account, { rule, code: unseal(parts.sealer, attempt, rule) });
  if (answer?.kind !== 'found') return untold();
  if (answer.code.useTime !== null) {
    if (answer.code.client !== clientOf(attempt.id)) return over;
    // It is no money by itself, and what it was to take off is not due any more: somebody has to make it good.
    if (last.notes.discount !== undefined) {
      parts.observer.failure('discount', new Error(`the discount code of ${attempt.id} was used after its payment had ended`));
      return over;
    }
    const asked = askedOf(payment, account.settings, last.notes.excess !== undefined);
    return evidenceOf(answer, rule, account.settings, clientOf(attempt.id), asked);
  }
  const inMs = nextLateCheckIn(attempt.endedAt ?? now, now);
  return inMs === null ? over : { kind: 'again', inMs };
}
