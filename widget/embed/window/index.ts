/** The plugin window from the page's side: a chunk of its own, fetched when it is first asked for. */
export type { FrameOptions } from './frame-options.ts';
export { mountFrame } from './mount-frame.ts';
export { type OpenOptions, openWindow } from './open-window.ts';
export type { PaymentResult } from './payment-result.ts';
export type { PluginFrame } from './plugin-frame.ts';
