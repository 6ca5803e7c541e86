/** No such order: the shop keeps its orders in memory, so a restart forgets them. */
import { html } from '../html.ts';
import type { PageOptions } from '../page-options.ts';
import { layout } from './layout.ts';

export const missingPage = (options: PageOptions): string =>
  layout({
    title: 'No such order',
    options,
    body: html`<div class="receipt">
      <h1>We do not know this order</h1>
      <p class="muted">This shop forgets its orders when it is restarted.</p>
      <a class="secondary" href="/shop">Back to the shop</a>
    </div>`,
  });
