/** What editors know of `<pay-desk>` in HTML, in the format of VS Code's custom data, made from the custom elements manifest. */

interface Described {
  name: string;
  description?: string;
}

interface Element extends Described {
  tagName: string;
  attributes: (Described & { type?: { text: string } })[];
}

interface Manifest {
  modules: { declarations: Element[] }[];
}

/** @param manifest Text of `custom-elements.json`. */
export function htmlData(manifest: string) {
  const elements = (JSON.parse(manifest) as Manifest).modules.flatMap(({ declarations }) => declarations);
  const tags = elements.map(({ tagName, description, attributes }) => ({
    name: tagName,
    description,
    attributes: attributes.map(({ name, description, type }) => {
      const values = [...(type?.text.matchAll(/'([^']+)'/g) ?? [])].map(([, value]) => ({ name: value }));
      // "v" is VS Code's set of attributes without a value.
      return { name, description, ...(values.length > 0 && { values }), ...(type?.text === 'boolean' && { valueSet: 'v' }) };
    }),
  }));
  return { version: 1.1, tags };
}
