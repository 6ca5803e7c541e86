/** The digits of other scripts as 0 to 9; all else stays as it was. */

/** Arabic-Indic, Eastern Arabic, Devanagari, Bengali, Burmese, Shan: the code point of each zero. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0x1040, 0x1090];

/** Full-width forms and ligatures are spelt plainly, too (NFKC). */
export const asciiDigits = (text: string): string => [...text.normalize('NFKC')].map(asciiDigit).join('');

function asciiDigit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => code >= start && code < start + 10);
  return zero === undefined ? sign : String(code - zero);
}
