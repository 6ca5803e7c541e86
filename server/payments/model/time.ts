/** Durations in milliseconds, and how a moment (milliseconds since 1970) is written in an answer. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** ISO 8601, UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();

export const merchantCallMs = 12_000;

/**
 * The deadline of an upstream call that is made while a merchant waits for the answer, whatever the settings allow. It is shorter
 * than `handlerMs` (`server/limits.ts`, 15 s): otherwise the request could end before the result of the call is known, and nobody
 * would get it.
 */
export const merchantCallDeadline = (): AbortSignal => AbortSignal.timeout(merchantCallMs);
