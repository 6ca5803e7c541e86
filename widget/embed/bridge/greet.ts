/** The page's side of the handshake. */
import { type Channel, openChannel } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import type { FromPage } from '../../bridge/from-page.ts';
import { readMessage } from '../../bridge/read-message.ts';
import { hello } from './hello.ts';

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
