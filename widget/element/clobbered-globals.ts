/**
 * Lit asks the window for helpers that are nearly never there, and takes what it finds: `<div id="litHtmlPolyfillSupport">` anywhere on the
 * page, and the element would not be defined. What is there by an `id` or a `name` is not the window's own. To be imported before Lit.
 */
const asked = [
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

for (const name of asked) {
  if (name in globalThis && !Object.hasOwn(globalThis, name))
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
}
