/**
 * The locale by which numbers and dates are written. Many browsers have no Burmese and no Uzbek ones and would take those of the browser
 * itself, a decimal comma in one shop and a point in the next: a locale that everybody has, and that writes numbers alike, stands in.
 */
export function formatLocale(tag: string): string {
  if (/^my\b/.test(tag) || tag === 'en') return 'en-GB'; // plain English is read all over the world: day before month, 24 hours
  return /^uz\b/.test(tag) ? 'ru-UZ' : tag;
}
