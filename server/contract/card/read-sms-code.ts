/** The code of an SMS: 4 to 8 digits of any script. Null for anything else. */
import { asciiDigits } from '../ascii-digits.ts';

export function readSmsCode(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}]|\p{Cf}/gu, '');
  return /^\d{4,8}$/.test(digits) ? digits : null;
}
