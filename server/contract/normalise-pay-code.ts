/**
 * The form in which a pay code is sent: upper-case, without spaces, hyphens, dots and invisible characters; full-width and
 * Burmese digits, the Burmese letters that are typed for 0 and 7, and Cyrillic letters that look Latin become Latin. O and 0, I and 1 stay as typed, because the sample alphabet
 * contains both and swapping them would break valid codes. Only a character that the known alphabet lacks is replaced by a
 * look-alike that the alphabet has.
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
    .replace(/[\u1040-\u1049]/g, (digit) => String(digit.charCodeAt(0) - 0x1040))
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
