/** The page's side of the plugin window: a chunk of its own, fetched when it is first needed. */
export { mountFrame } from './mount-frame.ts';
export type { PaymentResult } from './open-window.ts';
export { type OpenOptions, openWindow } from './open-window.ts';
export type { FrameOptions, PluginFrame } from './plugin-frame.ts';
