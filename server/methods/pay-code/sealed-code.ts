/** The typed code at rest while its outcome may still be unknown: sealed for this attempt, erased with its end. */
import { normalisePayCode } from '#contract';
import type { Sealer } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import type { PayCodeRule } from './account.ts';

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
