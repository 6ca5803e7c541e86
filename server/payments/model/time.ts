/** Durations in milliseconds, and how a moment (milliseconds since 1970) is written in an answer. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** ISO 8601, UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();
