/** At most so many cards for one payment within an hour: whoever has so many needs a person, and whoever tries stolen ones gets no further. */
import type { AttemptRecord, Refusal } from '../../payments/model/records.ts';

export const hourMs = 3_600_000;

export const cardGuard =
  (most: number) =>
  (earlier: readonly AttemptRecord[], now: number): Refusal | null => {
    const recent = earlier.filter(({ method, startedAt }) => method === 'card' && startedAt > now - hourMs);
    const first = recent.at(-most);
    return first ? { code: 'too_many_attempts', retryAt: new Date(first.startedAt + hourMs).toISOString() } : null;
  };
