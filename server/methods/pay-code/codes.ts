/** Under which rules a typed text can be a code at all, decided without any call: by length and alphabet where they are known. */
import type { NextAction, SendSms } from '#contract';
import { normalisePayCode } from '#contract';
import type { Sealer } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { PayCodeRule } from './account.ts';

export interface RuleMatch {
  rule: PayCodeRule;
  /** As it is sent to PayCodes for this rule. */
  code: string;
}

export const matchingRules = (typed: string, rules: readonly PayCodeRule[]): RuleMatch[] =>
  rules.map((rule) => ({ rule, code: normalisePayCode(typed, rule.alphabet) })).filter(fits);

function fits({ rule, code }: RuleMatch): boolean {
  const length = rule.length ? code.length === rule.length : code.length >= 4 && code.length <= 32;
  const signs = rule.alphabet ? Array.from(code).every((sign) => rule.alphabet?.includes(sign)) : /^[A-Z0-9]+$/.test(code);
  return length && signs;
}

/** The last signs of a code, for recognition on the receipt: four, and never more than half of it. */
export const lastCharacters = (code: string): string => code.slice(-Math.min(4, Math.floor(code.length / 2)));

/** The typed code at rest while its outcome may still be unknown: sealed for this attempt, erased with its end. */
export const sealCode = (sealer: Sealer, attemptId: string, typed: string): string =>
  sealer.seal(normalisePayCode(typed), attemptId);

/** The code as it was told. Throws where nothing is sealed or the key is another. */
export function unsealPlain(sealer: Sealer, attempt: AttemptRecord): string {
  if (attempt.sealed === null) throw new Error('an attempt in flight without its code');
  return sealer.open(attempt.sealed, attempt.id);
}

/** The code as this rule spells it. Throws where nothing is sealed or the key is another. */
export function unseal(sealer: Sealer, attempt: AttemptRecord, rule: PayCodeRule): string {
  return normalisePayCode(unsealPlain(sealer, attempt), rule.alphabet);
}

/**
 * The codes that were shown to customers to be sent by SMS, as keyed hashes. One that is typed instead is refused, whatever payment it was made for:
 * whoever types it has paid nothing.
 */
interface Parts {
  store: Pick<Store, 'claim' | 'claimOf'>;
  sealer: Sealer;
}

const account = 'paycodes:shown';

/** Before it is shown to anybody. */
export async function rememberIssued(
  { store, sealer }: Parts,
  code: string,
  of: { paymentId: string; attemptId: string },
  now: number,
): Promise<void> {
  // As whoever types it would be understood.
  const thing = sealer.fingerprint(normalisePayCode(code));
  await store.claim({ ...of, account, thing, status: 'held', contested: false, claimedAt: now });
}

export const wasIssuedHere = async ({ store, sealer }: Parts, codes: readonly string[]): Promise<boolean> =>
  (await Promise.all(codes.map((code) => store.claimOf(account, sealer.fingerprint(code))))).some((claim) => claim !== null);

/** How PayCodes' books name a use of ours: by the attempt, so that a lost answer can be settled by reading. */
export const redemptionClientId = (attemptId: string): string => `pw:${attemptId}`;

/** How PayCodes' books name a use of ours that pays nothing: a shown code is used up, so that nobody can pay with it any more. */
export const invalidationClientId = (attemptId: string): string => `pw-fence:${attemptId}`;

/** Whether the customer was shown how to get a code by SMS, which they then type. */
export const isSmsCode = (action: NextAction): action is SendSms => action.kind === 'send_sms' && action.then === 'enter_code';
