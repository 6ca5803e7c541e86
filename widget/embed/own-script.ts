/** The script tag that this code came by. From it comes where the BFF is, so whoever could forge it would be sent the client secret. */
import { ofDocument } from '../session/of-document.ts';

/**
 * @param path How the path of its address ends, for a tag that has to be searched for: a module, a script that a loader runs later or one that
 * was put into another has no `currentScript`.
 * @returns Null where it cannot be known: no tag has this address, or tags of two servers have.
 */
export function ownScript(path: string): HTMLScriptElement | null {
  // By its class first; a loader that runs scripts later may have put one over it.
  const running = [ofDocument('currentScript'), document.currentScript].find(addressOf);
  if (running) return running as HTMLScriptElement;
  const tags = [...ofDocument('querySelectorAll')<HTMLScriptElement>('script')].filter((tag) => {
    const address = addressOf(tag);
    return address && new URL(address).pathname.endsWith(path);
  });
  return new Set(tags.map(addressOf)).size === 1 ? (tags[0] ?? null) : null;
}

/**
 * The `src` of a script, of whatever window; '' for anything else. The getter of the class looks at what a thing is made of, which neither
 * markup (`<img name="currentScript">`) nor a field on the element itself can feign.
 */
export function addressOf(thing: unknown): string {
  try {
    const { src } = Object.getOwnPropertyDescriptors(HTMLScriptElement.prototype) as { src: PropertyDescriptor };
    const address: string = src.get?.call(thing);
    return URL.canParse(address) ? address : '';
  } catch {
    return '';
  }
}
