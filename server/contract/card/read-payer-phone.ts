/** A phone of Uzbekistan as Payme wants it, `998901304527`: with or without the country's code. Null for anything else. */
import { asciiDigits } from '../ascii-digits.ts';

export function readPayerPhone(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}().+]|\p{Cf}/gu, '');
  const [, number] = /^(?:998)?(\d{9})$/.exec(digits) ?? [];
  return number === undefined ? null : `998${number}`;
}
