/** Durations, and how a moment is written in an answer. Everything is in milliseconds; a moment counts from 1970. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** ISO 8601, UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();
