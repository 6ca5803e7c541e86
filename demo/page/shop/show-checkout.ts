/** What a merchant's own script does with `window.PayDesk`. What it is to do stands in the `data-*` of `#checkout`. */

import type { MountOptions } from '../../../widget/embed/mount-element.ts';
import type { PayDeskGlobal } from '../../../widget/embed/start-pay-desk.ts';

/** @param place As `demo/shop/pages/embed.ts` writes it. */
export function showCheckout(place: HTMLElement): void {
  const { call, pluginUrl = '', theme = 'auto', locale, ...others } = place.dataset;
  const look = { theme: theme as NonNullable<MountOptions['theme']>, ...(locale && { locale }) };
  if (call === 'mount') whenLoaded((payDesk) => payDesk.mount(place, { ...others, ...look }));
  if (call === 'frame') whenLoaded((payDesk) => void payDesk.frame(place, { pluginUrl, ...look }));
  if (call === 'open') place.addEventListener('click', () => whenLoaded((payDesk) => void payDesk.open({ pluginUrl, ...look })));
}

/** The script tag is `async`: it may come before this or after. */
function whenLoaded(use: (payDesk: PayDeskGlobal) => void): void {
  const { PayDesk } = window;
  // An element of the page with this id would be there, too.
  if (typeof PayDesk?.mount === 'function') use(PayDesk);
  else document.querySelector('script[src$="/v1/pay-desk.js"]')?.addEventListener('load', () => whenLoaded(use), { once: true });
}
