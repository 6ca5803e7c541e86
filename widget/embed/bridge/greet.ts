/** The page's side of the handshake. */
import { type Channel, openChannel } from './channel.ts';
import type { FromFrame } from './from-frame.ts';
import type { FromPage } from './from-page.ts';
import { hello } from './hello.ts';
import { readMessage } from './read-message.ts';

/**
 * Greets a frame that has just loaded. To be called with every load: a frame that was reloaded is a new one, and knows nothing.
 * @param origin The BFF's: whoever else sits in the frame by now is handed no port.
 */
export function greet(iframe: HTMLIFrameElement, origin: string, hear: (message: FromFrame) => void): Channel<FromPage> {
  const { port1, port2 } = new MessageChannel();
  const channel = openChannel<FromPage, FromFrame>(port1, readMessage, hear);
  iframe.contentWindow?.postMessage(hello, origin, [port2]);
  return channel;
}
