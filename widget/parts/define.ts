/** Defines an element once. A second copy of the widget on one page uses the first, instead of throwing away the whole page's script. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
