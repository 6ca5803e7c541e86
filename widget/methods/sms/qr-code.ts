/** Draws a QR code as a picture in the page. */
import { html, nothing } from 'lit';
import { qrModules } from '#contract';

export type QrPicture = typeof qrPicture;

/** Width of the light border that readers need, in modules. */
const quietZone = 4;

/**
 * Dark squares in one path, on a light background also in the dark theme. Nothing if the text is too long.
 * @param label Alternative text.
 */
export function qrPicture(text: string, label: string) {
  const modules = qrModules(new TextEncoder().encode(text));
  if (!modules) return nothing;
  const size = modules.length + 2 * quietZone;
  const path = modules
    .map((row, y) => row.map((dark, x) => (dark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : '')).join(''))
    .join('');
  return html`<svg class="qr-picture" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" />
  </svg>`;
}
