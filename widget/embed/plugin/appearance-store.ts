/**
 * Remembers the appearance that the page around a frame sends bit by bit, and applies it to the checkout, also to one that comes
 * later.
 */
import type { Appearance } from '../../bridge/from-page.ts';
import type { PayDesk } from '../../element/pay-desk.ts';
import type { Translations } from '../../messages/language.ts';
import { setPageLanguage } from './page-language.ts';

export interface AppearanceStore {
  /** Applies what the message changes; the rest stays. */
  update(change: Appearance): void;
  /** Gives a new checkout everything that was received so far. */
  applyTo(checkout: PayDesk): void;
}

/**
 * @param shown Returns the checkout on the page; null while there is none.
 * @param usable Those of the tokens that may be used under the colour scheme that is in effect.
 */
export function createAppearanceStore(shown: () => PayDesk | null, usable = (tokens: Tokens): Tokens => tokens): AppearanceStore {
  let appearance: Appearance = {};
  const root = document.documentElement;
  const applyTokens = () => {
    const { tokens = {} } = appearance;
    const used = usable(tokens);
    for (const name of Object.keys(tokens)) root.style.setProperty(name, used[name] ?? '');
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTokens);
  const texts: Record<string, string> = {};
  const apply = (checkout: PayDesk, change: Appearance) => {
    for (const name of ['locale', 'theme', 'methods', 'method', 'disabled', 'noSubmitButton'] as const)
      if (change[name] !== undefined) Object.assign(checkout, { [name]: change[name] });
    if (change.words) checkout.translations = unflattenTranslations(texts);
  };
  return {
    update(change) {
      appearance = { ...appearance, ...change, tokens: { ...appearance.tokens, ...change.tokens } };
      Object.assign(texts, change.words);
      if (change.theme) root.dataset.theme = change.theme;
      if (change.theme || change.tokens) applyTokens();
      if (change.locale) setPageLanguage(change.locale);
      const checkout = shown();
      if (checkout) apply(checkout, change);
    },
    applyTo: (checkout) => apply(checkout, appearance),
  };
}

type Tokens = Readonly<Record<string, string>>;

interface Nested {
  [name: string]: string | Nested;
}

/**
 * Turns texts by path, `{'my.titles.paid': '…'}`, into the merchant's translations, `{my: {titles: {paid: '…'}}}`. The paths were
 * validated when they were received: no part of one is a name like `__proto__`.
 */
export function unflattenTranslations(texts: Record<string, string>): Translations {
  const all: Nested = {};
  for (const [path, text] of Object.entries(texts)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let group = all;
    for (const name of names) {
      const inner = group[name];
      const next = typeof inner === 'object' ? inner : {};
      group[name] = next;
      group = next;
    }
    group[last] = text;
  }
  return all as Translations;
}
