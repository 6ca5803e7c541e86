/**
 * Puts values where a text says `{name}`; a name without a value stays readable as it is. `{n|минуту|минуты|минут}` is the form of a word
 * that goes with the number n: as many forms as the language tells apart, in the order one, few, many, other.
 */
export const fill = (text: string, values: Record<string, string | number>, tag = 'en'): string =>
  `${text}`.replace(/\{(\w+)(?:\|(.*?))?\}/g, (place, name: string, forms?: string) =>
    forms ? formOf(Number(values[name]), forms.split('|'), tag) : String(values[name] ?? place),
  );

function formOf(count: number, forms: string[], tag: string): string {
  const rules = new Intl.PluralRules(tag);
  const told = ['zero', 'one', 'two', 'few', 'many', 'other'].filter((name) =>
    rules.resolvedOptions().pluralCategories.some((category) => category === name),
  );
  return forms[Math.min(told.indexOf(rules.select(count)), forms.length - 1)] ?? '';
}
