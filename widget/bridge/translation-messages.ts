/** A merchant's own words in messages that the bridge lets through: by their paths, as many in each as it holds. */

import type { Translations } from '../messages/language.ts';
import { largest } from './channel.ts';
import { translationPath } from './grammar.ts';

/** Signs of one text: what the frame reads of it. */
const longest = 500;

/**
 * `{my: {problems: {code_used: '…'}}}` becomes `{'my.problems.code_used': '…'}`.
 * @throws TypeError that names the text which is too long, or no text.
 */
export const translationMessages = (translations: Translations): Record<string, string>[] =>
  chunkTexts(textsOf(translations, ''));

function* textsOf(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsOf(inner, path ? `${path}.${name}` : name);
    return;
  }
  // A language or a text that we do not have would be read by nobody; undefined is as good as left out.
  if (value === undefined || !translationPath.test(path)) return;
  if (typeof value !== 'string') throw new TypeError(`Pay Desk: translations.${path} is not a text.`);
  if (value.length > longest) throw new TypeError(`Pay Desk: translations.${path} has more than ${longest} signs.`);
  yield [path, value];
}

/** Texts by their names, in as many records as the messages need that carry them. */
/** Bytes that are left for the texts when all else of a message is counted. */
const room = largest - 200;

/** In the order given. A text that fills a message alone is the sender's to avoid. */
export function chunkTexts(texts: Iterable<readonly [name: string, text: string]>): Record<string, string>[] {
  const packs: Record<string, string>[] = [];
  let pack: Record<string, string> = {};
  let left = 0;
  for (const [name, text] of texts) {
    const size = new TextEncoder().encode(JSON.stringify({ [name]: text })).length;
    if (size > left) {
      pack = {};
      packs.push(pack);
      left = room;
    }
    left -= size;
    pack[name] = text;
  }
  return packs;
}
