/** The frame's side of the handshake: which page may connect to this frame, and how. */

/**
 * Waits for the first `hello` from the parent page and passes its port on. Messages from an opener, a sibling, or a frame further
 * in or out are ignored, and so is everything after the first.
 * @param parents Exact origins of the pages that may connect.
 * @param page The window; a substitute in tests.
 */
export function onConnect(parents: readonly string[], connected: (port: MessagePort) => void, page: Window = window): void {
  if (page.parent === page) return;
  const listen = ({ source, origin, data, ports: [port, ...more] }: MessageEvent) => {
    if (source !== page.parent || !parents.includes(origin) || data !== hello || !port || more.length > 0) return;
    page.removeEventListener('message', listen);
    connected(port);
  };
  page.addEventListener('message', listen);
}

/**
 * The only message sent by `window.postMessage`. It brings a MessagePort, and everything after it goes through the port. It names
 * the version of the messages, so that a page and a frame of different releases do not misunderstand each other.
 */
export const hello = 'pay-desk:hello:1';

/** The name of a frame that our code made. Such a frame waits for `init` before it shows anything. */
export const frameName = 'pay-desk';

/** The origins whose pages may connect to this frame: the server writes those of the merchant into the page. */
export const allowedParents = (page: Document): string[] =>
  page.querySelector<HTMLMetaElement>('meta[name="pay-desk-parents"]')?.content.split(' ').filter(Boolean) ?? [];
