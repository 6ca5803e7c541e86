/** `PayDesk.frame()`: the plugin window as a part of the page. */
import { ofDocument } from '../../browser.ts';
import { createPluginFrame, type FrameOptions, type PluginFrame } from './plugin-frame.ts';

/** @throws Error when nothing matches the selector, or the window belongs to another BFF. */
export function mountFrame(origin: string, target: Element | string, options: FrameOptions): PluginFrame {
  const container = typeof target === 'string' ? ofDocument('querySelector')(target) : target;
  if (!container) throw new Error(`PayDesk.frame: nothing on this page matches ${JSON.stringify(target)}`);
  const frame = createPluginFrame(origin, options);
  container.replaceChildren(frame.iframe);
  return frame;
}
