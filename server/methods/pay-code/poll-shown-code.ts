/** Looks whether the code that was shown has been used by the customer's SMS, or what became of a discount code that nobody came back for. */
import { codeState } from '../../clients/paycodes/code-rules.ts';
import { nextLateCheckIn } from '../../payments/attempts/check-schedule.ts';
import type { Watched } from '../../payments/model/outcome.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import type { PayCodeAccount, PayCodeParts } from './account.ts';
import { clientOf, fenceClientOf, unseal } from './codes.ts';
import { askedOf, evidenceOf } from './pricing.ts';
import { getCode } from './redeem.ts';

const longestMs = 3 * 24 * 3_600_000;

/** Used by anybody but us is used by the gateway, unless the merchant's file names that one. */
export const bySms = (client: string | null, attemptId: string, { smsClient }: PayCodeAccount['settings']): boolean =>
  smsClient === undefined ? client !== fenceClientOf(attemptId) : client === smsClient;

export async function watch(parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Watched> {
  const { payment, attempt, intents } = unsettled;
  const now = parts.clock.now();
  const again: Watched = { kind: 'again', inMs: nextLookIn(now - attempt.startedAt) };
  const rule = account?.settings.rules.find(({ slug }) => slug === intents[0]?.notes.rule);
  if (!account || !rule || attempt.sealed === null) return again;
  const answer = await getCode(parts, account, { rule, code: unseal(parts.sealer, attempt, rule) });
  // Made to be valid for two days at the most: one that PayCodes does not know after that comes to nothing.
  if (answer?.kind === 'refused' && now - attempt.startedAt > longestMs)
    return { kind: 'over', refusal: { code: 'code_expired' } };
  if (answer?.kind !== 'found') return again;
  const state = codeState(answer, now);
  if (state === 'used') {
    if (!bySms(answer.code.client, attempt.id, account.settings)) return { kind: 'over', refusal: { code: 'code_used' } };
    const asked = askedOf(payment, account.settings, true);
    return evidenceOf(answer, rule, account.settings, `sms:${attempt.id}`, asked);
  }
  // Only time ends it for good: what is switched off may be switched on again, and an SMS that comes then must not be lost.
  return state === 'expired' ? { kind: 'over', refusal: { code: 'code_expired' } } : again;
}

/** How often a shown code is looked at, by how long it has been shown: soon while the customer waits, each minute when they have gone. */
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** Nobody has an SMS sent sooner. */
export const firstLookMs = 3 * secondMs;

export function nextLookIn(shownMs: number): number {
  if (shownMs < 2 * minuteMs) return firstLookMs;
  if (shownMs < 5 * minuteMs) return 5 * secondMs;
  return shownMs < 15 * minuteMs ? 10 * secondMs : minuteMs;
}

/**
 * A code was read as not used and its attempt has ended, though a call to use it was lost. Such a call may lie in a queue for as long as it
 * likes: the code is read again later, and where it has been used in our name after all, that is money.
 */
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
