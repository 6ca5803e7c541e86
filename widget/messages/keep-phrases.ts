/**
 * Burmese sets spaces between phrases, not between words, and browsers end a line after any word of their dictionary, even inside a
 * borrowed one that they do not know. Here each phrase holds together, by a word joiner before each letter: lines end at our spaces.
 */
export const keepPhrases = <Texts extends object>(texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? text.replace(letter, '\u2060') : keepPhrases(text),
    ]),
  ) as Texts;

/** Before each letter that is not stacked under the one before it; marks cannot be parted from theirs anyway. */
const letter = /(?<=[\u1000-\u104f])(?<!\u1039)(?=[\u1000-\u102a\u103f\u104c-\u104f])/g;
