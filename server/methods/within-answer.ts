/**
 * The deadline of a call that is made while a merchant waits for the answer, whatever the settings say: shorter than an answer may take
 * (`limits.ts`, 15 s), or what came of the call would be told to nobody.
 */
export const withinAnswer = (): AbortSignal => AbortSignal.timeout(withinAnswerMs);

export const withinAnswerMs = 12_000;
