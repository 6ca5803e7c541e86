/** The origins whose pages may speak to this window: those of its merchant, which the server wrote into the page. */
export const readParents = (page: Document): string[] =>
  page.querySelector<HTMLMetaElement>('meta[name="pay-desk-parents"]')?.content.split(' ').filter(Boolean) ?? [];
