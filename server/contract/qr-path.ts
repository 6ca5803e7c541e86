/** A QR code as one SVG path, for the checkout and the console. */
import { qrModules } from './qr-modules.ts';

/** Width of the light border that readers need, in modules. */
const quietZone = 4;

/** The dark squares in a square of `size`, which has the light border already. Null if the bytes are too many. */
export function qrPath(bytes: Uint8Array): { size: number; path: string } | null {
  const modules = qrModules(bytes);
  if (!modules) return null;
  const path = modules
    .map((row, y) => row.map((dark, x) => (dark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : '')).join(''))
    .join('');
  return { size: modules.length + 2 * quietZone, path };
}
