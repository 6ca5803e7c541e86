/** One line about the circumstances: offline, slow, busy elsewhere. It comes and goes by itself. */
import { html, nothing } from 'lit';

export const notice = (text: string) => (text ? html`<p class="warning notice">${text}</p>` : nothing);
