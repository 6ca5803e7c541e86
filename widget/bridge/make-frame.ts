/** A frame of the BFF's origin, not yet on the page: it waits to be told what to show, and is as wide as its place. */

import { ofDocument } from '../session/of-document.ts';
import { type Channel, openChannel } from './channel.ts';
import type { FromFrame } from './from-frame.ts';
import type { FromPage } from './from-page.ts';
import { frameName, hello } from './handshake.ts';
import { readMessage } from './read-message.ts';

export interface FrameRights {
  /** Permissions policy. */
  allow: string;
  /** Beyond what each of our frames may do. */
  sandbox: readonly string[];
}

const everyFrame = [
  'allow-scripts',
  'allow-same-origin', // its own origin, not the page's: without, it could not call the BFF
  'allow-forms',
  'allow-popups', // sms:, an offer to read, the shop's pages
  'allow-popups-to-escape-sandbox',
];

export function makeFrame({ allow, sandbox }: FrameRights): HTMLIFrameElement {
  const iframe = ofDocument('createElement')('iframe');
  iframe.name = frameName;
  iframe.allow = allow;
  iframe.referrerPolicy = 'no-referrer';
  iframe.sandbox.add(...everyFrame, ...sandbox);
  Object.assign(iframe.style, { border: '0', display: 'block', inlineSize: '100%', colorScheme: 'normal' });
  return iframe;
}

/** The page's side of the handshake. */
/**
 * Greets a frame that has just loaded. To be called with every load: a frame that was reloaded is a new one, and knows nothing.
 * @param origin The BFF's: whoever else sits in the frame by now is handed no port.
 */
export function connect(iframe: HTMLIFrameElement, origin: string, hear: (message: FromFrame) => void): Channel<FromPage> {
  const { port1, port2 } = new MessageChannel();
  const channel = openChannel<FromPage, FromFrame>(port1, readMessage, hear);
  iframe.contentWindow?.postMessage(hello, origin, [port2]);
  return channel;
}
