/**
 * `${elementRef(ref)}` in a start tag lets `ref` point to the rendered element. Lit's own `ref()` does the same and also clears
 * the pointer when the element is removed; it adds 700 bytes to the first download, so whoever reads this pointer checks
 * `isConnected` instead.
 */
import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** `element` is undefined until it has been rendered, and may have been removed since. */
export interface ElementRef<Of extends Element> {
  element?: Of;
}

class ElementRefDirective extends Directive {
  override update(part: ElementPart, [ref]: [ElementRef<Element>]) {
    ref.element = part.element;
    return noChange;
  }

  render(_ref: ElementRef<Element>) {
    return noChange;
  }
}

export const elementRef: (ref: ElementRef<Element>) => unknown = directive(ElementRefDirective);
