/** Writes the digits of other scripts as 0 to 9, and full-width forms and ligatures plainly (NFKC). The rest stays as it was. */
export const asciiDigits = (text: string): string => [...text.normalize('NFKC')].map(asciiDigit).join('');

/** The code points of each zero: Arabic-Indic, Eastern Arabic, Devanagari, Bengali, Burmese, Shan. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0x1040, 0x1090];

function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => code >= start && code < start + 10);
  return zero === undefined ? character : String(code - zero);
}
