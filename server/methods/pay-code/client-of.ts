/** How PayCodes' books name a use of ours: by the attempt, so that a lost answer can be settled by reading. */
export const clientOf = (attemptId: string): string => `pw:${attemptId}`;
