/** The only check before a code is sent: is anything there, has it the length and the signs that the merchant's rules have for certain. */
import type { EnterCode } from '#contract';
import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/language.ts';

/** What is wrong, in words; '' when the code may be sent. */
export function checkCode(
  code: string,
  { length, alphabet }: Pick<EnterCode, 'length' | 'alphabet'>,
  { texts, tag }: Language,
): string {
  if (!code) return texts.codeEmpty;
  const strange = alphabet ? [...new Set(code)].filter((sign) => !alphabet.includes(sign)) : [];
  if (strange.length) return fill(texts.codeSigns, { signs: strange.join(', ') });
  if (length && code.length !== length) return fill(texts.codeLength, { length, typed: code.length }, tag);
  return '';
}
