/** The framed side of the handshake: who may speak to a plugin window, and when. */
import { hello } from '../embed/bridge/hello.ts';

/**
 * Hands over the port of the first `hello` that comes from the page right around this one, if that page is on one of `parents`
 * (exact origins). An opener, a sibling, a frame further in or out, and everything after the first are passed over.
 * @param page The window; a stand-in in tests.
 */
export function whenGreeted(parents: readonly string[], greet: (port: MessagePort) => void, page: Window = window): void {
  if (page.parent === page) return;
  const listen = ({ source, origin, data, ports: [port, ...more] }: MessageEvent) => {
    if (source !== page.parent || !parents.includes(origin) || data !== hello || !port || more.length > 0) return;
    page.removeEventListener('message', listen);
    greet(port);
  };
  page.addEventListener('message', listen);
}
