/** Each language of the checkout by its own name, for lists that a customer chooses from. */
import type { LanguageCode } from './languages.ts';

export const languageNames: Readonly<Record<LanguageCode, string>> = {
  en: 'English',
  my: 'မြန်မာ',
  ru: 'Русский',
  uz: 'Oʻzbekcha',
  pl: 'Polski',
  es: 'Español',
  'uz-Cyrl': 'Ўзбекча',
  bn: 'বাংলা',
  hi: 'हिन्दी',
  ur: 'اردو',
  ne: 'नेपाली',
};

/** All of them. */
export const languageCodes = Object.keys(languageNames) as LanguageCode[];
