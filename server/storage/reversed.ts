/**
 * A number from its end, so that a search by the last digits is a search by the first characters of an index. Only digits and
 * capital letters stay, since all collations sort those alike.
 */
export const reversed = (number: string): string =>
  number
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .split('')
    .reverse()
    .join('');

/**
 * The range of the reversed numbers that begin so, both ends included. A range is found in an index by any collation, which a `like`
 * is not.
 */
export const beginningWith = (start: string): { from: string; to: string } => ({ from: start, to: start.padEnd(256, 'Z') });

/** The last id that begins so. Ids consist of digits and small letters. */
export const lastBeginningWith = (start: string): string => start.padEnd(64, 'z');
