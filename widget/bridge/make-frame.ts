/**
 * The page's side: makes a frame of the BFF's origin, and connects to it. The frame waits for a message that says what to show.
 */
import { ofDocument } from '../browser.ts';
import { type Channel, openChannel } from './channel.ts';
import type { FromFrame } from './from-frame.ts';
import type { FromPage } from './from-page.ts';
import { frameName, hello } from './handshake.ts';
import { readMessage } from './read-message.ts';

export interface FrameRights {
  /** Permissions policy. */
  allow: string;
  /** What this frame may do in addition to `everyFrame`. */
  sandbox: readonly string[];
}

const everyFrame = [
  'allow-scripts',
  'allow-same-origin', // The frame keeps its own origin, the BFF's. Without it the frame could not call the BFF.
  'allow-forms',
  'allow-popups', // For `sms:` links, Payme's offer, and the shop's pages.
  'allow-popups-to-escape-sandbox',
];

/** As wide as its container. It is not on the page yet. */
export function makeFrame({ allow, sandbox }: FrameRights): HTMLIFrameElement {
  const iframe = ofDocument('createElement')('iframe');
  iframe.name = frameName;
  iframe.allow = allow;
  iframe.referrerPolicy = 'no-referrer';
  iframe.sandbox.add(...everyFrame, ...sandbox);
  Object.assign(iframe.style, { border: '0', display: 'block', inlineSize: '100%', colorScheme: 'normal' });
  return iframe;
}

/**
 * Connects to a frame that has just loaded. It must be called after every load: a reloaded frame is a new document.
 * @param origin Of the BFF. If the frame shows another origin by now, that gets no port.
 */
export function connect(iframe: HTMLIFrameElement, origin: string, onMessage: (message: FromFrame) => void): Channel<FromPage> {
  const { port1, port2 } = new MessageChannel();
  const channel = openChannel<FromPage, FromFrame>(port1, readMessage, onMessage);
  iframe.contentWindow?.postMessage(hello, origin, [port2]);
  return channel;
}

/** Scrolls the page, and what is scrolled in it, until a part of the frame is in view, with room for a button below. */
export function showPart(iframe: HTMLIFrameElement, { top, bottom }: { top: number; bottom: number }): void {
  const { style, offsetHeight } = iframe;
  style.scrollMargin = `${24 - top}px 0 ${bottom + 84 - offsetHeight}px`;
  iframe.scrollIntoView({ block: 'nearest' });
  style.scrollMargin = '';
}
