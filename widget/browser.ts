/** How the widget copes with a page and a network that it does not control. */

/**
 * Reads a member of the document from its class. Page markup can put an element in the place of any member: after `<img
 * name="body">` the picture is `document.body`, and after `<img name="hidden">` a page looks hidden for ever. Pages that show
 * what their users write may contain such markup.
 */
export function ofDocument<Name extends keyof Document>(name: Name): Document[Name] {
  const value = Reflect.get(Document.prototype, name, document);
  return typeof value === 'function' ? value.bind(document) : value;
}

/**
 * Tries again after two seconds at first, after a minute in the end, and whenever the browser is online again.
 * @param load Names its parameter `_again`: the build appends it to the address of its `import()` (`build/plain-imports.ts`), since
 * browsers remember a module that failed by its address.
 * @param onFailure Called after each try that failed.
 * @returns The module; null after the last try.
 */
export async function retryImport<T>(load: (_again: string) => Promise<T>, onFailure: () => void): Promise<T | null> {
  let again = '';
  for (const seconds of [2, 4, 8, 15, 30, 60, 60]) {
    const loaded = await load(again).catch(() => null);
    if (loaded) return loaded;
    again += '?';
    onFailure();
    await new Promise((again) => {
      setTimeout(again, seconds * 1000);
      addEventListener('online', again, { once: true });
    });
  }
  return null;
}

/** Storage may be switched off, full, or forbidden in a frame; paying works without it. */
export function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

/** Waits for the document: an `async` script may run before the element it looks for has been parsed. */
export function whenParsed(call: () => void): void {
  if (ofDocument('readyState') === 'loading') ofDocument('addEventListener')('DOMContentLoaded', call);
  else call();
}
