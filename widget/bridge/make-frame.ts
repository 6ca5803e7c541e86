/** A frame of the BFF's origin, not yet on the page: it waits to be told what to show, and is as wide as its place. */

import { frameName } from '../embed/bridge/hello.ts';
import { ofDocument } from '../session/of-document.ts';

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
