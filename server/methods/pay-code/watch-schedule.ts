/** How often a shown code is looked at, by how long it has been shown: soon while the customer waits, each minute when they have gone. */
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** Nobody has an SMS sent sooner. */
export const firstLookMs = 3 * secondMs;

export function nextLookIn(shownMs: number): number {
  if (shownMs < 2 * minuteMs) return firstLookMs;
  if (shownMs < 5 * minuteMs) return 5 * secondMs;
  return shownMs < 15 * minuteMs ? 10 * secondMs : minuteMs;
}
