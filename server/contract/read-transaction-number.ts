/**
 * A wallet's transaction number from what a customer typed or pasted: the number alone, in any script's digits and with any
 * spaces, or a whole SMS that has it somewhere. Leading zeros stay. Null where no number, or no single likeliest one, is found.
 */
import { asciiDigits } from './ascii-digits.ts';
import type { TransferNumber } from './transfer.ts';

/** What stands before the number in the messages of wallets. */
const named =
  /(?:tr(?:ansaction|x|xn|ans)?|txn|tid|ref(?:erence)?|lenden|လုပ်ဆောင်မှု|လုပ်ငန်းစဉ်|လေနဒေန|ট্রানজেকশন|लेनदेन)\s*\.?\s*(?:id|no|number|num|အမှတ်|আইডি|आईडी)?\s*\.?\s*[:#=-]?\s*$/iu;
/** Six signs at least: shorter ones in a message are amounts, hours and codes. */
const likelyLength = 6;

export function readTransactionNumber(text: string, rule: Pick<TransferNumber, 'maxLength' | 'pattern'>): string | null {
  const plain = asciiDigits(text).trim();
  const fits = fitting(rule);
  const visible = plain.replace(/\p{Cf}/gu, '');
  const whole = visible.replace(/[\s-]/g, '');
  // Groups of digits are one number; a word before digits is not part of it.
  if (/^(?:[A-Z0-9]+|\d+(?:[\s-]+\d+)+)$/i.test(visible) && fits(whole)) return whole;
  const found = [...plain.matchAll(/[A-Z0-9]+(?![.,/:]\d)/gi)].filter(
    ({ 0: token, index }) =>
      token.length >= likelyLength && /\d/.test(token) && fits(token) && !/[+.,/:]$/.test(plain.slice(0, index)),
  );
  const marked = found.filter(({ index }) => named.test(plain.slice(Math.max(0, index - 40), index)));
  const numbers = new Set((marked.length > 0 ? marked : found).map(([token]) => token));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? only : null;
}

function fitting({ maxLength, pattern }: Pick<TransferNumber, 'maxLength' | 'pattern'>): (text: string) => boolean {
  const exact = new RegExp(pattern === undefined ? '^[A-Za-z0-9]+$' : `^(?:${pattern})$`);
  // No wallet gives a number without a digit; a word alone is somebody's "paid".
  return (text) => text.length <= maxLength && /\d/.test(text) && exact.test(text);
}
