/** What the widget's own elements share: how they are defined, pointed to, and have a text read to the customer. */
import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Defines an element unless it is defined already: a second copy of the widget on one page uses the first, and does not throw. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

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

/**
 * `${elementRef(ref)}` in a start tag lets `ref` point to the rendered element. Lit's own `ref()` does the same and also clears
 * the pointer when the element is removed; it adds 700 bytes to the first download, so whoever reads this pointer checks
 * `isConnected` instead.
 */
export const elementRef: (ref: ElementRef<Element>) => unknown = directive(ElementRefDirective);

/**
 * A part of the widget has a text for screen readers. `<pay-desk>` owns the live regions; the event does not leave the shadow
 * root.
 */
export class AnnounceEvent extends Event {
  readonly text: string;
  /** Interrupts what is being read. */
  readonly urgent: boolean;
  constructor(text: string, urgent = false) {
    super('announce', { bubbles: true });
    this.text = text;
    this.urgent = urgent;
  }
}
