/** Puts the page in a preview under conditions that a frame does not have by itself. */

import type { Condition } from './device.ts';

/** The window of a frame, with the classes of its own realm. */
type FrameWindow = Window & typeof globalThis;

/** Can be called again at any time: sheets that a page loads later are found then. */
export function applyConditions(page: Document, chosen: readonly Condition[]): void {
  const view = page.defaultView as FrameWindow | null;
  if (!view) return;
  applyHostileCss(page, view, chosen.includes('css'));
  applyReducedMotion(page, chosen.includes('motion'));
  applyOffline(view, chosen.includes('offline'));
}

/** A shop's page that styles everything, as old themes do. What it names with importance also reaches our element from outside. */
const hostileCss = `
  * { font: italic 700 11px/3 fantasy !important; letter-spacing: 0.25em !important; text-transform: uppercase !important;
    word-spacing: 1em !important; text-align: center !important; text-shadow: 1px 1px #f0f; box-sizing: content-box; }
  html { font-size: 62.5%; }
  p, span, label, h1, h2, dt, dd { float: left; padding: 9px; background: #ff0; color: #00f; }
  div, form, section { padding: 3px; border-width: 4px !important; }
  input, button, a, svg, iframe { border: 6px dotted red !important; max-width: 90px; min-height: 0; margin: 12px !important; }
  .root, .input, .submit, .method { display: inline !important; position: static !important; opacity: 0.5 !important; }
`;
const hostileSheets = new WeakMap<Document, CSSStyleSheet>();

function applyHostileCss(page: Document, view: FrameWindow, wanted: boolean): void {
  const known = hostileSheets.get(page);
  const others = page.adoptedStyleSheets.filter((sheet) => sheet !== known);
  if (!wanted) {
    if (known && others.length < page.adoptedStyleSheets.length) page.adoptedStyleSheets = others;
    return;
  }
  if (known && page.adoptedStyleSheets.includes(known)) return;
  // Made by the frame's own class: a document adopts no sheet of another one. A policy of the page does not reach it.
  const sheet = known ?? new view.CSSStyleSheet();
  if (!known) sheet.replaceSync(hostileCss);
  hostileSheets.set(page, sheet);
  page.adoptedStyleSheets = [...others, sheet];
}

/** What a rule's condition was before it was changed. */
const asWritten = new WeakMap<MediaList, string>();

/** Makes the page's own rules about motion apply, because a frame cannot be given another preference than the browser's. */
function applyReducedMotion(page: Document, wanted: boolean): void {
  for (const sheet of sheetsOf(page)) {
    for (const { media } of mediaRules(sheet.cssRules)) {
      const written = asWritten.get(media) ?? media.mediaText;
      if (!written.includes('prefers-reduced-motion')) continue;
      asWritten.set(media, written);
      const applies = written.includes('no-preference') ? 'not all' : 'all';
      const text = wanted ? applies : written;
      if (media.mediaText !== text) media.mediaText = text;
    }
  }
}

/** Those of the document and of every open shadow root. */
function sheetsOf(root: Document | ShadowRoot): CSSStyleSheet[] {
  const inside = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? sheetsOf(shadowRoot) : []));
  return [...root.styleSheets, ...root.adoptedStyleSheets, ...inside].filter(isReadable);
}

/** A sheet of another origin cannot be read. */
function isReadable(sheet: CSSStyleSheet): boolean {
  try {
    return sheet.cssRules.length >= 0;
  } catch {
    return false;
  }
}

/** Rules may be in each other. */
function mediaRules(rules: CSSRuleList): CSSMediaRule[] {
  return [...rules].flatMap((rule) => {
    const nested = 'cssRules' in rule ? mediaRules(rule.cssRules as CSSRuleList) : [];
    // A rule of a frame is an instance of that frame's class.
    return 'media' in rule && 'conditionText' in rule ? [rule as CSSMediaRule, ...nested] : nested;
  });
}

/** The page's own `fetch`, while it is replaced. */
const ownFetch = new WeakMap<FrameWindow, typeof fetch>();

/** Takes the page's connection away, as a phone in a tunnel does: its requests fail, and the browser says that it is offline. */
function applyOffline(view: FrameWindow, wanted: boolean): void {
  const own = ownFetch.get(view);
  if (wanted === !!own) return;
  if (own) {
    view.fetch = own;
    ownFetch.delete(view);
  } else {
    ownFetch.set(view, view.fetch);
    view.fetch = () => Promise.reject(new view.TypeError('Failed to fetch'));
  }
  Object.defineProperty(view.navigator, 'onLine', { value: !wanted, configurable: true });
  view.dispatchEvent(new view.Event(wanted ? 'offline' : 'online'));
}
