/** The BCP 47 tag to speak in: the first wanted one whose words we have, English otherwise. Broken and unknown tags are passed over. */
import { wordsOf } from './words-of.ts';

export function chooseLanguage(wanted: readonly (string | null)[]): string {
  for (const tag of wanted) {
    try {
      const [name = ''] = Intl.getCanonicalLocales(tag ?? '');
      // Our Uzbek is written in Latin letters, which readers of Cyrillic know; the page must not claim otherwise.
      if (Object.hasOwn(wordsOf, name.replace(/-.*/, ''))) return name.replace('uz-Cyrl', 'uz-Latn');
    } catch {
      // not a language tag
    }
  }
  return 'en';
}
