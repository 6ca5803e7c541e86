/**
 * Replaces `{name}` in a text by a value; a name without a value stays as it is. `{n|минуту|минуты|минут}` becomes the plural
 * form for the number n. A text has as many forms as its language distinguishes, in the order one, few, many, other.
 */
export const fill = (text: string, values: Record<string, string | number>, tag = 'en'): string =>
  `${text}`.replace(/\{(\w+)(?:\|(.*?))?\}/g, (placeholder, name: string, forms?: string) =>
    String((forms ? formOf(Number(values[name]), forms.split('|'), tag) : values[name]) ?? placeholder),
  );

/** Each of our languages has the first forms of this row, without a gap. The last form is for all other numbers. */
const formOf = (count: number, forms: string[], tag: string): string | undefined =>
  forms.at(Math.min(['one', 'few', 'many'].indexOf(new Intl.PluralRules(tag).select(count)), forms.length - 1));
