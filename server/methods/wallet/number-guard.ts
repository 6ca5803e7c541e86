/**
 * At most five numbers for one payment: whoever mistypes more often needs a person, and whoever guesses gets no further. One that
 * was refused may be told again, though not without end: each time is a call.
 */
import type { AttemptRecord, Refusal } from '../../payments/model/records.ts';

const mostNumbers = 5;
const mostTimes = 20;

export const numberGuard =
  (number: string) =>
  (earlier: readonly AttemptRecord[]): Refusal | null => {
    const told = earlier.flatMap(({ method, entered }) => (method === 'wallet' && entered !== null ? [entered] : []));
    const numbers = new Set(told).add(number);
    return numbers.size > mostNumbers || told.length >= mostTimes ? { code: 'too_many_attempts' } : null;
  };
