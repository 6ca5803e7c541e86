/** `PayDesk.frame`: the plugin window as a part of the page. */
import { ofDocument } from '../../session/of-document.ts';
import type { FrameOptions } from './plugin-frame.ts';
import { createPluginFrame, type PluginFrame } from './plugin-frame.ts';

/** @throws Error when nothing matches the selector, or the window is another BFF's. */
export function mountFrame(origin: string, target: Element | string, options: FrameOptions): PluginFrame {
  const place = typeof target === 'string' ? ofDocument('querySelector')(target) : target;
  if (!place) throw new Error(`PayDesk.frame: nothing on this page matches ${JSON.stringify(target)}`);
  const frame = createPluginFrame(origin, options);
  place.replaceChildren(frame.iframe);
  return frame;
}
