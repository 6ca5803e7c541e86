/** The days a new code is ordered for, in the words of the wire. */

import { raise } from './raise.ts';
import { parseTimestamp } from './timestamp.ts';
import type { Method, Params } from './transport.ts';

export interface Days {
  /** `YYYY-MM-DD`; whose midnight is meant is the service's to say, and unsaid. */
  validFrom?: string | undefined;
  /** `YYYY-MM-DD`, not before `validFrom`; whether this day still counts is unsaid. */
  validTo?: string | undefined;
}

/** @throws {UpstreamError} `not_sent`, reason `valid_from` or `valid_to`: there is no such day, or the end is before the start */
export function daysOf(method: Method, { validFrom, validTo }: Days): Params {
  if (validFrom !== undefined && !isDay(validFrom)) return raise('not_sent', method, 'valid_from');
  if (validTo !== undefined && !(isDay(validTo) && validTo >= (validFrom ?? validTo)))
    return raise('not_sent', method, 'valid_to');
  return { valid_from: validFrom, valid_to: validTo };
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && parseTimestamp(`${text} 00:00:00Z`, 'UTC') !== undefined;
