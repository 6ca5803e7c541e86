/**
 * Writes the digits of other scripts as 0 to 9, and full-width forms and ligatures plainly (NFKC). The rest stays as it was.
 *
 * Two Burmese letters look like digits and are often typed for them: U+101D like the zero and U+101B like the seven. Between
 * Burmese digits they are digits. Anywhere else they stay letters, so that a reader refuses the number that they touch instead
 * of cutting it there.
 */
export const asciiDigits = (text: string): string =>
  Array.from(text.normalize('NFKC').replace(lettersBetweenDigits, lookAlikesAsDigits), asciiDigit).join('');

const lettersBetweenDigits = /([\u1040-\u1049])([\u101b\u101d]+)(?=[\u1040-\u1049])/g;

const lookAlikesAsDigits = (_: string, digit: string, letters: string): string =>
  digit + Array.from(letters, (letter) => (letter === '\u101d' ? '0' : '7')).join('');

/** The code points of each zero: Arabic-Indic, Eastern Arabic, Devanagari, Bengali, Burmese, Shan. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0x1040, 0x1090];

function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => code >= start && code < start + 10);
  return zero === undefined ? character : String(code - zero);
}
