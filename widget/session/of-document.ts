/**
 * Reads a member of the document from its class. Page markup can put an element in the place of any member: after `<img
 * name="body">` the picture is `document.body`, and after `<img name="hidden">` a page looks hidden for ever. Pages that show
 * what their users write may contain such markup.
 */
export function ofDocument<Name extends keyof Document>(name: Name): Document[Name] {
  const value = Reflect.get(Document.prototype, name, document);
  return typeof value === 'function' ? value.bind(document) : value;
}
