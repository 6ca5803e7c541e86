/** Finds the script tag that loaded this code. Its address says where the BFF is, so a forged tag would get the client secret. */
import { ofDocument } from '../browser.ts';

/**
 * @param path How the path of the tag's address ends. It is needed to search for the tag where there is no `currentScript`: in a
 * module, in a script that a loader runs later, and in a script that was bundled into another.
 * @returns Null where the tag cannot be known: none has this address, or tags of two servers have.
 */
export function ownScript(path: string): HTMLScriptElement | null {
  // The getter of the class first. A loader that runs scripts later may have put its own value on the document.
  const running = [ofDocument('currentScript'), document.currentScript].find(addressOf);
  if (running) return running as HTMLScriptElement;
  const tags = [...ofDocument('querySelectorAll')<HTMLScriptElement>('script')].filter((tag) => {
    const address = addressOf(tag);
    return address && new URL(address).pathname.endsWith(path);
  });
  return new Set(tags.map(addressOf)).size === 1 ? (tags[0] ?? null) : null;
}

/**
 * The `src` of a script element of any window; '' for anything else. The getter of the class works only on real script elements,
 * so neither markup (`<img name="currentScript">`) nor a field on another object can imitate one.
 */
export function addressOf(script: unknown): string {
  try {
    const { src } = Object.getOwnPropertyDescriptors(HTMLScriptElement.prototype) as { src: PropertyDescriptor };
    const address: string = src.get?.call(script);
    return new URL(address) && address;
  } catch {
    return '';
  }
}
