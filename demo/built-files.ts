/**
 * Where the demo finds what is built. The package `@pay-desk/sandbox` has the same folders beside its program, so these are the only places
 * that both need.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the BFF serves: script tag, plugin window, card frame. */
export const widgetRoot: string = at('../dist/widget/');
/** The operators' console. */
export const consoleRoot: string = at('../dist/operate/');
export const merchantsFile: string = at('merchants.json');

/** The QA page, and scripts of the shop. @throws Error when they have not been built. */
export function pagesRoot(): string {
  const pages = at('../dist/demo');
  if (!existsSync(pages)) throw new Error('The pages of the demo are not built: run "npm run build:widget" first.');
  return pages;
}

/** Every state of the checkout without a server; null where it is not built: the package does not have it. */
export function galleryRoot(): string | null {
  const gallery = at('../dist/gallery/gallery');
  return existsSync(gallery) ? gallery : null;
}
