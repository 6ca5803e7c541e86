/** Our problem for a code of Payme's. The texts that come with a code are never read: the same code has several, and none is ours. */
import type { ProblemCode } from '#contract';

const problems: Record<number, ProblemCode> = {
  [-31300]: 'card_number',
  [-31301]: 'card_sms_off',
  [-31302]: 'provider_unavailable',
  [-31303]: 'insufficient_funds',
  [-31400]: 'card_declined',
  [-32500]: 'card_declined',
  [-31101]: 'sms_code_expired',
  [-31102]: 'sms_code_expired',
  [-31201]: 'sms_code_expired',
  [-31103]: 'sms_code_wrong',
  [-31200]: 'sms_code_wrong',
  [-31110]: 'sms_not_sent',
  [-32400]: 'provider_unavailable',
  [-31002]: 'provider_unavailable',
  [-31622]: 'provider_unavailable',
  [-31623]: 'provider_unavailable',
};

/** `code` null: Payme could not be reached, or not be understood. */
export const paymeProblem = (code: number | null): ProblemCode =>
  code === null ? 'provider_unavailable' : (problems[code] ?? 'card_declined');
