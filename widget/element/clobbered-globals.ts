/**
 * Hides from Lit what page markup has put in the place of global helpers. Lit reads helpers from the window that are hardly ever
 * there; after `<div id="litHtmlPolyfillSupport">` anywhere on the page it would find the `<div>`, and the element would not be
 * defined. What is reachable by an `id` or a `name` is not the window's own property. This module must be imported before Lit.
 */
const readByLit = [
  'litHtmlPolyfillSupport',
  'litElementPolyfillSupport',
  'litElementHydrateSupport',
  'litPropertyMetadata',
  'reactiveElementPolyfillSupport',
  'litHtmlVersions',
  'litElementVersions',
  'reactiveElementVersions',
  'trustedTypes',
  'ShadyCSS',
  'ShadyDOM',
];

for (const name of readByLit) {
  if (name in globalThis && !Object.hasOwn(globalThis, name))
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
}
