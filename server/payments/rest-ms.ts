/** Nobody, however impatient, has an upstream asked about the same attempt more often than this. */
export const restMs = 2_000;
