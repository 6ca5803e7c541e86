/** The merchant's own words as the checkout takes them, of the paths by which they came: `{'my.titles.paid': '…'}` is `{my: {titles: {paid: '…'}}}`. */
import type { Translations } from '../../messages/language.ts';

interface Nested {
  [name: string]: string | Nested;
}

/** The paths have been read: no part of one is a name like `__proto__`. */
export function nestWords(words: Record<string, string>): Translations {
  const all: Nested = {};
  for (const [path, text] of Object.entries(words)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let at = all;
    for (const name of names) {
      const inner = at[name];
      const next = typeof inner === 'object' ? inner : {};
      at[name] = next;
      at = next;
    }
    at[last] = text;
  }
  return all as Translations;
}
