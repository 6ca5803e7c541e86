/**
 * Puts values where a text says `{name}`; a name without a value stays readable as it is. `{n|минуту|минуты|минут}` is the form of a word
 * that goes with the number n: as many forms as the language tells apart, in the order one, few, many, other.
 */
export const fill = (text: string, values: Record<string, string | number>, tag = 'en'): string =>
  `${text}`.replace(/\{(\w+)(?:\|(.*?))?\}/g, (place, name: string, forms?: string) =>
    String((forms ? formOf(Number(values[name]), forms.split('|'), tag) : values[name]) ?? place),
  );

/** Our languages have no gap in this row: one; one and many; one, few and many. The last form is for the rest. */
const formOf = (count: number, forms: string[], tag: string): string | undefined =>
  forms.at(Math.min(['one', 'few', 'many'].indexOf(new Intl.PluralRules(tag).select(count)), forms.length - 1));
