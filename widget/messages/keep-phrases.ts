/**
 * Burmese sets spaces between phrases, not between words, and browsers end a line after any word of their dictionary, even inside a
 * borrowed one that they do not know. Here each phrase holds together, by a word joiner between its syllables: lines end at our spaces.
 */
export const keepPhrases = <Texts extends object>(texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? text.replace(syllable, '\u2060') : keepPhrases(text),
    ]),
  ) as Texts;

/** Before a letter that is not the end of the syllable before it (the mark of the end, or a stacked letter, follows it). */
const syllable = /(?<=[\u1000-\u104f])(?<!\u1039)(?=[\u1000-\u102a\u103f\u104c-\u104f](?!\u1037?[\u1039\u103a]))/g;
