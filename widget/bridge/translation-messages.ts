/** A merchant's own words in messages that the bridge lets through: by their paths, as many in each as it holds. */

import { packTexts } from '../embed/bridge/pack-texts.ts';
import { wordPath } from '../embed/bridge/word-path.ts';
import type { Translations } from '../messages/language.ts';

/** Signs of one text: what the frame reads of it. */
const longest = 500;

/**
 * `{my: {problems: {code_used: '…'}}}` becomes `{'my.problems.code_used': '…'}`.
 * @throws TypeError that names the text which is too long, or no text.
 */
export const wordMessages = (translations: Translations): Record<string, string>[] => packTexts(textsOf(translations, ''));

function* textsOf(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsOf(inner, path ? `${path}.${name}` : name);
    return;
  }
  // A language or a text that we do not have would be read by nobody; undefined is as good as left out.
  if (value === undefined || !wordPath.test(path)) return;
  if (typeof value !== 'string') throw new TypeError(`Pay Desk: translations.${path} is not a text.`);
  if (value.length > longest) throw new TypeError(`Pay Desk: translations.${path} has more than ${longest} signs.`);
  yield [path, value];
}
