/**
 * Markup that no `<pay-desk>` of a document draws by itself, so that somebody's text must have become it. Runs in the page,
 * so it stands alone.
 * @returns One line for each; empty where there is none.
 */
export function strayMarkup(): string[] {
  const foreign = 'script,iframe,object,embed,img,video,audio,link,base,meta,style,marquee,details,template,math,animate,body';
  const found: string[] = [];
  const roots: ParentNode[] = [...document.querySelectorAll('pay-desk')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(foreign)) found.push(element.outerHTML);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(`${name} on ${element.localName}`);
        if (/^(href|src|action|formaction|xlink:href)$/i.test(name) && !/^(https?:|#)/.test(value))
          found.push(`${name}=${value}`);
      }
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  return found;
}
