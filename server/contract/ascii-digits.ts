/**
 * Writes the digits of other scripts as 0 to 9, and full-width forms and ligatures plainly (NFKC). The rest stays as it was.
 *
 * Two Burmese letters look like digits and are often typed for them: U+101D like the zero and U+101B like the seven. Between
 * Burmese digits they are digits. Anywhere else they stay letters, so that a reader refuses the number that they touch instead
 * of cutting it there. In the old Zawgyi encoding signs of letters stand where Unicode has the digits of Shan.
 */
export const asciiDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(lettersBetweenDigits, lookAlikesAsDigits)
    .replace(isZawgyi(text) ? /(?![\u1090-\u1099])\p{Nd}/gu : /\p{Nd}/gu, asciiDigit);

/** The digits of a script stand in one row, and nothing that is a digit stands before its zero. */
function asciiDigit(digit: string): string {
  let value = 0;
  for (let code = digit.codePointAt(0) ?? 0; /\p{Nd}/u.test(String.fromCodePoint(code - 1)); code -= 1) value += 1;
  return String(value % 10);
}

const lettersBetweenDigits = /([\u1040-\u1049])([\u101b\u101d]+)(?=[\u1040-\u1049])/g;

const lookAlikesAsDigits = (_: string, digit: string, letters: string): string =>
  digit + Array.from(letters, (letter) => (letter === '\u101d' ? '0' : '7')).join('');

/**
 * Burmese in the old Zawgyi encoding, as many phones in Myanmar still send it: the sign that stacks letters in Unicode ends a syllable
 * there, and the vowel E is written before its letter.
 */
export const isZawgyi = (text: string): boolean =>
  /\u1039(?![\u1000-\u1021])|(?:^|[^\u1000-\u1021\u1025\u1039\u103b-\u103f\u2060])\u1031[\u1000-\u1021\u103b]/.test(text);
