/** The plugin window: the whole checkout as one page of the BFF's origin, in a frame or by itself. */
import '../../index.ts';
import { drawNotice } from './draw-notice.ts';
import { isLink } from './is-link.ts';
import { pageMessages } from './page-messages.ts';
import { readPageOptions } from './read-page-options.ts';
import { takeClientSecret } from './take-client-secret.ts';

const { locale, theme } = readPageOptions(window);
const language = locale ?? navigator.language;
const messages = pageMessages(language);
document.documentElement.lang = language;
document.documentElement.dataset.theme = theme;
document.title = messages.title;

/** A page that only gets another fragment is not loaded again: the frame of the next payment would show the last one. */
addEventListener('hashchange', draw);
draw();

function draw(): void {
  const place = document.querySelector('#window');
  if (!place) return;
  const clientSecret = takeClientSecret(window);
  if (clientSecret) place.replaceChildren(checkout(clientSecret));
  else if (isLink(location.search)) void follow(place);
  else if (!place.querySelector('pay-desk'))
    place.replaceChildren(drawNotice({ title: messages.missingTitle, text: messages.missingText }));
}

async function follow(place: Element): Promise<void> {
  const { openLink } = await import('./open-link.ts');
  await openLink({ page: window, place, language, opened: draw });
}

function checkout(clientSecret: string): HTMLElement {
  const element = document.createElement('pay-desk');
  element.className = 'card';
  element.setAttribute('client-secret', clientSecret);
  element.setAttribute('api-base', location.origin);
  element.setAttribute('theme', theme);
  if (locale) element.setAttribute('locale', locale);
  return element;
}
