/** The plugin window: the whole checkout as one page of the BFF's origin, in a frame or by itself. */
import { PayLoadErrorEvent } from '../../events.ts';
import '../../index.ts';
import { allowedParents, frameName, onConnect } from '../../bridge/handshake.ts';
import type { AppearanceStore } from './appearance-store.ts';
import { renderNotice } from './notice.ts';
import { isLink, readPageOptions, takeClientSecret } from './page-address.ts';
import { pageMessages } from './page-messages.ts';

const { locale, theme } = readPageOptions(window);
const root = document.documentElement;
root.lang = locale ?? navigator.language;
root.dataset.theme = theme;
document.title = pageMessages(root.lang).title;

const place = document.querySelector<HTMLElement>('#window') ?? document.body;
let wardrobe: AppearanceStore | undefined;
const desk = () => place.querySelector('pay-desk');

// At once: the page around greets as soon as this one is loaded. What is needed to understand it comes when somebody does.
onConnect(allowedParents(document), async (port) => {
  const [{ servePage }, { createAppearanceStore }] = await Promise.all([
    import('./serve-page.ts'),
    import('./appearance-store.ts'),
  ]);
  wardrobe = createAppearanceStore(desk);
  servePage(port, {
    place,
    desk,
    wear: wardrobe.wear,
    show(clientSecret) {
      if (clientSecret) show(clientSecret);
      else if (!desk()) draw();
    },
  });
});

// Who may frame this window was decided by the merchant of its address: a payment of another one is not for these pages. Told before
// the first paint, so nothing of it is seen.
place.addEventListener('pay-status-change', () => {
  const view = desk()?.view;
  if (view && view.merchantId !== new URLSearchParams(location.search).get('merchant')) drawMissing();
});

/** A page that only gets another fragment is not loaded again: the frame of the next payment would show the last one. */
addEventListener('hashchange', draw);
// A frame that the script of the page made is told what to show.
if (window.parent === window || window.name !== frameName) draw();

function draw(): void {
  const clientSecret = takeClientSecret(window);
  if (clientSecret) show(clientSecret);
  else if (isLink(location.search)) void follow();
  else if (!desk()) drawMissing();
}

function drawMissing(): void {
  const { missingTitle, missingText } = pageMessages(root.lang);
  place.replaceChildren(renderNotice({ title: missingTitle, text: missingText }));
  place.dispatchEvent(new PayLoadErrorEvent({ code: 'invalid_request', ref: '' }));
}

async function follow(): Promise<void> {
  const { openLink } = await import('./open-link.ts');
  await openLink({ page: window, place, language: root.lang, opened: draw });
}

function show(clientSecret: string): void {
  const element = document.createElement('pay-desk');
  element.className = 'card';
  element.setAttribute('client-secret', clientSecret);
  element.setAttribute('api-base', location.origin);
  element.setAttribute('theme', theme);
  if (locale) element.setAttribute('locale', locale);
  wardrobe?.dress(element);
  place.replaceChildren(element);
}
