/**
 * The form in which a pay code is sent: upper-case, without spaces, hyphens, dots and invisible characters; digits of
 * Arabic, Devanagari, Bengali and Burmese, the Burmese letters that are typed for 0 and 7, and Cyrillic letters that look Latin become Latin. O and 0, I and
 * 1 stay as typed, because the sample alphabet contains both and swapping them would break valid codes. Only a character that the
 * known alphabet lacks is replaced by a look-alike that the alphabet has.
 */
const cyrillic: Record<string, string> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};
const twins: Record<string, string> = { O: '0', '0': 'O', I: '1', L: '1', '1': 'I', Z: '2', '2': 'Z', S: '5', '5': 'S' };

export function normalisePayCode(typed: string, alphabet?: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{P}\p{C}]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u1040-\u1049]/g, asciiDigit)
    // No code has Burmese letters, so these two can only be meant as digits.
    .replace(/\u101d/g, '0')
    .replace(/\u101b/g, '7')
    .replace(/[А-Я]/g, (letter) => cyrillic[letter] ?? letter);
  if (!alphabet) return plain;
  return Array.from(plain, (sign) => {
    const twin = twins[sign];
    return !alphabet.includes(sign) && twin && alphabet.includes(twin) ? twin : sign;
  }).join('');
}

/** The rows of digits begin at codes that end in 0 or 6, so that the last bits tell the digit. */
const asciiDigit = (digit: string): string => {
  const low = digit.charCodeAt(0) & 15;
  return String(digit < '\u0960' || digit > '\u1000' ? low : low - 6);
};

/** What is known of the codes that can be meant: their length, and the characters that they have. */
interface PayCodeShape {
  length?: number | undefined;
  alphabet?: string | undefined;
}

/** Whether a normalised code can be one of this shape. Without a length, a code has 4 to 32 characters. */
export const fitsPayCode = (code: string, { length, alphabet }: PayCodeShape): boolean =>
  (length ? code.length === length : code.length >= 4 && code.length <= 32) &&
  (alphabet ? [...code].every((sign) => alphabet.includes(sign)) : /^[A-Z0-9]+$/.test(code));

/** The word after "code", in the letters of each language (Burmese also in Zawgyi), and after "is" or a word like it. */
const namedCode =
  /(?:^|[^\p{L}])(?:code|código|kod\p{L}*|код\p{L}*|\u1000\u102f\u1012[\u1039\u103a]|কোড|کوڈ|कोड)[^\p{L}\d]+(?:\p{L}{2,4}\s+)?([\p{L}\p{M}\d-]+)/giu;
/** Another group of the same code. Then the first one is not the whole code. */
const anotherGroup = /^ [A-Z0-9]{2,8}(?![\p{L}\p{M}\d])/u;

/**
 * Finds the code, as it was written, in what a customer typed or pasted: the code alone, in any groups, or the whole SMS that
 * brought it. There it is the word after "code", or the only word with letters and digits that fits. Null for a message in which
 * none is certainly the code; a text that may be a code in an unusual spelling is returned as it was.
 */
export function readPayCode(text: string, shapes: readonly PayCodeShape[]): string | null {
  if (/^[^\s:]*$|^[A-Z\d]{1,4}(?:[\s-]+[A-Z\d]{1,4})*$/i.test(text.trim())) return text;
  const fits = (word: string, exactly: boolean) =>
    shapes.some((shape) => (shape.length || !exactly) && fitsPayCode(normalisePayCode(word, shape.alphabet), shape));
  let found = [...text.matchAll(namedCode)].flatMap(({ 0: match, 1: word = '', index }) =>
    /\d/.test(word) && fits(word, false) && !anotherGroup.test(text.slice(index + match.length)) ? word : [],
  );
  if (!found.length) {
    if (fits(text, true)) return text;
    found = text.split(/[^\p{L}\p{M}\d*-]+/u).filter((word) => /^(?=.*\p{L})(?=.*\d)[^*]+$/u.test(word) && fits(word, true));
  }
  const [only, ...more] = new Set(found);
  if (only && !more.length) return only;
  return /[,;:!?()*+]|\.\s/.test(text) ? null : text;
}
