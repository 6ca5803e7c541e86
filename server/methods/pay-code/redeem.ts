/** Uses a code, once, and says what came of it. The intent must be committed before this is called. */
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Asked } from './asked.ts';
import { clientOf } from './client-of.ts';
import { type Found, getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { evidenceOf } from './pricing.ts';
import { refusalOf } from './refusal-of.ts';

export async function spend(
  parts: PayCodeParts,
  account: PayCodeAccount,
  found: Found,
  attemptId: string,
  asked: Asked,
): Promise<Outcome> {
  const { client, settings } = account;
  const { rule, code } = found;
  try {
    const answer = await client.useCode({ code, ruleSlug: rule.slug, client: clientOf(attemptId) });
    const used = answer.kind === 'status' && answer.used;
    parts.observer.upstreamCall('paycodes', 'use_code', answer.kind === 'status' ? String(answer.used) : 'refused');
    if (used) return evidenceOf(found.answer, rule, settings, clientOf(attemptId), asked);
    return whyNot(parts, account, found, attemptId, asked, answer.kind === 'status');
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    parts.observer.upstreamCall('paycodes', 'use_code', cause.fault);
    if (cause.fault === 'not_sent') return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
    return settings.clientRecovery
      ? { kind: 'unknown' }
      : { kind: 'review', why: 'a lost use_code, and no client to find it by' };
  }
}

/**
 * Answered with "not by this call" or with an error, so nothing of ours is in flight any more and what `get_code` says now
 * is final. `false`, and yet unused: PayCodes says somebody else has it.
 */
async function whyNot(
  parts: PayCodeParts,
  account: PayCodeAccount,
  found: Found,
  attemptId: string,
  asked: Asked,
  saidFalse: boolean,
): Promise<Outcome> {
  const answer = await getCode(parts, account, found);
  if (!answer) return saidFalse && !account.settings.clientRecovery ? used : { kind: 'unknown' };
  const mine = answer.kind === 'found' && answer.code.useTime !== null && answer.code.client === clientOf(attemptId);
  if (mine && account.settings.clientRecovery)
    return evidenceOf(answer, found.rule, account.settings, clientOf(attemptId), asked);
  if (answer.kind !== 'found') return saidFalse ? used : { kind: 'unknown' };
  const refusal = refusalOf(answer, found.rule, asked, parts.clock.now());
  if (refusal) return { kind: 'refused', refusal };
  return saidFalse ? used : { kind: 'refused', refusal: { code: 'provider_unavailable' } };
}

const used: Outcome = { kind: 'refused', refusal: { code: 'code_used', field: 'code' } };
