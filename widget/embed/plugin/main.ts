/** The plugin window: the whole checkout as a page of the BFF's origin, in a frame or by itself. */
import { PayLoadErrorEvent } from '../../events.ts';
import '../../index.ts';
import { allowedParents, frameName, onConnect } from '../../bridge/handshake.ts';
import { keptLanguage } from '../../element/host-controllers.ts';
import { chooseLanguage } from '../../messages/language.ts';
import type { AppearanceStore } from './appearance-store.ts';
import { isLink, readPageOptions, secretIn, takeClientSecret } from './page-address.ts';
import { setPageLanguage } from './page-language.ts';
import { rememberList } from './remember-list.ts';

const { locale, theme } = readPageOptions(window);
const root = document.documentElement;
root.dataset.theme = theme;
setPageLanguage(chooseLanguage([keptLanguage(locale), ...navigator.languages]));

const container = document.querySelector<HTMLElement>('#window') ?? document.body;
let appearance: AppearanceStore | undefined;
const checkout = () => container.querySelector('pay-desk');

// Listening begins at once, because the page around connects as soon as this page is loaded. The code that answers is fetched
// then.
onConnect(allowedParents(document), async (port) => {
  const [{ servePage }, { createLegibleAppearance }] = await Promise.all([
    import('./serve-page.ts'),
    import('./legible-appearance.ts'),
  ]);
  appearance = createLegibleAppearance(checkout);
  servePage(port, {
    container,
    checkout,
    updateAppearance: appearance.update,
    show(clientSecret) {
      if (clientSecret) show(clientSecret);
      else if (!checkout()) showFromAddress();
    },
  });
});

// The merchant in the address decides which pages may frame this window; a payment of another merchant is not for them. The event
// comes before the first paint, so nothing of that payment is seen.
container.addEventListener('pay-status-change', () => {
  const view = checkout()?.view;
  if (view && view.merchantId !== new URLSearchParams(location.search).get('merchant')) void showMissing();
});

// The customer or the payment chose another language.
container.addEventListener('pay-language-change', ({ locale }) => setPageLanguage(locale));

rememberList(container, checkout);
// What stands around the card comes when the card is drawn, so that it neither moves nor delays it.
container.addEventListener('pay-ready', () => {
  if (window.parent === window) void import('./around-card.ts').then(({ drawAround }) => drawAround(container, checkout));
});

// A page that gets only another fragment is not loaded again: without this the frame of the next payment would show the last one.
addEventListener('hashchange', () => secretIn(location.hash) && showFromAddress());
// A frame that the loader made waits for the message with the payment instead.
if (window.parent === window || window.name !== frameName) showFromAddress();

function showFromAddress(): void {
  const clientSecret = takeClientSecret(window);
  if (clientSecret) show(clientSecret);
  else if (isLink(location.search)) void followLink();
  else if (!checkout()) void showMissing();
}

async function showMissing(): Promise<void> {
  container.replaceChildren();
  const { pageMessages, renderNotice } = await import('./notice.ts');
  const { missingTitle, missingText } = await pageMessages(root.lang);
  if (checkout()) return; // Another payment was opened meanwhile.
  container.replaceChildren(renderNotice({ title: missingTitle, text: missingText }));
  container.dispatchEvent(new PayLoadErrorEvent({ code: 'invalid_request', reference: '' }));
}

async function followLink(): Promise<void> {
  const links = await import('./open-link.ts');
  await links.openLink({ page: window, container, language: root.lang, waiting: show, opened: showFromAddress });
}

/** Without a secret: the bones of a payment, which stay where they are when the secret is there. */
function show(clientSecret?: string): void {
  const waiting = checkout();
  if (clientSecret && waiting && !waiting.clientSecret) {
    waiting.setAttribute('client-secret', clientSecret);
    return;
  }
  const element = document.createElement('pay-desk');
  element.className = 'card';
  if (clientSecret) element.setAttribute('client-secret', clientSecret);
  element.setAttribute('api-base', location.origin);
  element.setAttribute('theme', theme);
  if (locale) element.setAttribute('locale', locale);
  appearance?.applyTo(element);
  container.replaceChildren(element);
}
