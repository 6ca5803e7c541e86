/** Lays the clothes of a room over those of the desk it stands in, once. */
import type { CSSResult } from 'lit';

export function adoptStyles(room: Element, { styleSheet }: CSSResult): void {
  const root = room.getRootNode();
  if (!styleSheet || !(root instanceof ShadowRoot) || root.adoptedStyleSheets.includes(styleSheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
