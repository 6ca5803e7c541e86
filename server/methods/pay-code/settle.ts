/**
 * What became of an attempt whose answer was lost (paycodes.md §5.3). `get_code` tells: used in our name → paid; used in
 * another's → not ours; unused → nothing has happened yet, so the call is made once more, under an intent of its own. That
 * second call cannot charge twice: a code is used once, and both calls bear the same name.
 */
import { codeState } from '../../clients/paycodes/code-state.ts';
import type { Outcome } from '../../payments/outcome.ts';
import type { Unsettled } from '../../payments/ports.ts';
import { type Asked, askedOf } from './asked.ts';
import { askedInPlace } from './asked-in-place.ts';
import { clientOf } from './client-of.ts';
import { evidenceOf } from './evidence-of.ts';
import { fence } from './fence.ts';
import { type Found, getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { refusalOf } from './refusal-of.ts';
import { unseal } from './sealed-code.ts';
import { spend } from './spend.ts';
import { useCodeIntent } from './use-code-intent.ts';

/** A call older than this has arrived or never will. */
const inFlightMs = 60_000;
const mostCalls = 5;

export const settle = async (parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Outcome> =>
  askedInPlace(await settleUse(parts, account, unsettled), unsettled.attempt);

async function settleUse(parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Outcome> {
  const { payment, attempt, intents } = unsettled;
  const last = intents.at(-1);
  // It ended before anything that spends was written down, so nothing was sent.
  if (!last) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  // By what there is, not by what is first: a clock may have been set back in between.
  if (intents.some(({ operation }) => operation === 'generate_code')) return settleShown(parts, account, unsettled);
  const rule = account?.settings.rules.find(({ slug }) => slug === last.notes.rule);
  if (!account || !rule) return { kind: 'review', why: 'the rule of this code is no longer configured' };
  if (!account.settings.clientRecovery) return { kind: 'review', why: 'no client to find a lost use_code by' };

  const candidate = { rule, code: unseal(parts.sealer, attempt, rule) };
  // Before the read, not after it: what was in flight then may have arrived since.
  const now = parts.clock.now();
  const answer = await getCode(parts, account, candidate);
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const found: Found = { ...candidate, answer };
  const arrived = now - last.createdAt > inFlightMs;
  const asked = askedOf(payment, account.settings, last.notes.excess !== undefined);

  if (codeState(answer, now) === 'used') return whoUsed(account, found, attempt.id, asked);
  const refusal = refusalOf(answer, rule, asked, now);
  if (refusal) return arrived ? { kind: 'refused', refusal } : { kind: 'unknown' };
  // All calls have had their time and the code is unused: proven, and the customer is free to try another way.
  if (intents.length >= mostCalls)
    return arrived ? { kind: 'refused', refusal: { code: 'provider_unavailable' } } : { kind: 'unknown' };
  await unsettled.commitIntent(useCodeIntent(attempt.id, rule, asked));
  const outcome = await spend(parts, account, found, attempt.id, asked);
  // "Not by this call" says nothing of the one before, which may still be on its way.
  return outcome.kind === 'refused' && !arrived ? { kind: 'unknown' } : outcome;
}

function whoUsed({ settings }: PayCodeAccount, { answer, rule }: Found, attemptId: string, asked: Asked): Outcome {
  const client = answer.kind === 'found' ? answer.code.client : null;
  if (client === clientOf(attemptId)) return evidenceOf(answer, rule, settings, client, asked);
  return client === null
    ? { kind: 'review', why: 'the code is used, and PayCodes does not say by whom' }
    : { kind: 'refused', refusal: { code: 'code_used', field: 'code' } };
}

/** A shown code that the customer leaves. One that never came to be shown is known to nobody. */
async function settleShown(parts: PayCodeParts, account: PayCodeAccount | null, unsettled: Unsettled): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  if (attempt.sealed === null) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  const rule = account?.settings.rules.find(({ slug }) => slug === intents[0]?.notes.rule);
  if (!account || !rule) return { kind: 'review', why: 'the rule of this code is no longer configured' };
  return fence(parts, account, rule, unsettled);
}
