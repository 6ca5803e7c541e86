/**
 * A plugin window whose address is a signed link: posts the query, gets the client secret of the payment, and rewrites the
 * address, so that neither the link nor the secret stays in it. Looking at a link by GET changes nothing; this does.
 */

import { PayLoadErrorEvent } from '../../events.ts';
import type { DeskProblem } from '../../session/bff-client.ts';
import { type LinkMessages, linkMessages } from './link-messages.ts';
import { renderNotice } from './notice.ts';

export interface LinkWindow {
  /** The window; a stand-in in tests. */
  page: Pick<Window, 'location' | 'history'>;
  /** Where notices are drawn. */
  place: Element;
  /** BCP 47. */
  language: string;
  /** Called when the address is that of a payment: `?merchant=<id>#<client secret>`. */
  opened(): void;
}

export async function openLink(link: LinkWindow): Promise<void> {
  const { page, place, opened } = link;
  const messages = linkMessages(link.language);
  place.replaceChildren(waiting(messages.opening));
  const answer = await post(page.location.search.slice(1));
  if ('clientSecret' in answer) {
    const query = new URLSearchParams(page.location.search);
    const merchant = new URLSearchParams({ merchant: query.get('merchant') ?? '' });
    // A reload shall look the same, though the address says no more how.
    const look = new URLSearchParams([...query].filter(([name]) => name === 'lang' || name === 'theme')).toString();
    page.history.replaceState({ payDeskLook: look }, '', `${page.location.pathname}?${merchant}#${answer.clientSecret}`);
    opened();
    return;
  }
  const [title, text] = wordsFor(answer.code, messages);
  const again = { label: messages.tryAgain, act: () => void openLink(link) };
  const notice = renderNotice({ title, text, ...(final.has(answer.code) ? {} : { action: again }) });
  notice.setAttribute('role', 'alert');
  place.replaceChildren(notice);
  place.dispatchEvent(new PayLoadErrorEvent(answer));
}

/** `network` where no answer came that could be read. */
async function post(query: string): Promise<{ clientSecret: string } | DeskProblem> {
  try {
    const response = await fetch('/checkout/link', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(15_000),
    });
    const { clientSecret, code, ref } = Object(await response.json()) as Record<string, unknown>;
    if (response.ok && typeof clientSecret === 'string') return { clientSecret };
    if (!response.ok && typeof code === 'string')
      return { code: code as DeskProblem['code'], ref: typeof ref === 'string' ? ref : '' };
  } catch {
    // no connection, too slow, or a proxy's page
  }
  return { code: 'network', ref: '' };
}

/** The same link would be refused again. */
const final: ReadonlySet<string> = new Set([
  'payment_expired',
  'order_conflict',
  'method_unavailable',
  'unauthorized',
  'invalid_request',
  'not_found',
  'too_large',
]);

function wordsFor(code: string, messages: LinkMessages): readonly [title: string, text: string] {
  if (code === 'payment_expired') return [messages.expiredTitle, messages.expiredText];
  if (code === 'order_conflict' || code === 'method_unavailable') return [messages.refusedTitle, messages.refusedText];
  return final.has(code) ? [messages.brokenTitle, messages.brokenText] : [messages.laterTitle, messages.laterText];
}

function waiting(text: string): HTMLElement {
  const words = document.createElement('p');
  words.className = 'card notice';
  words.setAttribute('role', 'status');
  words.textContent = text;
  return words;
}
