/**
 * Reads a wallet's transaction number from what a customer typed or pasted: the number alone, in any script's digits and with any
 * spaces, or a whole SMS that contains it. Leading zeros stay. Null where there is no number, or more than one that it could be.
 * A part of a longer number is never read: it would be sent as the number of another transfer.
 */
import { asciiDigits } from './ascii-digits.ts';
import type { TransferNumber } from './next-action.ts';

/** The words that stand before the number in the messages of wallets; Burmese also in Zawgyi. */
const label =
  /(?:tr(?:ansaction|x|xn|ans)?|txn|tid|ref(?:erence)?|utr|rrn|lenden|comprobante|referencia|လုပ်ဆောင်မှု|လုပ်ငန်းစဉ်|လုပ္ေဆာင္မႈ|လုပ္ငန္းစဥ္|လေနဒေန|ট্রানজেকশন|ট্রানজ্যাকশন|লেনদেন|ٹرانزیکشن|लेनदेन|ट्रांज़ैक्शन|ट्रान्जेक्सन|कारोबार)\s*\.?\s*(?:id|no|number|num|အမှတ်|အမွတ္|আইডি|آئی ڈی|आईडी)?\s*\.?\s*[:#=-]?\s*$/iu;
/** A number in a message has at least so many characters. Shorter ones are amounts, times and codes. */
const minimumInMessage = 6;

export function readTransactionNumber(text: string, rule: Pick<TransferNumber, 'maxLength' | 'pattern'>): string | null {
  const plain = asciiDigits(text).trim();
  const isNumber = numberCheck(rule);
  const visible = plain.replace(/\p{Cf}/gu, '');
  const joined = visible.replace(/[\s-]/g, '');
  // Groups of digits are one number, but a word before digits is not part of it.
  if (/^(?:[A-Z0-9]+|\d+(?:[\s-]+\d+)+)$/i.test(visible) && isNumber(joined)) return joined;
  const found = wholeTokens(plain).filter(
    ({ token }) => token.length >= minimumInMessage && isNumber(token) && !/^[xX]{2}/.test(token),
  );
  const labelled = found.filter(({ before }) => label.test(before));
  const numbers = new Set((labelled.length > 0 ? labelled : found).map(({ token }) => token));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? only : null;
}

/**
 * What follows a token that is only the beginning of something longer: a fraction, a time, a masked or hyphenated number, or a
 * further group of digits. U+101B and U+101D are Burmese letters that are typed for digits.
 */
const goesOn = /^(?:[.,/:_]\d|[*•_]|\p{Pd}|[^\S\r\n]+[\d\u101b\u101d]{2,6}(?![\d\p{L}\p{M}]|[.,/:-]\d))/u;
/** What precedes a token that is only the end of something longer. */
const wentBefore = /(?:[+/_*•…]|\.\.|\d[.,:]|[\d\p{L}]\p{Pd}|(?:^|[^\d\p{L}\p{M}.,/:-])[\d\u101b\u101d]{2,6}[^\S\r\n]+)$/u;

/** The runs of letters, marks and digits that are Latin throughout and not a part of something longer, with what precedes each. */
function wholeTokens(text: string): { token: string; before: string }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}\p{Cf}]+/gu)].flatMap(({ 0: run, index }) => {
    const token = run.replace(/^\p{Cf}+|\p{Cf}+$/gu, '');
    const before = text.slice(Math.max(0, index - 40), index);
    const isWhole = /^[A-Z0-9]+$/i.test(token) && !goesOn.test(text.slice(index + run.length)) && !wentBefore.test(before);
    return isWhole ? [{ token, before }] : [];
  });
}

function numberCheck({ maxLength, pattern }: Pick<TransferNumber, 'maxLength' | 'pattern'>): (text: string) => boolean {
  const exact = new RegExp(pattern === undefined ? '^[A-Za-z0-9]+$' : `^(?:${pattern})$`);
  // No wallet gives a number without a digit. A word alone is something like "paid".
  return (text) => text.length <= maxLength && /\d/.test(text) && exact.test(text);
}
