/** Adopts a form's style sheet into the shadow root that contains the form, once. */
import type { CSSResult } from 'lit';

export function adoptStyles(form: Element, { styleSheet }: CSSResult): void {
  const root = form.getRootNode();
  if (!styleSheet || !(root instanceof ShadowRoot) || root.adoptedStyleSheets.includes(styleSheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
