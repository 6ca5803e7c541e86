/** The cover of the one book this shop has. */
import { html } from '../html.ts';

export const bookCover = html`<svg class="cover" viewBox="0 0 120 168" role="img" aria-label="Cover of The Patient Garden">
  <rect width="120" height="168" rx="5" fill="#0a4f41"/>
  <rect x="0" width="7" height="168" rx="3" fill="#083d33"/>
  <g fill="none" stroke="#bfe6da" stroke-width="1.6" stroke-linecap="round">
    <path d="M62 132 C62 104 58 92 62 62"/>
    <path d="M61 112 C46 110 40 100 38 90 C52 90 59 98 61 112Z" fill="#12705c"/>
    <path d="M61 96 C76 94 82 84 84 74 C70 74 63 82 61 96Z" fill="#178a71"/>
    <path d="M61 80 C49 77 45 69 44 61 C55 62 60 69 61 80Z" fill="#12705c"/>
    <path d="M62 64 C58 56 58 50 62 43 C66 50 66 56 62 64Z" fill="#e9c46a" stroke="#e9c46a"/>
    <path d="M36 132 H88"/>
  </g>
  <g fill="#eafaf5" font-family="Georgia, serif">
    <text x="63" y="26" text-anchor="middle" font-size="11.5">The Patient</text>
    <text x="63" y="148" text-anchor="middle" font-size="11.5">Garden</text>
  </g>
</svg>`;
