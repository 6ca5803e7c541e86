/** The BCP 47 tag to speak in: the first wanted one whose words we have, English otherwise. Broken and unknown tags are passed over. */
export function chooseLanguage(wanted: readonly (string | null)[]): string {
  for (const tag of wanted) {
    try {
      const [name = ''] = Intl.getCanonicalLocales(tag ?? '');
      if (/^(en|my)\b/.test(name)) return name;
    } catch {
      // not a language tag
    }
  }
  return 'en';
}
