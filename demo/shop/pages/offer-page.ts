/** Stands for Payme's public offer, which every form for cards has to link to; the real one's address is the merchant's to know. */
import { html } from '../html.ts';
import type { PageOptions } from '../page-options.ts';
import { layout } from './layout.ts';

export const offerPage = (options: PageOptions): string =>
  layout({
    title: 'Payme’s offer (pretend)',
    options,
    body: html`<div class="receipt">
      <h1>Payme’s offer (pretend)</h1>
      <p class="muted">Payme’s terms for card holders would be here. A live shop puts the address of the real ones into its merchants file, as
        <code>offerUrl</code>.</p>
    </div>`,
  });
