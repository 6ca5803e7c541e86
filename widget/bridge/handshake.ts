/** The framed side of the handshake: who may speak to a plugin window, and when. */

/**
 * Hands over the port of the first `hello` that comes from the page right around this one, if that page is on one of `parents`
 * (exact origins). An opener, a sibling, a frame further in or out, and everything after the first are passed over.
 * @param page The window; a stand-in in tests.
 */
export function onConnect(parents: readonly string[], greet: (port: MessagePort) => void, page: Window = window): void {
  if (page.parent === page) return;
  const listen = ({ source, origin, data, ports: [port, ...more] }: MessageEvent) => {
    if (source !== page.parent || !parents.includes(origin) || data !== hello || !port || more.length > 0) return;
    page.removeEventListener('message', listen);
    greet(port);
  };
  page.addEventListener('message', listen);
}

/**
 * The one message that goes by `window.postMessage`: it brings a MessagePort, and everything after it goes through the port.
 * Told with the version of the messages, so that pages and windows of different ages do not half understand each other.
 */
export const hello = 'pay-desk:hello:1';

/** The name of a frame that `PayDesk` made: it waits to be told what to show. */
export const frameName = 'pay-desk';

/** The origins whose pages may speak to this window: those of its merchant, which the server wrote into the page. */
export const allowedParents = (page: Document): string[] =>
  page.querySelector<HTMLMetaElement>('meta[name="pay-desk-parents"]')?.content.split(' ').filter(Boolean) ?? [];
