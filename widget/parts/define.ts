/**
 * Defines an element unless it is defined already: a second copy of the widget on one page uses the first, and does not throw.
 */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
