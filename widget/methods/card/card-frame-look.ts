/** How a card frame has to look to be a part of the desk around it: told as what has changed since it was told last. */
import type { LitElement } from 'lit';
import type { Appearance } from '../../bridge/from-page.ts';
import { tokenGrammar } from '../../bridge/grammar.ts';
import { chunkTexts } from '../../bridge/translation-messages.ts';
import { ofDocument } from '../../session/of-document.ts';
import type { MethodFormProps } from '../method-form.ts';

export interface CardFrameAppearance {
  locale: string;
  /** As the desk really is: the frame does not know the page that `auto` follows. */
  theme: 'light' | 'dark';
  disabled: boolean;
  noSubmitButton: boolean;
  /** The tokens that the page has set, as they are worth here. */
  tokens: Record<string, string>;
}

/** @param desk Whose computed style it is. */
export function cardFrameAppearance(desk: Element, { language, disabled, buttonless }: MethodFormProps): CardFrameAppearance {
  const style = getComputedStyle(desk);
  return { locale: language.tag, theme: themeOf(style), disabled, noSubmitButton: buttonless, tokens: tokensOf(desk, style) };
}

/** As many messages as the tokens need; none where nothing has changed. */
export function appearanceChanges(before: CardFrameAppearance | null, now: CardFrameAppearance): Appearance[] {
  const changes: Appearance[] = chunkTexts(tokenChanges(before?.tokens ?? {}, now.tokens)).map((tokens) => ({ tokens }));
  const { locale, theme, disabled, noSubmitButton } = now;
  const same =
    before?.locale === locale &&
    before.theme === theme &&
    before.disabled === disabled &&
    before.noSubmitButton === noSubmitButton;
  return same ? changes : [...changes, { locale, theme, disabled, noSubmitButton }];
}

function themeOf({ colorScheme }: CSSStyleDeclaration): 'light' | 'dark' {
  if (!colorScheme.includes('dark')) return 'light';
  return !colorScheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** A computed style does not list its custom properties: those that the desk's own sheets ask for are looked up. */
function tokensOf(desk: Element, style: CSSStyleDeclaration): Record<string, string> {
  const sheets = String((desk.constructor as typeof LitElement).elementStyles);
  const names = new Set(sheets.match(/--pay-[a-z0-9-]+/g));
  const set = [...names].map((name) => [name, style.getPropertyValue(name).trim()] as const);
  return Object.fromEntries(set.filter(([, value]) => value && tokenGrammar.value.test(value)));
}

/** '' for one that is gone. */
const tokenChanges = (before: Record<string, string>, now: Record<string, string>): [string, string][] =>
  Object.keys({ ...before, ...now })
    .map((name): [string, string] => [name, now[name] ?? ''])
    .filter(([name, value]) => value !== (before[name] ?? ''));

/** Notices what may change how an element looks without anybody telling it: attributes of what it stands in, sheets, the system's scheme. */
/** @returns Ends it. */
export function observeAppearance(element: Element, tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  for (let at: Node | null = element; at; at = aroundOf(at))
    if (at instanceof Element) observer.observe(at, { attributes: true });
  observer.observe(ofDocument('head'), { childList: true, characterData: true, subtree: true });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', tell);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', tell);
  };
}

/** What it inherits from: out of a slot and out of a shadow root too. */
const aroundOf = (node: Node): Node | null =>
  (node instanceof Element && node.assignedSlot) || node.parentNode || (node instanceof ShadowRoot ? node.host : null);
