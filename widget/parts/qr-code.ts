/**
 * Draws a QR code as a picture in the page. It is fetched when one is shown, because most customers see none.
 */
import { html, nothing } from 'lit';
import { qrPath } from '#contract';

export type QrPicture = typeof qrPicture;

/**
 * Dark squares in one path, on a light background also in the dark theme. Nothing if the text is too long.
 * @param label Alternative text.
 */
export function qrPicture(text: string, label: string) {
  const drawn = qrPath(new TextEncoder().encode(text));
  if (!drawn) return nothing;
  const { size, path } = drawn;
  return html`<svg class="qr-picture" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" />
  </svg>`;
}
