/** Splits a merchant's own texts into messages that the bridge accepts: texts by path, as many in each message as fit. */
import type { Translations } from '../messages/language.ts';
import { maxBytes } from './channel.ts';
import { translationPath } from './grammar.ts';

/** Characters of one text; the frame ignores longer ones. */
const maxLength = 500;
/** Bytes for the texts; the rest of a message needs less than 200. */
const maxTextBytes = maxBytes - 200;

/**
 * `{my: {problems: {code_used: '…'}}}` becomes `{'my.problems.code_used': '…'}`.
 * @throws TypeError that names the text which is too long or no string.
 */
export const translationMessages = (translations: Translations): Record<string, string>[] =>
  chunkTexts(textsOf(translations, ''));

function* textsOf(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsOf(inner, path ? `${path}.${name}` : name);
    return;
  }
  // The frame leaves out what has not the form of a text's name, as `my.codeLabel`, so it is not sent. Undefined means: not translated.
  if (value === undefined || !translationPath.test(path)) return;
  if (typeof value !== 'string') throw new TypeError(`Pay Desk: translations.${path} is not a text.`);
  if (value.length > maxLength) throw new TypeError(`Pay Desk: translations.${path} has more than ${maxLength} signs.`);
  yield [path, value];
}

/** Texts by name, in one record per message, in the given order. A single text must not be larger than a message. */
export function chunkTexts(texts: Iterable<readonly [name: string, text: string]>): Record<string, string>[] {
  const chunks: Record<string, string>[] = [];
  let chunk: Record<string, string> = {};
  let left = 0;
  for (const [name, text] of texts) {
    const size = new TextEncoder().encode(JSON.stringify({ [name]: text })).length;
    if (size > left) {
      chunk = {};
      chunks.push(chunk);
      left = maxTextBytes;
    }
    left -= size;
    chunk[name] = text;
  }
  return chunks;
}
