/**
 * A code as text: how a typed code is read, stored and recognised, the names under which PayCodes records our uses of it, and what
 * we record of our calls.
 */
import * as z from 'zod';
import type { NextAction, SendSms } from '#contract';
import { fitsPayCode, normalisePayCode } from '#contract';
import type { IntentCall, Sealer } from '../../payments/model/ports.ts';
import type { AttemptRecord, IntentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { PayCodeRule } from './account.ts';

export interface RuleMatch {
  rule: PayCodeRule;
  /** The code in the spelling that is sent to PayCodes for this rule. */
  code: string;
}

/** The rules whose length and alphabet the typed text fits, in the given order. Makes no call. */
export const matchingRules = (typed: string, rules: readonly PayCodeRule[]): RuleMatch[] =>
  rules
    .map((rule) => ({ rule, code: normalisePayCode(typed, rule.alphabet) }))
    .filter(({ rule, code }) => fitsPayCode(code, rule));

/** Encrypts the code for this attempt. It is stored while the outcome may still be unknown, and erased when the attempt ends. */
export const sealCode = (sealer: Sealer, attemptId: string, typed: string): string =>
  sealer.seal(normalisePayCode(typed), attemptId);

/** An attempt, or the discount that an attempt has become. */
export type SealedCode = Pick<AttemptRecord, 'id' | 'sealed'>;

/** The code as it was sealed. Throws where there is no sealed code, or the sealing key has changed. */
export function unsealPlain(sealer: Sealer, { id, sealed }: SealedCode): string {
  if (sealed === null) throw new Error('an attempt in flight without its code');
  return sealer.open(sealed, id);
}

/** The code in this rule's spelling. Throws as `unsealPlain` does. */
export function unseal(sealer: Sealer, sealed: SealedCode, rule: PayCodeRule): string {
  return normalisePayCode(unsealPlain(sealer, sealed), rule.alphabet);
}

/**
 * Codes that we generated and showed to customers are remembered as keyed hashes, in claims of this account. Where such a code is
 * typed instead of sent by SMS, it is declined, whatever payment it was generated for: whoever types it has paid nothing.
 */
const issuedAccount = 'paycodes:shown';

interface IssuedCodesDeps {
  store: Pick<Store, 'claim' | 'claimOf'>;
  sealer: Sealer;
}

/** Must be awaited before the code is shown to anybody. */
export async function rememberIssued(
  { store, sealer }: IssuedCodesDeps,
  code: string,
  owner: { paymentId: string; attemptId: string },
  now: number,
): Promise<void> {
  // Normalised in the same way as a typed code, so that the hashes agree.
  const key = sealer.fingerprint(normalisePayCode(code));
  await store.claim({ ...owner, account: issuedAccount, key, status: 'active', contested: false, claimedAt: now });
}

/** Whether any of these spellings is a code that we have issued. */
export async function wasIssuedHere({ store, sealer }: IssuedCodesDeps, codes: readonly string[]): Promise<boolean> {
  const keys = codes.flatMap((code) => sealer.fingerprints(code));
  const claims = await Promise.all(keys.map((key) => store.claimOf(issuedAccount, key)));
  return claims.some((claim) => claim !== null);
}

/** The `client` of our uses that pay. It names the attempt, so that a lost answer is found out by reading who used the code. */
export const redemptionClientId = (attemptId: string): string => `pw:${attemptId}`;

/** The attempt that such a name stands for; null for every other name. */
export const attemptOfClient = (client: string | null): string | null =>
  /^pw:(att_[0-9a-z]{26})$/.exec(client ?? '')?.[1] ?? null;

/**
 * The `client` of our uses that pay nothing, by which we invalidate a shown code. `fence` stands for what such a use does: it keeps
 * out an SMS that comes later. The name is in PayCodes' books, so it must stay as it is.
 */
export const invalidationClientId = (attemptId: string): string => `pw-fence:${attemptId}`;

/**
 * The calls to PayCodes that are recorded, and what is noted of each. Notes that are not listed are left alone, since another
 * version may have written them.
 */
const PayCodesCall = z.discriminatedUnion('operation', [
  /** `rule`: the slug of the rule that the code belongs to, here and below. */
  z.object({ operation: z.literal('generate_code'), notes: z.object({ rule: z.string() }) }),
  z.object({
    operation: z.literal('use_code'),
    notes: z.object({
      rule: z.string(),
      /** The customer has agreed to lose what the code is worth beyond the amount due. */
      excess: z.literal('accepted').optional(),
      /** The use redeems a discount code. */
      discount: z.literal('yes').optional(),
      /** The use invalidates a shown code. */
      fence: z.literal('yes').optional(),
    }),
  }),
]);
export type PayCodesCall = z.infer<typeof PayCodesCall>;

/**
 * What is recorded of a call to PayCodes.
 * @param naturalKey The `client` of a use; for `generate_code`, which has none, the attempt's id.
 */
export const payCodesIntent = (naturalKey: string, call: PayCodesCall): IntentCall => ({
  ...call,
  upstream: 'paycodes',
  naturalKey,
});

/** A recorded call to PayCodes, with the notes of its operation. */
export type PayCodesIntent = Omit<IntentRecord, keyof PayCodesCall> & PayCodesCall;

/** Throws if the notes do not fit the operation. Only we write them, so that is a bug of ours. */
export function readPayCodesIntent(intent: IntentRecord): PayCodesIntent {
  if (isPayCodesIntent(intent)) return intent;
  throw new Error(`the intent ${intent.id} does not have the notes of ${intent.operation}`);
}

const isPayCodesIntent = (intent: IntentRecord): intent is PayCodesIntent => PayCodesCall.safeParse(intent).success;

/** Whether the customer has agreed to lose what the code is worth beyond the amount due. */
export const acceptsExcess = ({ operation, notes }: PayCodesIntent): boolean =>
  operation === 'use_code' && notes.excess !== undefined;

/** Whether the customer was shown how to get a code by SMS, which they then type. */
export const isSmsCode = (action: NextAction): action is SendSms =>
  action.kind === 'send_sms' && action.continuation === 'enter_code';
