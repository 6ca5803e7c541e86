/** Looks whether the code that was shown has been used by the customer's SMS, or what became of a discount code that nobody came back for. */
import { codeState } from '../../clients/paycodes/code-state.ts';
import type { Watched } from '../../payments/model/outcome.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import { askedOf } from './asked.ts';
import { fenceClientOf } from './fence-client-of.ts';
import { getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { evidenceOf } from './pricing.ts';
import { unseal } from './sealed-code.ts';
import { nextLookIn } from './watch-schedule.ts';

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
