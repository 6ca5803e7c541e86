/** A merchant's own words in messages that the bridge lets through: by their paths, as many in each as it holds. */
import type { Translations } from '../../messages/language.ts';
import { largest } from '../bridge/channel.ts';
import { wordPath } from '../bridge/word-path.ts';

type Words = Record<string, string>;

/** Signs of one text: what the window reads of it. */
const longest = 500;
/** Bytes that are left for the words when all else of a message is counted. */
const room = largest - 200;

/**
 * `{my: {problems: {code_used: '…'}}}` becomes `{'my.problems.code_used': '…'}`.
 * @throws TypeError that names the text which is too long, or no text.
 */
export function wordMessages(translations: Translations): Words[] {
  const messages: Words[] = [];
  let left = 0;
  for (const [path, text] of textsOf(translations, '')) {
    const size = new TextEncoder().encode(JSON.stringify({ [path]: text })).length;
    if (size > left) {
      messages.push({});
      left = room;
    }
    left -= size;
    Object.assign(messages.at(-1) as Words, { [path]: text });
  }
  return messages;
}

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
