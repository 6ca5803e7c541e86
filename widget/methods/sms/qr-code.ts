/** A QR code as a picture without a file: dark squares in one path, on a light ground with the quiet zone that readers need, in the dark theme too. */
import { html, nothing } from 'lit';
import { qrModules } from './qr/qr-modules.ts';

export type QrPicture = typeof qrPicture;

/** Modules of light around it. */
const quiet = 4;

/** Nothing where the text is longer than a picture of this size can be read. `label`: what it is called aloud. */
export function qrPicture(text: string, label: string) {
  const modules = qrModules(text);
  if (!modules) return nothing;
  const size = modules.length + 2 * quiet;
  const path = modules
    .map((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '')).join(''))
    .join('');
  return html`<svg class="qr-picture" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" />
  </svg>`;
}
