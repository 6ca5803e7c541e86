/**
 * What a document has, asked of its class. Markup can put an element in the place of any of it: after `<img name="body">` the picture is
 * `document.body`, `<img name="hidden">` makes a page look hidden for ever, and a page with comments of its users has such markup.
 */
export function ofDocument<Name extends keyof Document>(name: Name): Document[Name] {
  const value = Reflect.get(Document.prototype, name, document);
  return typeof value === 'function' ? value.bind(document) : value;
}
