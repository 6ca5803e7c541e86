/** The words of a language, fetched when somebody first wants to read it. */
import type { Messages } from './messages.ts';

/** Throws where the words cannot be fetched. */
export const wordsOf = {
  en: async () => (await import('./en.ts')).en,
  my: async () => (await import('./my.ts')).my,
  ru: async () => (await import('./ru.ts')).ru,
  uz: async () => (await import('./uz.ts')).uz,
  pl: async () => (await import('./pl.ts')).pl,
} satisfies Record<string, () => Promise<Messages>>;

/** The languages with words of their own. */
export type LanguageCode = keyof typeof wordsOf;
