/**
 * The languages of the checkout, each by its own name: the one list of them. From its keys the compiler demands every text in every
 * language, wherever a customer reads one.
 */
export const languages = {
  en: 'English',
  my: 'မြန်မာ',
  ru: 'Русский',
  uz: 'Oʻzbekcha',
  pl: 'Polski',
} as const;

export type LanguageCode = keyof typeof languages;
