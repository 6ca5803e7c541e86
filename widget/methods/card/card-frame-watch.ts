/** Notices what may change how an element looks without anybody telling it: attributes of what it stands in, sheets, the system's scheme. */
import { ofDocument } from '../../session/of-document.ts';

/** @returns Ends it. */
export function watchLook(element: Element, tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  for (let at: Node | null = element; at; at = aroundOf(at))
    if (at instanceof Element) observer.observe(at, { attributes: true });
  observer.observe(ofDocument('head'), { childList: true, characterData: true, subtree: true });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', tell);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', tell);
  };
}

/** What it inherits from: out of a slot and out of a shadow root too. */
const aroundOf = (node: Node): Node | null =>
  (node instanceof Element && node.assignedSlot) || node.parentNode || (node instanceof ShadowRoot ? node.host : null);
