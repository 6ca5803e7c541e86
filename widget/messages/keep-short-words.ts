/** Polish does not leave a word of one letter at the end of a line: a space that does not break ties it to the next. */
export const keepShortWords = <Texts extends object>(texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? text.replace(shortWord, '\u00a0') : keepShortWords(text),
    ]),
  ) as Texts;

const shortWord = /(?<=(?:^|[ \u00a0(])[aiouwz]) /gi;
