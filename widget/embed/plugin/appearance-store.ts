/** The look that the page around a plugin window asks for: told bit by bit, and kept for a checkout that comes later. */
import type { Appearance } from '../../bridge/from-page.ts';
import type { PayDesk } from '../../element/pay-desk.ts';
import type { Translations } from '../../messages/language.ts';

export interface AppearanceStore {
  /** Changes what is said; the rest stays. */
  wear(look: Appearance): void;
  /** Gives a new checkout all that was said so far. */
  dress(desk: PayDesk): void;
}

/** @param desk The checkout, once there is one. */
export function createAppearanceStore(desk: () => PayDesk | null): AppearanceStore {
  let worn: Appearance = {};
  const words: Record<string, string> = {};
  const put = (desk: PayDesk, look: Appearance) => {
    for (const name of ['locale', 'theme', 'methods', 'method', 'disabled', 'noSubmitButton'] as const)
      if (look[name] !== undefined) Object.assign(desk, { [name]: look[name] });
    if (look.words) desk.translations = unflattenTranslations(words);
  };
  return {
    wear(look) {
      worn = { ...worn, ...look };
      Object.assign(words, look.words);
      const root = document.documentElement;
      for (const [name, value] of Object.entries(look.tokens ?? {})) root.style.setProperty(name, value);
      if (look.theme) root.dataset.theme = look.theme;
      if (look.locale) root.lang = look.locale;
      const shown = desk();
      if (shown) put(shown, look);
    },
    dress: (desk) => put(desk, worn),
  };
}

/** The merchant's own words as the checkout takes them, of the paths by which they came: `{'my.titles.paid': '…'}` is `{my: {titles: {paid: '…'}}}`. */
interface Nested {
  [name: string]: string | Nested;
}

/** The paths have been read: no part of one is a name like `__proto__`. */
export function unflattenTranslations(words: Record<string, string>): Translations {
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
