/**
 * The customer leaves a shown code: it is used up by us, so that an SMS sent later pays nothing and costs them no second payment here. Only then may
 * anything else begin. If the SMS was faster, it has paid.
 */
import { codeState } from '../../clients/paycodes/code-state.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import type { PayCodeRule } from './account.ts';
import { askedOf } from './asked.ts';
import { fenceClientOf } from './fence-client-of.ts';
import { getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { bySms } from './poll-shown-code.ts';
import { evidenceOf } from './pricing.ts';
import { unseal } from './sealed-code.ts';

const mostFences = 20;

export async function fence(
  parts: PayCodeParts,
  account: PayCodeAccount,
  rule: PayCodeRule,
  unsettled: Unsettled,
): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  const code = unseal(parts.sealer, attempt, rule);
  const sent = intents.filter(({ operation }) => operation === 'use_code').length;
  // One that was sent before may have arrived: first is read what became of it.
  if (sent > 0) {
    const before = await judge(parts, account, rule, code, unsettled, sent);
    if (before) return before;
    if (sent >= mostFences) return { kind: 'review', why: 'a shown code that cannot be used up' };
  }
  const client = fenceClientOf(attempt.id);
  await unsettled.commitIntent({
    operation: 'use_code',
    upstream: 'paycodes',
    naturalKey: client,
    notes: { rule: rule.slug, fence: 'yes' },
    fences: true,
  });
  try {
    const answer = await account.client.useCode({ code, ruleSlug: rule.slug, client });
    parts.observer.upstreamCall('paycodes', 'use_code', answer.kind === 'status' ? String(answer.used) : 'refused');
    if (answer.kind === 'status' && answer.used) return { kind: 'left' };
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    parts.observer.upstreamCall('paycodes', 'use_code', cause.fault);
    return { kind: 'unknown' };
  }
  return (await judge(parts, account, rule, code, unsettled, sent)) ?? { kind: 'unknown' };
}

/** Null where the code could still be paid with. `lost`: so many calls of ours had no answer. */
async function judge(
  parts: PayCodeParts,
  account: PayCodeAccount,
  rule: PayCodeRule,
  code: string,
  { payment, attempt }: Unsettled,
  lost: number,
): Promise<Outcome | null> {
  const answer = await getCode(parts, account, { rule, code });
  if (answer?.kind !== 'found') return { kind: 'unknown' };
  const state = codeState(answer, parts.clock.now());
  if (state === 'used') {
    if (answer.code.client === fenceClientOf(attempt.id)) return { kind: 'left' };
    // Our own call whose answer was lost may have used it as well as an SMS.
    const told = answer.code.client !== null && account.settings.clientRecovery;
    if (!told && lost > 0) return { kind: 'review', why: 'the shown code is used, and PayCodes does not say by whom' };
    if (!bySms(answer.code.client, attempt.id, account.settings)) return { kind: 'left' };
    return evidenceOf(answer, rule, account.settings, `sms:${attempt.id}`, askedOf(payment, account.settings, true));
  }
  // Nobody can pay with it any more. One that is not valid yet will be, and one that is switched off, or its rule, may be switched on again.
  return state === 'expired' ? { kind: 'left' } : null;
}
