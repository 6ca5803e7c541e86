/** A code as it is shown: in fours once it has eight signs, so that an eye can compare it with paper. */
export const groupCode = (code: string): string => (code.length < 8 ? code : (code.match(/.{1,4}/gu)?.join(' ') ?? code));
