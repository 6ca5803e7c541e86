/** The last signs of a code, for recognition on the receipt: four, and never more than half of it. */
export const codeTail = (code: string): string => code.slice(-Math.min(4, Math.floor(code.length / 2)));
