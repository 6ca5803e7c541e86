/** Which of our languages to speak: the first that is wanted and spoken, English otherwise. */
import type { LanguageCode } from './language.ts';

/** `wanted` are BCP 47 tags, the dearest first. Broken or unknown ones are passed over. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): { code: LanguageCode; tag: string } {
  for (const tag of wanted) {
    const code = tag?.split('-')[0]?.toLowerCase();
    if (tag && (code === 'en' || code === 'my') && isWellFormed(tag)) return { code, tag };
  }
  return { code: 'en', tag: 'en' };
}

function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
