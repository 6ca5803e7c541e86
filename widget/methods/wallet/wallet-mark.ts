/** A wallet's sign, our own and simple: its first letter on a tile. The name stands beside it. */
import { html } from 'lit';

export const walletMark = (name: string) => html`<span class="wallet-mark" aria-hidden="true">${[...name][0]}</span>`;
