/** The page's side of the plugin window: a chunk of its own, fetched when it is first needed. */
export { type OpenOptions, openWindow } from './open-window.ts';
export { type FrameOptions, mountFrame, type PaymentResult, type PluginFrame } from './plugin-frame.ts';
