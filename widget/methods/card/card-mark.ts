/** The sign of a card's system, our own and simple: its first letter on a card. Others are a card without a letter. */
import { html, nothing, svg } from 'lit';
import type { CardSystem } from '#contract';

export const cardMark = (system: CardSystem | null) =>
  html`<svg class="card-mark" data-system=${system ?? nothing} viewBox="0 0 36 24" aria-hidden="true">
    <rect x="1" y="1" width="34" height="22" rx="4" />${system ? letters[system] : stripe}
  </svg>`;

const stripe = svg`<path d="M1 8.5h34M6 17h7"/>`;
const letters: Record<CardSystem, typeof stripe> = {
  uzcard: svg`<path d="M13.5 6.5v6.8a4.5 4.5 0 0 0 9 0V6.5"/>`,
  humo: svg`<path d="M13.5 6.5v11M22.5 6.5v11M13.5 12h9"/>`,
};
