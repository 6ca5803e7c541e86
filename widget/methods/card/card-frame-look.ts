/**
 * How a card frame has to look to fit into the `<pay-desk>` around it, and which changes of that have to be sent to the frame.
 */
import type { LitElement } from 'lit';
import type { Appearance } from '../../bridge/from-page.ts';
import { tokenGrammar } from '../../bridge/grammar.ts';
import { chunkTexts } from '../../bridge/translation-messages.ts';
import { ofDocument } from '../../browser.ts';
import type { MethodFormProps } from '../method-form.ts';

export interface CardFrameAppearance {
  locale: string;
  /** The theme that is in effect: the frame does not know the page that `auto` follows. */
  theme: 'light' | 'dark';
  disabled: boolean;
  noSubmitButton: boolean;
  /** The tokens that the page has set, by their computed values. */
  tokens: Record<string, string>;
}

/** @param host The `<pay-desk>` whose computed style counts. */
export function cardFrameAppearance(host: Element, { language, disabled, buttonless }: MethodFormProps): CardFrameAppearance {
  const style = getComputedStyle(host);
  return { locale: language.tag, theme: themeOf(style), disabled, noSubmitButton: buttonless, tokens: tokensOf(host, style) };
}

/** As many messages as the tokens need; none if nothing has changed. `before` is null after each load of the frame. */
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

/** A computed style does not list its custom properties, so those that our style sheets use are looked up by name. */
function tokensOf(host: Element, style: CSSStyleDeclaration): Record<string, string> {
  const sheets = String((host.constructor as typeof LitElement).elementStyles);
  const names = new Set(sheets.match(/--pay-[a-z0-9-]+/g));
  const set = [...names].map((name) => [name, style.getPropertyValue(name).trim()] as const);
  return Object.fromEntries(set.filter(([, value]) => value && tokenGrammar.value.test(value)));
}

/** The value '' removes a token. */
const tokenChanges = (before: Record<string, string>, now: Record<string, string>): [string, string][] =>
  Object.keys({ ...before, ...now })
    .map((name): [string, string] => [name, now[name] ?? ''])
    .filter(([name, value]) => value !== (before[name] ?? ''));

/**
 * Watches what can change the computed style of an element without any event: attributes of its ancestors, style sheets in the
 * head, and the colour scheme of the system.
 * @returns Stops watching.
 */
export function observeAppearance(element: Element, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (let node: Node | null = element; node; node = inheritsFrom(node))
    if (node instanceof Element) observer.observe(node, { attributes: true });
  observer.observe(ofDocument('head'), { childList: true, characterData: true, subtree: true });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', onChange);
  };
}

/** The node whose styles a node inherits: its slot, its parent, or the host of its shadow root. */
const inheritsFrom = (node: Node): Node | null =>
  (node instanceof Element && node.assignedSlot) || node.parentNode || (node instanceof ShadowRoot ? node.host : null);
