/** How PayCodes' books name a use of ours that pays nothing: a shown code is used up, so that nobody can pay with it any more. */
export const fenceClientOf = (attemptId: string): string => `pw-fence:${attemptId}`;
