/**
 * Reads what became of an attempt by code, for a person who has to decide about it. Nothing is used: a person's question must not
 * move money. What PayCodes cannot tell is left to the person.
 */
import { codeState } from '../../clients/paycodes/answers.ts';
import type { PendingAttempt } from '../../payments/model/ports.ts';
import type { Reading } from '../../payments/model/reading.ts';
import { minuteMs } from '../../payments/model/time.ts';
import { findRule, type PayCodeAccount, type PayCodeDeps } from './account.ts';
import { acceptsExcess, invalidationClientId, readPayCodesIntent, redemptionClientId, unseal } from './codes.ts';
import { paidBySms } from './poll-shown-code.ts';
import { expectedAmount, toEvidence } from './pricing.ts';
import { classifyUse, getCode } from './redeem.ts';

/** A call that arrives at all has arrived after this time, so a code that has expired for longer is used by nobody any more. */
const longestFlightMs = 10 * minuteMs;

/** Null where the code is not known any more, where the merchants file lacks its rule, or where PayCodes cannot tell who used it. */
export async function readPayCodeOutcome(
  deps: PayCodeDeps,
  account: PayCodeAccount | null,
  { payment, attempt, intents }: Omit<PendingAttempt, 'recordIntent'>,
): Promise<Reading | null> {
  const calls = intents.map(readPayCodesIntent);
  const shown = calls.find(({ operation }) => operation === 'generate_code');
  const call = shown ?? calls.at(-1);
  const rule = call && findRule(account, call.notes.rule);
  if (!account || !call || !rule || attempt.sealed === null) return null;
  const { settings } = account;
  const now = deps.clock.now();
  const answer = await getCode(deps, account, { rule, code: unseal(deps.sealer, attempt, rule) });
  if (answer?.kind !== 'found') return { kind: 'unreadable' };
  const { client, endTime } = answer.code;
  const ours = shown ? invalidationClientId(attempt.id) : redemptionClientId(attempt.id);
  const uses = calls.filter(({ operation }) => operation === 'use_code').length;
  const { clientRecovery } = settings;
  const use = classifyUse({ state: codeState(answer, now), client, clientRecovery, ours: [ours], pendingCalls: uses });
  const paid = (upstreamId: string, expected: ReturnType<typeof expectedAmount>): Reading | null => {
    const outcome = toEvidence(answer, rule, settings, upstreamId, expected);
    return outcome.kind === 'paid' ? outcome : null;
  };
  switch (use) {
    case 'ambiguous':
      return null;
    case 'unused':
      return { kind: 'not_paid', closed: false };
    case 'expired':
      return { kind: 'not_paid', closed: now - (endTime?.getTime() ?? now) > longestFlightMs };
    case 'ours':
      // We invalidated a shown code ourselves, and that pays nothing.
      return shown ? { kind: 'not_paid', closed: true } : paid(ours, expectedAmount(payment, settings, acceptsExcess(call)));
    case 'other':
      return shown && paidBySms(client, attempt.id, settings)
        ? paid(`sms:${attempt.id}`, expectedAmount(payment, settings, true))
        : { kind: 'not_paid', closed: true };
  }
}
