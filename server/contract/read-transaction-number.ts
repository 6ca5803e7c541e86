/**
 * Reads a wallet's transaction number from what a customer typed or pasted: the number alone, in any script's digits and with any
 * spaces, or a whole SMS that contains it. Leading zeros stay. Null where there is no number, or more than one that it could be.
 */
import { asciiDigits } from './ascii-digits.ts';
import type { TransferNumber } from './next-action.ts';

/** The words that stand before the number in the messages of wallets. */
const label =
  /(?:tr(?:ansaction|x|xn|ans)?|txn|tid|ref(?:erence)?|lenden|လုပ်ဆောင်မှု|လုပ်ငန်းစဉ်|လေနဒေန|ট্রানজেকশন|लेनदेन)\s*\.?\s*(?:id|no|number|num|အမှတ်|আইডি|आईडी)?\s*\.?\s*[:#=-]?\s*$/iu;
/** A number in a message has at least so many characters. Shorter ones are amounts, times and codes. */
const minimumInMessage = 6;

export function readTransactionNumber(text: string, rule: Pick<TransferNumber, 'maxLength' | 'pattern'>): string | null {
  const plain = asciiDigits(text).trim();
  const isNumber = numberCheck(rule);
  const visible = plain.replace(/\p{Cf}/gu, '');
  const joined = visible.replace(/[\s-]/g, '');
  // Groups of digits are one number, but a word before digits is not part of it.
  if (/^(?:[A-Z0-9]+|\d+(?:[\s-]+\d+)+)$/i.test(visible) && isNumber(joined)) return joined;
  const found = [...plain.matchAll(/[A-Z0-9]+(?![.,/:]\d)/gi)].filter(
    ({ 0: token, index }) =>
      token.length >= minimumInMessage && /\d/.test(token) && isNumber(token) && !/[+.,/:]$/.test(plain.slice(0, index)),
  );
  const labelled = found.filter(({ index }) => label.test(plain.slice(Math.max(0, index - 40), index)));
  const numbers = new Set((labelled.length > 0 ? labelled : found).map(([token]) => token));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? only : null;
}

function numberCheck({ maxLength, pattern }: Pick<TransferNumber, 'maxLength' | 'pattern'>): (text: string) => boolean {
  const exact = new RegExp(pattern === undefined ? '^[A-Za-z0-9]+$' : `^(?:${pattern})$`);
  // No wallet gives a number without a digit. A word alone is something like "paid".
  return (text) => text.length <= maxLength && /\d/.test(text) && exact.test(text);
}
