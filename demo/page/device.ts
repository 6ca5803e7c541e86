/** The device and the conditions under which the previews show the checkout. */

/** What the phone preview can be: CSS pixels. `keyboard` is what an open keyboard leaves of a phone. */
export const devices = {
  '390': { words: '390', width: 390 },
  '320': { words: '320', width: 320 },
  '280': { words: '280', width: 280 },
  keyboard: { words: '390 × 420', width: 390, height: 420 },
} as const satisfies Record<string, { words: string; width: number; height?: number }>;
export type Device = keyof typeof devices;

/** What can be hard about a device, a customer's settings or a shop's page. Any of them may be chosen together. */
export const conditions = {
  zoom: '200 % text',
  motion: 'Reduced motion',
  css: 'Hostile CSS',
  offline: 'Offline',
} as const;
export type Condition = keyof typeof conditions;

/** Layout width of the wide preview, CSS pixels. It is scaled down where there is less space. */
const wideWidth = 1024;
/** A preview is at least so high, CSS pixels. */
const leastHeight = 640;

export interface FitOptions {
  size: 'phone' | 'wide';
  device: Device;
  zoomed: boolean;
  /** Width that the preview may take, CSS pixels. */
  available: number;
}

/** How a frame must be laid out and scaled, so that the page in it meets what it would meet on the device. */
export interface Fit {
  /** Of the frame, before it is scaled. */
  width: number;
  /** Of the frame, where the device has one height. */
  height: number | null;
  leastHeight: number;
  scale: number;
}

/** Text of 200 % leaves a page half the width, as a browser's own zoom does. */
export function fitFrame({ size, device, zoomed, available }: FitOptions): Fit {
  const { width, height }: { width: number; height?: number } = size === 'wide' ? { width: wideWidth } : devices[device];
  const zoom = zoomed ? 2 : 1;
  return {
    width: width / zoom,
    height: height ? height / zoom : null,
    leastHeight: leastHeight / zoom,
    scale: zoom * Math.min(1, available / width),
  };
}
