/** Whether a link is its merchant's word, and still stands. Nothing of it is believed before. */
import { timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../payments/model/problem-error.ts';
import type { LinkMerchant } from './link-merchant.ts';
import type { Parameters } from './read-link.ts';
import { signLink } from './sign-link.ts';

/**
 * @param now Milliseconds since 1970.
 * @returns The merchant who signed it.
 * @throws ProblemError `unauthorized` for a signature that is missing, or not this merchant's and key's over these parameters;
 * `payment_expired` once `exp` has come.
 */
export function verifyLink(merchants: ReadonlyMap<string, LinkMerchant>, parameters: Parameters, now: number): LinkMerchant {
  const signature = parameters.get('signature') ?? '';
  const merchant = merchants.get(parameters.get('merchant') ?? '');
  const key = merchant?.linkKeys.find(({ kid }) => kid === parameters.get('kid'))?.key;
  // Which of them was wrong is nobody's business who cannot sign.
  if (!signShape.test(signature) || !merchant || key === undefined || !same(signature, signLink(parameters, key)))
    throw new ProblemError('unauthorized', { detail: 'the signature does not fit this link' });
  const exp = parameters.get('exp') ?? '';
  if (!/^\d{1,11}$/.test(exp))
    throw new ProblemError('invalid_request', { status: 422, field: 'exp', detail: 'expected a moment in seconds since 1970' });
  if (now >= Number(exp) * 1000) throw new ProblemError('payment_expired', { detail: 'the link is over its time' });
  return merchant;
}

/** As text, for a signature has one spelling only. */
const signShape = /^[\w-]{43}$/;
const same = (given: string, expected: string): boolean => timingSafeEqual(Buffer.from(given), Buffer.from(expected));
