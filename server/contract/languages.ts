/** The languages of the checkout: the one list of them, and which of them a language tag means. */

/** From this list the compiler demands every text in every language, wherever a customer reads one. */
export type LanguageCode = 'en' | 'my' | 'ru' | 'uz' | 'pl' | 'es' | 'uz-Cyrl' | 'bn' | 'hi' | 'ur' | 'ne';

/**
 * The language whose texts a tag means; null where we have none that its reader can read. A script counts where it differs: Uzbek in
 * Cyrillic has texts of its own, and who asks for Hindi in Latin letters (`hi-Latn`) does not read Devanagari.
 * @param tag BCP 47, or with underscores, as systems write it. A broken one is no language.
 * @param codes The languages to choose from.
 */
export function findLanguage<Code extends string>(tag: string, codes: readonly Code[]): Code | null {
  const [language = '', script = ''] = canonicalTag(tag).split('-');
  return (
    codes.find((code) => code === `${language}-${script}`) ??
    codes.find((code) => code === language && !(script === 'Latn' && inOtherLetters.test(code))) ??
    null
  );
}

const inOtherLetters = /my|bn|ur|hi|ne/;

/** The tag in its usual form; '' for what is no tag. */
export function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? '';
  } catch {
    return '';
  }
}

/** In which direction the language of a tag is written. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (/^ur\b/i.test(tag) ? 'rtl' : 'ltr');
