/**
 * Adopts style sheets that are no part of the first download into the shadow root of `<pay-desk>`, each once. A form and the later
 * screens come in chunks of their own, in any order, so whichever is first brings the sheet that both need. Where an earlier checkout
 * of the page has loaded them already, their elements render at once, and adopt it themselves: nothing is ever painted without it.
 */
import type { CSSResult } from 'lit';
import { laterStyles } from '../parts/later.styles.ts';

/** @param root The node at the root of a form, or the shadow root itself. @param own The sheet that only this form needs. */
export function adoptStyles(root: Node | null, own?: CSSResult): void {
  if (!(root instanceof ShadowRoot)) return;
  const sheets = [laterStyles, own].flatMap((styles) => styles?.styleSheet ?? []);
  root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...sheets])];
}
