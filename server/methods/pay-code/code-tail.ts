/** The last signs of a code, for recognition on the receipt: four, of a short code fewer, so that most of it stays unsaid. */
export const codeTail = (code: string): string => code.slice(-Math.min(4, Math.floor(code.length / 3)));
